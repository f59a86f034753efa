//! `GET {me}/organizations`.

use axum::Json;
use axum::extract::{Query, State};
use vestibule_contract::panel::{Membership, Organizations};

use super::context::{self, About, Asked, Here};
use crate::flows::document::card;
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::Shared;

/// Every organization that knows this person.
pub async fn get(
    State(app): State<Shared>,
    Signed(session): Signed,
    Query(asked): Query<Asked>,
) -> Result<Json<Organizations>, ApiProblem> {
    Ok(Json(document(&context::of(&app, &session, &asked, About::Own).await?)))
}

/// The organizations, on the wire.
pub fn document(here: &Here) -> Organizations {
    let items = here
        .all
        .iter()
        .map(|(user, organization)| Membership {
            organization: card(organization),
            role: context::role(user.role),
            since: user.state_changed_at.to_rfc3339(),
            current: organization.id == here.organization.id,
        })
        .collect();
    Organizations { items }
}

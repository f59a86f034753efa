//! `GET {me}`.

use axum::Json;
use axum::extract::{Query, State};
use vestibule_contract::panel::Me;
use vestibule_domain::permission::may_invite;

use super::context::{self, About, Asked, Here};
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::Shared;

/// The person in the current organization.
pub async fn get(
    State(app): State<Shared>,
    Signed(session): Signed,
    Query(asked): Query<Asked>,
) -> Result<Json<Me>, ApiProblem> {
    Ok(Json(document(&context::of(&app, &session, &asked, About::Own).await?)))
}

/// The person, on the wire.
pub fn document(here: &Here) -> Me {
    Me {
        id: here.user.id.clone(),
        name: here.user.label().to_owned(),
        email: here.user.address.display().to_owned(),
        role: context::role(here.user.role),
        organization: here.card(),
        may_link: here.may_link,
        may_invite: may_invite(here.user.role, here.organization.settings.invite_policy),
        locale: None,
    }
}

//! `GET {me}/activity`: the person's own sign-ins and changes.

use axum::Json;
use axum::extract::{Query, State};
use vestibule_contract::panel::{Activity, ActivityEntry};
use vestibule_storage::audit;

use super::context::{self, About, Asked, Here};
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::{App, Shared};

/// Entries at most.
const MOST: u32 = 50;

/// What happened.
pub async fn get(
    State(app): State<Shared>,
    Signed(session): Signed,
    Query(asked): Query<Asked>,
) -> Result<Json<Activity>, ApiProblem> {
    let here = context::of(&app, &session, &asked, About::Own).await?;
    Ok(Json(document(&app, &here).await?))
}

/// The activity, on the wire.
pub async fn document(app: &App, here: &Here) -> Result<Activity, ApiProblem> {
    let (organization, user) = (here.user.organization.clone(), here.user.id.clone());
    let stored = app
        .store
        .read(|connection| {
            Box::pin(async move { audit::of_person(connection, &organization, &user, MOST).await })
        })
        .await?;
    let items = stored
        .into_iter()
        .map(|entry| ActivityEntry { at: entry.at.to_rfc3339(), action: entry.action })
        .collect();
    Ok(Activity { items })
}

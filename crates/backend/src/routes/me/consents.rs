//! `{me}/consents`: what the person agreed to, and taking it back.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use vestibule_contract::panel::{ConsentRecord, Consents};
use vestibule_domain::time::Timestamp;
use vestibule_storage::sessions::Session;
use vestibule_storage::users;
use vestibule_storage::{StoreError, audit, consents};

use super::context::{self, About, Asked, Here};
use crate::flows::actions::ConsentText;
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::{App, Shared};

/// What the person agreed to.
pub async fn get(
    State(app): State<Shared>,
    Signed(session): Signed,
    Query(asked): Query<Asked>,
) -> Result<Json<Consents>, ApiProblem> {
    let here = context::of(&app, &session, &asked, About::Own).await?;
    Ok(Json(document(&app, &here).await?))
}

/// The consents, on the wire.
pub async fn document(app: &App, here: &Here) -> Result<Consents, ApiProblem> {
    let (organization, user) = (here.user.organization.clone(), here.user.id.clone());
    let stored = app
        .store
        .read(|connection| Box::pin(async move { consents::list(connection, &organization, &user).await }))
        .await?;
    let items = stored
        .into_iter()
        .map(|consent| {
            let text: ConsentText = serde_json::from_str(&consent.record).map_err(ApiProblem::internal)?;
            Ok(ConsentRecord {
                id: consent.id,
                organization: text.organization,
                given_at: consent.given_at.to_rfc3339(),
                revoked_at: consent.revoked_at.map(Timestamp::to_rfc3339),
                permissions: text.permissions,
                shared: text.shared,
            })
        })
        .collect::<Result<_, ApiProblem>>()?;
    Ok(Consents { items })
}

/// Takes a consent back.
pub async fn delete(
    State(app): State<Shared>,
    Signed(session): Signed,
    Path(id): Path<String>,
) -> Result<StatusCode, ApiProblem> {
    if revoke(&app, &session, id).await? { Ok(StatusCode::NO_CONTENT) } else { Err(ApiProblem::not_found()) }
}

/// Takes a consent of this person back, in whichever organization it was given. `false` when there is none.
pub async fn revoke(app: &App, session: &Session, id: String) -> Result<bool, StoreError> {
    let now = app.now();
    let identity = session.account.identity.clone();
    app.store
        .write(move |connection| {
            Box::pin(async move {
                for user in users::of_identity(connection, &identity).await? {
                    if consents::revoke(connection, &user.organization, &user.id, &id, now).await? {
                        let who = format!("user:{}", user.id);
                        let detail = serde_json::json!({ "consent": id }).to_string();
                        let event = audit::Event {
                            organization: &user.organization,
                            actor: &who,
                            action: "consent.revoked",
                            subject: &who,
                            detail: &detail,
                        };
                        audit::append(connection, &event, now).await?;
                        return Ok(true);
                    }
                }
                Ok(false)
            })
        })
        .await
}

//! `POST /federation/{organization}/{provider}/logout`: a provider says that somebody has signed out there (OpenID Connect
//! Back-Channel Logout 1.0). It speaks for itself, by a token that it signed; there is no browser.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use vestibule_domain::provider::Failure;
use vestibule_storage::audit::{self, Event};
use vestibule_storage::providers::{self, Protocol};
use vestibule_storage::{StoreError, authorizations, sessions, users};

use crate::federation::openid::logout::{SignedOut, signed_out};
use crate::http::body::FormBody;
use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// The field that holds the token.
const FIELD: &str = "logout_token";

/// Ends the sessions of whoever signed out there.
pub async fn post(
    State(app): State<Shared>,
    Path((organization, provider)): Path<(String, String)>,
    body: Result<FormBody, ApiProblem>,
) -> Response {
    let mut response = match body {
        Err(problem) => problem.into_response(),
        Ok(FormBody(fields)) => {
            let token = fields.get(FIELD).map(String::as_str).unwrap_or_default();
            match run(&app, organization, provider, token).await {
                Ok(Ok(())) => StatusCode::OK.into_response(),
                // The answer of the specification, with nothing that would help whoever tries.
                Ok(Err(failure)) => {
                    tracing::info!(reason = failure.as_str(), "a logout token was refused");
                    (StatusCode::BAD_REQUEST, axum::Json(json!({ "error": "invalid_request" })))
                        .into_response()
                }
                Err(error) => ApiProblem::from(error).into_response(),
            }
        }
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

async fn run(
    app: &Shared,
    organization: String,
    provider: String,
    token: &str,
) -> Result<Result<(), Failure>, StoreError> {
    let found = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move { providers::find_enabled(connection, &organization, &provider).await })
        })
        .await?;
    let Some(provider) = found else { return Ok(Err(Failure::Denied)) };
    let Protocol::OpenIdConnect(settings) = &provider.protocol else { return Ok(Err(Failure::Malformed)) };
    let SignedOut { identity, token } = match signed_out(app, &provider, settings, token).await {
        Ok(out) => out,
        Err(failure) => return Ok(Err(failure)),
    };
    let now = app.now();
    app.store
        .write(move |connection| {
            Box::pin(async move {
                let (organization, id) = (provider.organization.as_str(), provider.id.as_str());
                let hash = format!("{:x}", Sha256::digest(format!("logout {organization} {id} {token}")));
                if !authorizations::count_once(connection, organization, id, &hash, now).await? {
                    return Ok(Err(Failure::Denied));
                }
                let ended = sessions::end_of_identity(connection, &identity, now).await?;
                let user = users::tied_to(connection, &provider.organization, &identity).await?;
                if let Some(user) = user.filter(|_| ended > 0) {
                    let subject = format!("user:{user}");
                    let detail = json!({ "provider": provider.id }).to_string();
                    let event = Event {
                        organization: &provider.organization,
                        actor: &format!("provider:{}", provider.id),
                        action: "session.ended",
                        subject: &subject,
                        detail: &detail,
                    };
                    audit::append(connection, &event, now).await?;
                }
                Ok(Ok(()))
            })
        })
        .await
}

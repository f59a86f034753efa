//! `{session}`: who is signed in at this browser, and signing out.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Response};
use vestibule_contract::session::{Method, Session};
use vestibule_domain::session as domain;
use vestibule_storage::users;

use crate::http::cookies::{self, Cookies};
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::problem::ApiProblem;
use crate::sessions::{self, Signed};
use crate::state::Shared;

/// Who is signed in.
pub async fn get(State(app): State<Shared>, Signed(session): Signed) -> Result<Json<Session>, ApiProblem> {
    let identity = session.account.identity;
    let users = app
        .store
        .read(|connection| Box::pin(async move { users::of_identity(connection, &identity).await }))
        .await?;
    Ok(Json(Session {
        account: session.account.address.display().to_owned(),
        method: match session.method {
            domain::Method::EmailCode => Method::EmailCode,
            domain::Method::Federated => Method::Federated,
        },
        authenticated_at: session.created_at.to_rfc3339(),
        expires_at: session.created_at.plus(app.config.sessions.absolute).to_rfc3339(),
        organizations: users.into_iter().map(|user| user.organization).collect(),
        form_token: None,
    }))
}

/// Signs out here. Without a session there is nothing to do, and that is said the same way.
pub async fn delete(
    State(app): State<Shared>,
    session: Option<Signed>,
    sent: Cookies,
) -> Result<Response, ApiProblem> {
    sessions::sign_out(&app, session.map(|Signed(session)| session), &sent).await?;
    let headers = [(SET_COOKIE, cookies::clear(cookies::SESSION)), CLEAR_SITE_DATA];
    Ok((StatusCode::NO_CONTENT, headers).into_response())
}

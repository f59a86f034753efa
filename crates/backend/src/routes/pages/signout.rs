//! `POST /signout`: the form of the sign-out button.

use axum::extract::State;
use axum::response::Response;

use super::form::Posted;
use super::respond::{see_other, with_cookies};
use crate::http::cookies::{self, Cookies};
use crate::http::headers::CLEAR_SITE_DATA;
use crate::http::problem::ApiProblem;
use crate::sessions::{self, Signed};
use crate::state::Shared;

/// Ends the session here.
pub async fn post(
    State(app): State<Shared>,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    let session = match session {
        Ok(session) => session.map(|Signed(session)| session),
        Err(problem) => return super::problem(&app, &posted.headers, &problem),
    };
    if let Err(error) = sessions::sign_out(&app, session, &Cookies::read(&posted.headers)).await {
        return super::problem(&app, &posted.headers, &error.into());
    }
    let mut response = with_cookies(see_other("/"), [cookies::clear(cookies::SESSION)]);
    let (name, value) = CLEAR_SITE_DATA;
    response.headers_mut().insert(name, value);
    response
}

//! `POST /signout`: the form of the sign-out button.

use axum::extract::State;
use axum::response::Response;

use super::form::Posted;
use super::respond::{see_other, with_cookies};
use crate::http::cookies;
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
    match session {
        Ok(Some(Signed(session))) => {
            if let Err(error) = sessions::end(&app, &session).await {
                return super::problem(&app, &posted.headers, &error.into());
            }
        }
        Ok(None) => {}
        Err(problem) => return super::problem(&app, &posted.headers, &problem),
    }
    let mut response = with_cookies(see_other("/"), [cookies::clear(cookies::SESSION)]);
    let (name, value) = CLEAR_SITE_DATA;
    response.headers_mut().insert(name, value);
    response
}

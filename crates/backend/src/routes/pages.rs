//! The pages, drawn on the server with the page's own views: the first paint, and all there is without WebAssembly.
//!
//! A `GET` changes nothing. A `POST` is a real form's: its hidden token is checked, the same service runs as for the
//! API, and the answer is `303` back to a page, or `422` with everything that was typed still in place.

use axum::extract::State;
use axum::http::header::RETRY_AFTER;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::{Failure, FailureKind, Screen};

use crate::http::problem::{ApiProblem, seconds};
use crate::http::reference;
use crate::state::Shared;

pub mod account;
pub mod apps;
pub mod desk;
pub mod federate;
pub mod flow;
pub mod form;
pub mod home;
pub mod invitation;
pub mod link;
pub mod respond;
pub mod sign_up;
pub mod signout;
pub mod signups;
pub mod unsubscribe;

use respond::{Shown, respond};

/// Every address that is no route.
pub async fn not_found(State(app): State<Shared>, headers: HeaderMap) -> Response {
    if respond::wants_page(&headers) {
        failure(&app, &headers, FailureKind::NotFound, StatusCode::NOT_FOUND)
    } else {
        axum::response::IntoResponse::into_response(ApiProblem::not_found())
    }
}

/// A page that says what is wrong and what to do.
pub fn failure(app: &Shared, headers: &HeaderMap, kind: FailureKind, status: StatusCode) -> Response {
    let failure = Failure { kind, reference: reference::current() };
    respond(app, headers, Shown { status, ..Shown::of(Screen::Failure(failure)) })
}

/// A problem as a page.
pub fn problem(app: &Shared, headers: &HeaderMap, problem: &ApiProblem) -> Response {
    let status = StatusCode::from_u16(problem.document().status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = match status {
        StatusCode::NOT_FOUND => FailureKind::NotFound,
        StatusCode::TOO_MANY_REQUESTS => FailureKind::Busy,
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => FailureKind::Forbidden,
        status if status.is_client_error() => FailureKind::BadAnswer,
        _ => FailureKind::Server,
    };
    let mut response = failure(app, headers, kind, status);
    response.headers_mut().extend(problem.retry_after().map(|wait| (RETRY_AFTER, seconds(wait))));
    response
}

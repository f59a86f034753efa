//! `/signup/{user_flow}`: where a stranger lets himself in.

use axum::extract::{OriginalUri, Path, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::flow::{Intent, StartFlow};

use super::form::Posted;
use super::home::Entry;
use super::invitation::{begin, look};
use super::respond::come_again;
use crate::http::client_ip::ClientIp;
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::Shared;

fn request(user_flow: String, entry: Entry) -> StartFlow {
    StartFlow { user_flow: Some(user_flow), ..entry.request(Intent::SignUp) }
}

/// The first step.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Path(user_flow): Path<String>,
    Query(entry): Query<Entry>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/", |path| path.as_str()).to_owned();
    let session = match session {
        Ok(Some(Signed(session))) => Some(session),
        // Most come by a link of the app's own page, and may be signed in here.
        Ok(None) => match come_again(&headers, &path) {
            Some(again) => return again,
            None => None,
        },
        Err(problem) => return super::problem(&app, &headers, &problem),
    };
    look(&app, &headers, request(user_flow, entry), session, path).await
}

/// The first action.
pub async fn post(
    State(app): State<Shared>,
    Path(user_flow): Path<String>,
    Query(entry): Query<Entry>,
    ClientIp(client): ClientIp,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    begin(&app, request(user_flow, entry), posted, session, client).await
}

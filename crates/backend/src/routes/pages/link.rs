//! `/apps/account/link`: another way to sign in, of somebody who is signed in.

use axum::extract::{OriginalUri, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::flow::{Intent, StartFlow};

use super::apps::inside;
use super::form::Posted;
use super::invitation::{begin, look};
use crate::http::client_ip::ClientIp;
use crate::http::problem::ApiProblem;
use crate::routes::me::context::{About, Asked};
use crate::sessions::Signed;
use crate::state::Shared;

/// What a start would show.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/apps/account/link", |path| path.as_str());
    match inside(&app, &headers, path, session, asked.organization, About::Own).await {
        Ok((session, here)) => {
            let request = link(here.organization.id.to_string());
            look(&app, &headers, request, Some(session), path.to_owned()).await
        }
        Err(response) => response,
    }
}

/// The first action of a flow that begins here.
pub async fn post(
    State(app): State<Shared>,
    Query(asked): Query<Asked>,
    ClientIp(client): ClientIp,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    begin(&app, link(asked.organization.unwrap_or_default()), posted, session, client).await
}

fn link(organization: String) -> StartFlow {
    StartFlow { organization: Some(organization), ..StartFlow::new(Intent::Link) }
}

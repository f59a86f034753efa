//! `POST {flows}`.

use axum::extract::State;
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use vestibule_contract::ProblemCode;
use vestibule_contract::flow::StartFlow;

use super::answer;
use crate::flows::start::{FLOW_LIFETIME, Started, Visitor, is_unknown, start};
use crate::http::body::JsonBody;
use crate::http::client_ip::ClientIp;
use crate::http::cookies::{self, CookieOptions, LastUsed, flow_name};
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::Shared;

/// Starts a flow and binds it to this browser.
pub async fn post(
    State(app): State<Shared>,
    session: Option<Signed>,
    ClientIp(client): ClientIp,
    headers: HeaderMap,
    JsonBody(request): JsonBody<StartFlow>,
) -> Result<Response, ApiProblem> {
    let visitor =
        Visitor { session: session.map(|Signed(session)| session), last_used: LastUsed::read(&headers) };
    match start(&app, request, visitor, client).await? {
        Started::Flow { document, id, binding } => {
            let mut response = answer(StatusCode::CREATED, &document, None);
            let headers = response.headers_mut();
            let location =
                HeaderValue::from_str(&format!("/api/v1/flows/{id}")).map_err(ApiProblem::internal)?;
            headers.insert(LOCATION, location);
            let options = CookieOptions::flow(FLOW_LIFETIME);
            headers.append(SET_COOKIE, cookies::set(&flow_name(&id), &binding.reveal(), options));
            Ok(response)
        }
        Started::Stopped(document) => {
            // An unknown link is nothing at all; any other stop is an invitation whose time is over.
            let problem = if is_unknown(&document) {
                ApiProblem::not_found()
            } else {
                ApiProblem::new(ProblemCode::FlowExpired)
            };
            Ok(problem.step(*document).into_response())
        }
        Started::Limited(retry) => Err(ApiProblem::rate_limited(retry.at, app.now())),
        Started::Unsupported => {
            Err(ApiProblem::invalid_request("This backend has no flow with that intent."))
        }
    }
}

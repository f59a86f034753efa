//! `POST {flows}/{id}`: takes an action.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use vestibule_contract::flow::SubmitAction;
use vestibule_domain::secret::Token;

use super::{answer, binding, idempotency_key};
use crate::flows::submit::{Submit, Submitted, submit};
use crate::http::body::JsonBody;
use crate::http::client_ip::ClientIp;
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::Shared;

/// Takes an action at the step of revision `rev`.
pub async fn post(
    State(app): State<Shared>,
    Path(flow): Path<String>,
    session: Option<Signed>,
    ClientIp(client): ClientIp,
    headers: HeaderMap,
    JsonBody(body): JsonBody<SubmitAction>,
) -> Result<Response, ApiProblem> {
    let key = idempotency_key(&headers)?;
    let request = Submit {
        binding: binding(&headers, &flow),
        flow,
        body,
        key,
        session: session.map(|Signed(session)| session),
        client,
    };
    Ok(match submit(&app, request).await? {
        Submitted::Answer(document, session) => answer(StatusCode::OK, &document, session.as_ref()),
        Submitted::Stale(document, session) => signed(ApiProblem::stale(*document), session.as_ref()),
        Submitted::Invalid(document, errors) => {
            ApiProblem::validation(errors).step(*document).into_response()
        }
        Submitted::Refused(refused) => ApiProblem::from(refused).into_response(),
    })
}

fn signed(problem: ApiProblem, session: Option<&Token>) -> Response {
    let mut response = problem.into_response();
    if let Some(token) = session {
        response.headers_mut().append(axum::http::header::SET_COOKIE, crate::sessions::cookie(token));
    }
    response
}

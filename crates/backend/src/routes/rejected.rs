//! Refusals that no handler wrote: a query or path that cannot be read, a method that a route does not have. They
//! leave as problems like all others (S111).

use axum::extract::Request;
use axum::http::header::{ALLOW, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::Next;
use axum::response::Response;
use vestibule_contract::ProblemCode;

use crate::http::problem::ApiProblem;

/// Gives the framework's own refusals the form of ours.
pub async fn reword(request: Request, next: Next) -> Response {
    let headers = request.headers().clone();
    let response = next.run(request).await;
    let code = match response.status() {
        StatusCode::METHOD_NOT_ALLOWED => ProblemCode::MethodNotAllowed,
        StatusCode::BAD_REQUEST if is_plain(response.headers()) => ProblemCode::InvalidRequest,
        _ => return response,
    };
    let mut answer = ApiProblem::new(code).answer(&headers);
    if let Some(allowed) = response.headers().get(ALLOW) {
        answer.headers_mut().insert(ALLOW, allowed.clone());
    }
    answer
}

/// The framework writes its refusals as plain text; nothing of ours does.
fn is_plain(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/plain"))
}

//! `GET {flows}/{id}`: the present step. Always safe: refresh, second tab and crash recovery are this call.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use super::{answer, binding};
use crate::flows::submit::present;
use crate::flows::walk::WalkError;
use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// The present step.
pub async fn get(
    State(app): State<Shared>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let bound = binding(&headers, &id);
    let reader = app.clone();
    let (document, session) = app
        .store
        .read::<_, WalkError, _>(move |connection| {
            Box::pin(async move { present(&reader, connection, &id, bound.as_ref()).await })
        })
        .await??;
    Ok(answer(StatusCode::OK, &document, session.as_ref()))
}

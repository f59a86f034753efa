//! `PATCH /v1.0/identity/b2xUserFlows/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow::UserFlowRequest;

use super::edit::edit;
use super::request;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, Id, done, id, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Changes what the body names.
pub async fn patch(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<UserFlowRequest>,
) -> Response {
    done(&app, &headers, run(&app, path, &asked, &headers, body).await)
}

async fn run(
    app: &App,
    path: Id,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<UserFlowRequest>,
) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteUserFlows).await?;
    let (request, id) = (said(body)?, id(path)?);
    edit(app, caller, &id, |flow, around| request::change(flow, around, request)).await
}

//! `GET /v1.0/identity/apiConnectors`, and one of them.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::api_connector::{ApiConnector, ApiConnectors};
use vestibule_storage::connectors::managed;

use super::wire;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{self, Id, id, told};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// The connectors of the organization.
pub async fn list(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    told(&app, &headers, all(&app, &asked, &headers).await)
}

async fn all(app: &App, asked: &Asked, headers: &HeaderMap) -> Result<ApiConnectors, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::ReadConnectors).await?;
    let organization = caller.organization.id.to_string();
    let known = app
        .store
        .read(|connection| Box::pin(async move { managed::list(connection, &organization).await }))
        .await?;
    let odata_context = resource::context(app, wire::SET);
    Ok(ApiConnectors { odata_context, value: known.iter().map(wire::connector).collect() })
}

/// One connector.
pub async fn get(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    told(&app, &headers, one(&app, path, &asked, &headers).await)
}

async fn one(app: &App, path: Id, asked: &Asked, headers: &HeaderMap) -> Result<ApiConnector, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::ReadConnectors).await?;
    let (organization, id) = (caller.organization.id.to_string(), id(path)?);
    let found = app
        .store
        .read(|connection| Box::pin(async move { managed::find(connection, &organization, &id).await }))
        .await?;
    Ok(wire::entity(app, &found.ok_or_else(GraphProblem::not_found)?))
}

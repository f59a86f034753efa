//! `GET /v1.0/identity/apiConnectors`, and one of them.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::api_connector::{ApiConnector, ApiConnectors};
use vestibule_storage::connectors::managed;

use super::wire;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::odata::Queried;
use crate::routes::graph::resource::{self, Id, id};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// The connectors of the organization.
pub async fn list(State(app): State<Shared>, queried: Queried, headers: HeaderMap) -> Response {
    let outcome = all(&app, &queried.asked, &headers).await;
    queried.list(&app, &headers, &wire::CONNECTOR, outcome)
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
pub async fn get(State(app): State<Shared>, path: Id, queried: Queried, headers: HeaderMap) -> Response {
    let outcome = one(&app, path, &queried.asked, &headers).await;
    queried.one(&app, &headers, &wire::CONNECTOR, outcome)
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

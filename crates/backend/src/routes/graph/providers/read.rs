//! `GET /v1.0/identity/identityProviders/{id}`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use vestibule_contract::identity_provider::IdentityProvider;
use vestibule_storage::providers::managed;

use super::{Id, id, wire};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::create::client_request_id;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// One provider.
pub async fn get(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    match run(&app, path, &asked, &headers).await {
        Ok(provider) => Json(provider).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(
    app: &App,
    path: Id,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<IdentityProvider, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::ReadProviders).await?;
    let id = id(path)?;
    if id == wire::CODE {
        return Ok(wire::entity(app, wire::code(&caller.organization)));
    }
    let organization = caller.organization.id.to_string();
    let found = app
        .store
        .read(|connection| Box::pin(async move { managed::find(connection, &organization, &id).await }))
        .await?;
    let found = found.ok_or_else(GraphProblem::not_found)?;
    Ok(wire::entity(app, wire::provider(app, &found)))
}

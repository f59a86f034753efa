//! `GET /v1.0/identity/identityProviders`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use vestibule_contract::identity_provider::IdentityProviders;
use vestibule_storage::providers::managed;

use super::wire;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::create::client_request_id;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// The providers of the organization, and the one-time code.
pub async fn get(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    match run(&app, &asked, &headers).await {
        Ok(providers) => Json(providers).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(app: &App, asked: &Asked, headers: &HeaderMap) -> Result<IdentityProviders, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::ReadProviders).await?;
    let organization = caller.organization.id.to_string();
    let known = app
        .store
        .read(|connection| Box::pin(async move { managed::list(connection, &organization).await }))
        .await?;
    let mut value: Vec<_> = known.iter().map(|known| wire::provider(app, known)).collect();
    value.push(wire::code(&caller.organization));
    Ok(IdentityProviders { odata_context: wire::context(app), value })
}

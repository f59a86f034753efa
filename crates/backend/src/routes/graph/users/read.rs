//! `GET /v1.0/users/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user::User as Wire;
use vestibule_storage::{StoreError, users};

use super::wire;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Id, id, told};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// One guest or member.
pub async fn get(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    let outcome = run(&app, path, &asked, &headers).await;
    told(&app, &headers, outcome)
}

async fn run(app: &App, path: Id, asked: &Asked, headers: &HeaderMap) -> Result<Wire, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteUsers).await?;
    let (organization, id) = (caller.organization.id.to_string(), id(path)?);
    let found = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move {
                let Some(user) = users::find(connection, &organization, &id).await? else { return Ok(None) };
                let flow = users::user_flow(connection, &organization, &id).await?;
                let kept = users::attributes(connection, &organization, &id).await?;
                Ok(Some((user, flow, kept)))
            })
        })
        .await?;
    let (user, flow, kept) = found.ok_or_else(GraphProblem::not_found)?;
    Ok(wire::entity(app, &caller.organization, &user, (flow, kept)))
}

//! `DELETE /v1.0/identity/identityProviders/{id}`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use vestibule_storage::providers::managed;
use vestibule_storage::{StoreError, authorizations};

use super::{Id, editable, id, note};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::create::client_request_id;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Deletes a provider, for whatever is under way too (S53).
pub async fn delete(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    match run(&app, path, &asked, &headers).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(app: &App, path: Id, asked: &Asked, headers: &HeaderMap) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteProviders).await?;
    let id = id(path)?;
    let (wanted, now) = (id.clone(), app.now());
    let found = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = caller.organization.id.as_str();
                let found = managed::find(connection, organization, &wanted).await?;
                if managed::delete(connection, organization, &wanted).await? {
                    authorizations::end_all(connection, organization, &wanted, now).await?;
                    note(connection, &caller, "provider.deleted", &wanted, &json!({}), now).await?;
                }
                Ok(found)
            })
        })
        .await?;
    editable(found, &id).map(drop)
}

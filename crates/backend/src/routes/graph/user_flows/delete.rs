//! `DELETE /v1.0/identity/b2xUserFlows/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_storage::{StoreError, user_flows};

use super::{editable, own_id};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Id, done, id, note};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Deletes a user flow, for whoever is under way too. Guests who came by it stay.
pub async fn delete(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    done(&app, &headers, run(&app, path, &asked, &headers).await)
}

async fn run(app: &App, path: Id, asked: &Asked, headers: &HeaderMap) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteUserFlows).await?;
    let (id, now) = (own_id(&id(path)?).to_owned(), app.now());
    app.store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = caller.organization.id.as_str();
                if let Err(problem) = editable(user_flows::find(connection, organization, &id).await?) {
                    return Ok(Err(problem));
                }
                user_flows::delete(connection, organization, &id).await?;
                let subject = format!("user_flow:{id}");
                note(connection, &caller, "user_flow.deleted", &subject, &json!({}), now).await?;
                Ok(Ok(()))
            })
        })
        .await?
}

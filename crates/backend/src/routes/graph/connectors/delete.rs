//! `DELETE /v1.0/identity/apiConnectors/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_storage::connectors::managed;
use vestibule_storage::{StoreError, user_flows};

use super::editable;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Id, done, id, note};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Deletes a connector that no user flow asks.
pub async fn delete(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    done(&app, &headers, run(&app, path, &asked, &headers).await)
}

async fn run(app: &App, path: Id, asked: &Asked, headers: &HeaderMap) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteConnectors).await?;
    let (id, now) = (id(path)?, app.now());
    app.store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = caller.organization.id.as_str();
                if let Err(problem) = editable(managed::find(connection, organization, &id).await?) {
                    return Ok(Err(problem));
                }
                let flows = user_flows::list(connection, organization).await?;
                let asks = flows.into_iter().map(|known| known.flow).find(|flow| {
                    let mut asked = [&flow.after_federation, &flow.before_creation].into_iter().flatten();
                    asked.any(|one| one.as_str() == id)
                });
                if let Some(flow) = asks {
                    return Ok(Err(GraphProblem::conflict(format!(
                        "The user flow “{}” asks this connector. Take it out there first.",
                        flow.id
                    ))));
                }
                managed::delete(connection, organization, &id).await?;
                let subject = format!("connector:{id}");
                note(connection, &caller, "connector.deleted", &subject, &json!({}), now).await?;
                Ok(Ok(()))
            })
        })
        .await?
}

//! `PATCH /v1.0/identity/apiConnectors/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_contract::api_connector::ApiConnectorRequest;
use vestibule_storage::StoreError;
use vestibule_storage::connectors::managed;

use super::{editable, request};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, Id, done, id, note, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Changes what the body names.
pub async fn patch(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<ApiConnectorRequest>,
) -> Response {
    done(&app, &headers, run(&app, path, &asked, &headers, body).await)
}

async fn run(
    app: &App,
    path: Id,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<ApiConnectorRequest>,
) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteConnectors).await?;
    let (request, id) = (said(body)?, id(path)?);
    let organization = caller.organization.id.to_string();
    let found = app
        .store
        .read(|connection| Box::pin(async move { managed::find(connection, &organization, &id).await }))
        .await?;
    let before = editable(found)?;
    let (after, changed) = request::change(app, &before.connector, request).await?;
    if changed.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let kept = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                // What somebody else said while the address was looked at is not undone by accident.
                let present = managed::find(connection, &after.organization, &after.id).await?;
                if present.as_ref() != Some(&before) || !managed::update(connection, &after).await? {
                    return Ok(false);
                }
                let (subject, detail) = (format!("connector:{}", after.id), json!({ "members": changed }));
                note(connection, &caller, "connector.changed", &subject, &detail, now).await?;
                Ok(true)
            })
        })
        .await?;
    if kept {
        Ok(())
    } else {
        Err(GraphProblem::conflict(
            "It was changed by somebody else at the same time. Read it again, and repeat your change.",
        ))
    }
}

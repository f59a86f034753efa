//! `PATCH /v1.0/identity/apiConnectors/{id}`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_contract::api_connector::ApiConnectorRequest;
use vestibule_storage::StoreError;
use vestibule_storage::connectors::managed::{self, Managed};

use super::{editable, request};
use crate::routes::graph::caller::{self, Caller, Right};
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
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteConnectors).await?;
        change(&app, caller, id(path)?, said(body)?).await
    };
    done(&app, &headers, outcome.await.map(|_| ()))
}

/// Changes a connector, and gives what it is then.
pub(super) async fn change(
    app: &App,
    caller: Caller,
    id: String,
    request: ApiConnectorRequest,
) -> Result<Managed, GraphProblem> {
    let organization = caller.organization.id.to_string();
    let found = app
        .store
        .read(|connection| Box::pin(async move { managed::find(connection, &organization, &id).await }))
        .await?;
    let before = editable(found)?;
    let (after, changed) = request::change(app, &before.connector, request).await?;
    let changed_to = Managed { connector: after.clone(), ..before.clone() };
    if changed.is_empty() {
        return Ok(changed_to);
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
        Ok(changed_to)
    } else {
        Err(GraphProblem::conflict(
            "It was changed by somebody else at the same time. Read it again, and repeat your change.",
        ))
    }
}

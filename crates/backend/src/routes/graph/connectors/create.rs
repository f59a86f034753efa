//! `POST /v1.0/identity/apiConnectors`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_contract::api_connector::{ApiConnector, ApiConnectorRequest};
use vestibule_storage::StoreError;
use vestibule_storage::connectors::MOST;
use vestibule_storage::connectors::managed::{self, Managed};
use vestibule_storage::providers::Source;

use super::{request, wire};
use crate::connectors::save::prepare;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, made, note, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Makes a connector. It is not asked.
pub async fn post(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<ApiConnectorRequest>,
) -> Response {
    let outcome = run(&app, &asked, &headers, body).await;
    made(&app, &headers, &asked, outcome)
}

async fn run(
    app: &App,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<ApiConnectorRequest>,
) -> Result<(ApiConnector, String), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteConnectors).await?;
    let wanted = request::wanted(app, said(body)?).await?;
    let prepared = prepare(app, caller.organization.id.as_str(), wanted).await;
    let connector = prepared.map_err(request::unusable)?;
    let now = app.now();
    let stored = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = connector.organization.as_str();
                if managed::list(connection, organization).await?.len() >= MOST {
                    let message =
                        format!("There are {MOST} connectors, which is the most. Delete one that nobody uses.");
                    return Ok(Err(message));
                }
                if !managed::create(connection, &connector).await? {
                    return Ok(Err(format!(
                        "There is a connector with the id “{}” already. Give another `id`, or change that one.",
                        connector.id
                    )));
                }
                let detail = json!({ "on_failure": connector.on_failure.as_str() });
                let subject = format!("connector:{}", connector.id);
                note(connection, &caller, "connector.created", &subject, &detail, now).await?;
                Ok(Ok(Managed { connector, source: Source::Api }))
            })
        })
        .await?;
    let stored = stored.map_err(|message| GraphProblem::conflict(message).about("id"))?;
    let path = format!("{}/{}", wire::PATH, stored.connector.id);
    Ok((wire::entity(app, &stored), path))
}

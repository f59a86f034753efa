//! `POST /v1.0/identity/b2xUserFlows`.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_contract::user_flow::{UserFlow, UserFlowRequest};
use vestibule_storage::StoreError;
use vestibule_storage::providers::Source;
use vestibule_storage::user_flows::{self, MOST, Managed};

use super::edit::unfit;
use super::{request, wire};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, made, note, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};
use crate::user_flows::Around;

/// Makes a user flow.
pub async fn post(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<UserFlowRequest>,
) -> Response {
    let outcome = run(&app, &asked, &headers, body).await;
    made(&app, &headers, &asked, outcome)
}

async fn run(
    app: &App,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<UserFlowRequest>,
) -> Result<(UserFlow, String), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteUserFlows).await?;
    let request = said(body)?;
    let mut flow = request::bare(&request)?;
    // The id was taken out of it.
    let request = UserFlowRequest { id: None, ..request };
    let (organization, now) = (caller.organization.clone(), app.now());
    let stored = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let around = Around::stored(connection, &caller.organization).await?;
                if let Err(problem) = request::change(&mut flow, &around, request) {
                    return Ok(Err(problem));
                }
                if let Err(reason) = around.admit(&flow) {
                    return Ok(Err(unfit(&reason)));
                }
                let of = caller.organization.id.as_str();
                if user_flows::list(connection, of).await?.len() >= MOST {
                    let message =
                        format!("There are {MOST} user flows, which is the most. Delete one that nobody uses.");
                    return Ok(Err(GraphProblem::conflict(message)));
                }
                if !user_flows::create(connection, of, &flow).await? {
                    let message = format!(
                        "There is a user flow with the id “{}” already. Give another `id`, or change that one.",
                        flow.id
                    );
                    return Ok(Err(GraphProblem::conflict(message).about("id")));
                }
                let (subject, detail) = (format!("user_flow:{}", flow.id), json!({ "enabled": flow.enabled }));
                note(connection, &caller, "user_flow.created", &subject, &detail, now).await?;
                Ok(Ok((Managed { organization: of.to_owned(), flow, source: Source::Api }, around)))
            })
        })
        .await?;
    let (managed, around) = stored?;
    let flow = wire::entity(app, &organization, &around, &managed);
    let path = format!("{}/{}", wire::PATH, flow.id);
    Ok((flow, path))
}

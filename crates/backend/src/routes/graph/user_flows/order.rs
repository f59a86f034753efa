//! `…/userAttributeAssignments/getOrder` and `…/setOrder`: in which order a user flow asks.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow_attribute::{AssignmentOrder, AssignmentOrderRequest};
use vestibule_domain::sign_up::UserFlow;

use super::attribute::own_name;
use super::edit::edit;
use super::{read, wire};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{self, Body, Id, done, id, said, told, wrong};
use crate::routes::me::context::Asked;
use crate::state::Shared;

/// The order.
pub async fn get(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let (organization, found, _) = read::one(&app, &id(path)?, &asked, &headers).await?;
        let of = organization.id.as_str();
        Ok(AssignmentOrder {
            odata_context: Some(resource::context(&app, "microsoft.graph.assignmentOrder")),
            order: found.flow.attributes.iter().map(|it| wire::attribute(of, it).id).collect(),
        })
    };
    told(&app, &headers, outcome.await)
}

/// Another order.
pub async fn post(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<AssignmentOrderRequest>,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (request, id) = (said(body)?, id(path)?);
        let order = request.new_assignment_order.order;
        edit(&app, caller, &id, move |flow, _| arrange(flow, &order)).await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

fn arrange(flow: &mut UserFlow, order: &[String]) -> Result<(), GraphProblem> {
    let names: Vec<&str> = order.iter().map(|id| own_name(id)).collect();
    let is_whole = names.len() == flow.attributes.len()
        && flow.attributes.iter().all(|known| names.contains(&known.id.as_str()));
    if !is_whole {
        let message = "Name every assignment of this user flow once.";
        return Err(wrong("newAssignmentOrder", message));
    }
    flow.attributes.sort_by_key(|known| names.iter().position(|name| *name == known.id));
    Ok(())
}

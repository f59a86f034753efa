//! `…/b2xUserFlows/{id}/userAttributeAssignments`: what a user flow asks, one by one.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow::PREFIX;
use vestibule_contract::user_flow_attribute::{
    AttributeAssignment, AttributeAssignmentRequest, AttributeAssignments,
};
use vestibule_domain::sign_up::UserFlow;

use super::attribute::{own_name, wanted};
use super::edit::edit;
use super::{own_id, read, wire};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::odata::Queried;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{self, Body, Id, done, id, made, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// What of Graph's is described.
fn context(app: &App, flow: &str, rest: &str) -> String {
    let set = format!("{}('{PREFIX}{flow}')/userAttributeAssignments{rest}", wire::SET);
    resource::context(app, &set)
}

/// Where in a user flow an attribute is asked.
fn place(flow: &UserFlow, assignment: &str) -> Result<usize, GraphProblem> {
    let name = own_name(assignment);
    flow.attributes.iter().position(|it| it.id == name).ok_or_else(GraphProblem::not_found)
}

/// Everything that a user flow asks.
pub async fn list(State(app): State<Shared>, path: Id, queried: Queried, headers: HeaderMap) -> Response {
    let outcome = async {
        let (organization, found, _) = read::one(&app, &id(path)?, &queried.asked, &headers).await?;
        let of = organization.id.as_str();
        Ok(AttributeAssignments {
            odata_context: context(&app, found.flow.id.as_str(), ""),
            value: found.flow.attributes.iter().map(|it| wire::assignment(of, it)).collect(),
        })
    };
    queried.list(&app, &headers, &wire::ASSIGNMENT, outcome.await)
}

/// One of them.
pub async fn get(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    queried: Queried,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let (flow, assignment) = id(path)?;
        let (organization, found, _) = read::one(&app, &flow, &queried.asked, &headers).await?;
        let at = place(&found.flow, &assignment)?;
        Ok(AttributeAssignment {
            odata_context: Some(context(&app, found.flow.id.as_str(), "/$entity")),
            ..wire::assignment(organization.id.as_str(), &found.flow.attributes[at])
        })
    };
    queried.one(&app, &headers, &wire::ASSIGNMENT, outcome.await)
}

/// Asks something more, after everything else.
pub async fn post(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<AttributeAssignmentRequest>,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (request, id) = (said(body)?, id(path)?);
        let of = caller.organization.id.to_string();
        let attribute = wanted(None, request)?;
        let (own, context) = (own_id(&id).to_owned(), context(&app, own_id(&id), "/$entity"));
        let asked = attribute.clone();
        edit(&app, caller, &id, move |flow, _| {
            if flow.attributes.iter().any(|known| known.id == asked.id) {
                let message = "It is asked already: change that assignment.";
                return Err(GraphProblem::conflict(message).about("userAttribute"));
            }
            flow.attributes.push(asked);
            Ok(())
        })
        .await?;
        let assignment = wire::assignment(&of, &attribute);
        let path = format!("{}/{PREFIX}{own}/userAttributeAssignments/{}", wire::PATH, assignment.id);
        Ok((AttributeAssignment { odata_context: Some(context), ..assignment }, path))
    };
    let outcome = outcome.await;
    made(&app, &headers, &asked, outcome)
}

/// Asks something in another way.
pub async fn patch(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<AttributeAssignmentRequest>,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (request, (flow, assignment)) = (said(body)?, id(path)?);
        edit(&app, caller, &flow, move |flow, _| {
            let at = place(flow, &assignment)?;
            flow.attributes[at] = wanted(Some(&flow.attributes[at]), request)?;
            Ok(())
        })
        .await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

/// Asks something no more. What was answered so far stays with the guests.
pub async fn delete(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (flow, assignment) = id(path)?;
        edit(&app, caller, &flow, move |flow, _| {
            let at = place(flow, &assignment)?;
            flow.attributes.remove(at);
            Ok(())
        })
        .await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

//! `…/b2xUserFlows/{id}/apiConnectorConfiguration/{step}/$ref` and `…/b2xUserFlows/{id}/identityProviders/$ref`: what a
//! user flow leans on, put in and taken out one by one.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::user_flow::Reference;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::sign_up::UserFlow;

use super::edit::edit;
use super::request;
use crate::flows::state::Way;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::providers::wire::CODE;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, Id, done, id, said};
use crate::routes::me::context::Asked;
use crate::state::Shared;
use crate::user_flows::Around;

/// The place of a user flow's connector at a step, by Graph's name of the step.
fn place<'f>(flow: &'f mut UserFlow, step: &str) -> Result<&'f mut Option<OrganizationId>, GraphProblem> {
    match step {
        "postFederationSignup" => Ok(&mut flow.after_federation),
        "postAttributeCollection" => Ok(&mut flow.before_creation),
        _ => Err(GraphProblem::not_found()),
    }
}

/// Has a connector asked at a step; with an empty reference, as in Graph, none.
pub async fn put_connector(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<Reference>,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (reference, (id, step)) = (said(body)?, id(path)?);
        let connector = match reference {
            Reference { odata_id: None, id: None } => None,
            reference => Some(request::connector(&reference)?),
        };
        edit(&app, caller, &id, move |flow, _| {
            *place(flow, &step)? = connector;
            Ok(())
        })
        .await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

/// Has no connector asked at a step.
pub async fn delete_connector(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (id, step) = id(path)?;
        edit(&app, caller, &id, move |flow, _| {
            *place(flow, &step)? = None;
            Ok(())
        })
        .await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

/// Offers a provider. One that is on offer already stays so.
pub async fn post_provider(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<Reference>,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (reference, id) = (said(body)?, id(path)?);
        edit(&app, caller, &id, move |flow, around| {
            let provider = request::provider(&reference, around)?;
            if let Some(offered) = &mut flow.providers
                && !offered.contains(&provider)
            {
                offered.push(provider);
            }
            Ok(())
        })
        .await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

/// Offers a provider no more.
pub async fn delete_provider(
    State(app): State<Shared>,
    path: Id<(String, String)>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let caller = caller::of(&app, &headers, &asked, Right::WriteUserFlows).await?;
        let (id, provider) = id(path)?;
        edit(&app, caller, &id, move |flow, around| withdraw(flow, around, &provider)).await
    };
    let outcome = outcome.await;
    done(&app, &headers, outcome)
}

fn withdraw(flow: &mut UserFlow, around: &Around, provider: &str) -> Result<(), GraphProblem> {
    let provider = if provider == CODE { Way::EMAIL } else { provider };
    // Of one that offers whatever there is, what there is now is left.
    let every = || {
        let ids = around.providers.iter().map(|provider| provider.id.clone());
        ids.chain([Way::EMAIL.to_owned()]).collect()
    };
    let mut offered: Vec<String> = flow.providers.clone().unwrap_or_else(every);
    let before = offered.len();
    offered.retain(|one| one != provider);
    if offered.len() == before {
        return Err(GraphProblem::not_found());
    }
    flow.providers = Some(offered);
    Ok(())
}

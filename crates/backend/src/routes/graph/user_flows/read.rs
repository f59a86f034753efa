//! `GET /v1.0/identity/b2xUserFlows`, one of them, and what belongs to it.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::identity_provider::IdentityProviders;
use vestibule_contract::user_flow::{ApiConnectorConfiguration, UserFlow, UserFlows};
use vestibule_storage::StoreError;
use vestibule_storage::organizations::Organization;
use vestibule_storage::user_flows::{self, Managed};

use super::{languages, own_id, wire};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::odata::Queried;
use crate::routes::graph::resource::{self, Id, id};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};
use crate::user_flows::Around;

/// The user flows of the organization.
pub async fn list(State(app): State<Shared>, queried: Queried, headers: HeaderMap) -> Response {
    let languages = queried.expands("languages");
    let all = all(&app, &queried.asked, &headers).await.map(|(organization, flows, around)| UserFlows {
        odata_context: resource::context(&app, wire::SET),
        value: flows
            .iter()
            .map(|known| UserFlow {
                languages: languages.then(|| languages::of(&app, &known.flow)),
                ..wire::flow(&app, &organization, &around, known)
            })
            .collect(),
    });
    queried.list(&app, &headers, &wire::FLOW, all)
}

/// All user flows, and what they lean on.
pub(super) async fn all(
    app: &App,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<(Organization, Vec<Managed>, Around), GraphProblem> {
    let organization = caller::of(app, headers, asked, Right::ReadUserFlows).await?.organization;
    let of = organization.clone();
    let (flows, around) = app
        .store
        .read(|connection| {
            Box::pin(async move {
                let around = Around::stored(connection, &of).await?;
                Ok::<_, StoreError>((user_flows::list(connection, of.id.as_str()).await?, around))
            })
        })
        .await?;
    Ok((organization, flows, around))
}

/// One user flow, and what it leans on.
pub(super) async fn one(
    app: &App,
    id: &str,
    asked: &Asked,
    headers: &HeaderMap,
) -> Result<(Organization, Managed, Around), GraphProblem> {
    let organization = caller::of(app, headers, asked, Right::ReadUserFlows).await?.organization;
    let (of, id) = (organization.clone(), own_id(id).to_owned());
    let (found, around) = app
        .store
        .read(|connection| {
            Box::pin(async move {
                let around = Around::stored(connection, &of).await?;
                Ok::<_, StoreError>((user_flows::find(connection, of.id.as_str(), &id).await?, around))
            })
        })
        .await?;
    Ok((organization, found.ok_or_else(GraphProblem::not_found)?, around))
}

/// One user flow.
pub async fn get(State(app): State<Shared>, path: Id, queried: Queried, headers: HeaderMap) -> Response {
    let outcome = async {
        let (organization, found, around) = one(&app, &id(path)?, &queried.asked, &headers).await?;
        Ok(UserFlow {
            languages: queried.expands("languages").then(|| languages::of(&app, &found.flow)),
            ..wire::entity(&app, &organization, &around, &found)
        })
    };
    queried.one(&app, &headers, &wire::FLOW, outcome.await)
}

/// The providers that a user flow offers.
pub async fn identity_providers(
    State(app): State<Shared>,
    path: Id,
    queried: Queried,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let (organization, found, around) = one(&app, &id(path)?, &queried.asked, &headers).await?;
        Ok(IdentityProviders {
            odata_context: resource::context(&app, "identityProviders"),
            value: wire::providers(&organization, &around, &found.flow),
        })
    };
    queried.list(&app, &headers, &wire::PROVIDER, outcome.await)
}

/// The connectors that a user flow asks.
pub async fn connectors(
    State(app): State<Shared>,
    path: Id,
    queried: Queried,
    headers: HeaderMap,
) -> Response {
    let outcome = async {
        let (_, found, around) = one(&app, &id(path)?, &queried.asked, &headers).await?;
        let of = format!("{}('{}')/apiConnectorConfiguration", wire::SET, found.flow.id);
        Ok(ApiConnectorConfiguration {
            odata_context: Some(resource::context(&app, &of)),
            ..wire::connectors(&around, &found.flow)
        })
    };
    queried.one(&app, &headers, &wire::CONNECTORS, outcome.await)
}

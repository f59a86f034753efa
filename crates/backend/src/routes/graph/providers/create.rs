//! `POST /v1.0/identity/identityProviders`.

use axum::Json;
use axum::extract::State;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use vestibule_contract::identity_provider::{IdentityProvider, IdentityProviderRequest};
use vestibule_storage::StoreError;
use vestibule_storage::providers::{MOST, managed};

use super::{note, request, wire};
use crate::federation::save::prepare;
use crate::http::body::JsonBody;
use crate::http::problem::ApiProblem;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::create::client_request_id;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::me::context::Asked;
use crate::state::Shared;

/// Makes a provider.
pub async fn post(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Result<JsonBody<IdentityProviderRequest>, ApiProblem>,
) -> Response {
    match run(&app, &asked, &headers, body).await {
        Ok(provider) => {
            let origin = app.config.public_url.origin();
            // Somebody of several organizations finds it in the one that was asked for.
            let of = asked.organization.map(|id| format!("?organization={id}")).unwrap_or_default();
            let location = format!("{origin}{}/{}{of}", wire::PATH, provider.id);
            (StatusCode::CREATED, [(LOCATION, location)], Json(provider)).into_response()
        }
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(
    app: &Shared,
    asked: &Asked,
    headers: &HeaderMap,
    body: Result<JsonBody<IdentityProviderRequest>, ApiProblem>,
) -> Result<IdentityProvider, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteProviders).await?;
    let JsonBody(request) = body.map_err(|problem| GraphProblem::from_problem(&problem))?;
    let (wanted, position) = request::wanted(request)?;
    let kind = wanted.kind;
    let prepared = prepare(app, caller.organization.id.as_str(), wanted).await;
    let provider = prepared.map_err(|error| request::unusable(error, kind))?;
    let now = app.now();
    let made = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = provider.organization.as_str();
                if managed::list(connection, organization).await?.len() >= MOST {
                    return Ok(Err(format!(
                        "There are {MOST} providers, which is the most. Delete one that nobody uses."
                    )));
                }
                let Some(made) = managed::create(connection, &provider, position).await? else {
                    return Ok(Err(format!(
                        "There is a provider with the id “{}” already. Give another `id`, or change that one.",
                        provider.id
                    )));
                };
                let detail = json!({ "kind": kind.as_str(), "enabled": provider.enabled });
                note(connection, &caller, "provider.created", &provider.id, &detail, now).await?;
                Ok(Ok(made))
            })
        })
        .await?;
    let made = made.map_err(|message| GraphProblem::conflict(message).about("id"))?;
    Ok(wire::entity(app, wire::provider(app, &made)))
}

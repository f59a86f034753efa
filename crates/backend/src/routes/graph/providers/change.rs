//! `PATCH /v1.0/identity/identityProviders/{id}`.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use vestibule_contract::identity_provider::IdentityProviderRequest;
use vestibule_storage::providers::managed;
use vestibule_storage::{StoreError, authorizations};

use super::{Id, editable, id, note, request};
use crate::http::body::JsonBody;
use crate::http::problem::ApiProblem;
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::create::client_request_id;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Changes what the body names.
pub async fn patch(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Result<JsonBody<IdentityProviderRequest>, ApiProblem>,
) -> Response {
    match run(&app, path, &asked, &headers, body).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(
    app: &App,
    path: Id,
    asked: &Asked,
    headers: &HeaderMap,
    body: Result<JsonBody<IdentityProviderRequest>, ApiProblem>,
) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteProviders).await?;
    let JsonBody(request) = body.map_err(|problem| GraphProblem::from_problem(&problem))?;
    let id = id(path)?;
    let (organization, wanted) = (caller.organization.id.to_string(), id.clone());
    let found = app
        .store
        .read(|connection| Box::pin(async move { managed::find(connection, &organization, &wanted).await }))
        .await?;
    let before = editable(found, &id)?;
    let (after, changed) = request::change(app, &before, request).await?;
    if changed.is_empty() {
        return Ok(());
    }
    let now = app.now();
    let done = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let (organization, id) = (&before.provider.organization, &before.provider.id);
                // Somebody else may have turned it off while the provider was asked; that is not undone by accident.
                let present = managed::find(connection, organization, id).await?;
                if present.as_ref() != Some(&before)
                    || !managed::update(connection, &after.provider, after.position).await?
                {
                    return Ok(false);
                }
                if !after.provider.enabled || after.provider.protocol != before.provider.protocol {
                    authorizations::end_all(connection, organization, id, now).await?;
                }
                note(connection, &caller, "provider.changed", id, &json!({ "members": changed }), now)
                    .await?;
                Ok(true)
            })
        })
        .await?;
    if done {
        Ok(())
    } else {
        Err(GraphProblem::conflict(
            "It was changed by somebody else at the same time. Read it again, and repeat your change.",
        ))
    }
}

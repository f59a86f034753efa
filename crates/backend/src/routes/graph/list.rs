//! `GET /v1.0/invitations`: the organization's invitations, newest first. Never with a link (S106).

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use vestibule_contract::graph::Invitations;
use vestibule_storage::{StoreError, invitations, outbox};

use super::caller::{self, Right};
use super::create::client_request_id;
use super::error::GraphProblem;
use super::query::GraphQuery;
use super::wire;
use crate::mail::kind;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Invitations a page, when nothing is said, and at most.
const USUAL: u32 = 100;
const MOST: u32 = 999;

/// Which page.
#[derive(Deserialize)]
pub struct Page {
    #[serde(default)]
    organization: Option<String>,
    #[serde(default, rename = "$top")]
    top: Option<u32>,
    #[serde(default, rename = "$skiptoken")]
    skip: Option<String>,
}

/// A page of invitations.
pub async fn get(
    State(app): State<Shared>,
    GraphQuery(page): GraphQuery<Page>,
    headers: HeaderMap,
) -> Response {
    match run(&app, page, &headers).await {
        Ok(invitations) => Json(invitations).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(app: &App, page: Page, headers: &HeaderMap) -> Result<Invitations, GraphProblem> {
    let asked = page.organization.is_some();
    let asked_of = Asked { organization: page.organization };
    let caller = caller::of(app, headers, &asked_of, Right::Invite).await?;
    let top = page.top.unwrap_or(USUAL);
    if top == 0 || top > MOST {
        return Err(GraphProblem::bad_request(format!("$top is 1 to {MOST}.")).about("$top"));
    }
    let organization = caller.organization.id.to_string();
    // Somebody of several organizations goes on in the one that was asked for.
    let of = if asked { format!("&organization={organization}") } else { String::new() };
    let now = app.now();
    let mut value = app
        .store
        .read(|connection| {
            Box::pin(async move {
                let mut value = Vec::new();
                for one in invitations::list(connection, &organization, page.skip.as_deref(), top + 1).await?
                {
                    let fate = outbox::fate(connection, &organization, kind::INVITATION, &one.id).await?;
                    value.push(wire::invitation(&one, None, fate, now));
                }
                Ok::<_, StoreError>(value)
            })
        })
        .await?;
    let more = value.len() > top as usize;
    value.truncate(top as usize);
    let origin = app.config.public_url.origin();
    let odata_next_link = value
        .last()
        .filter(|_| more)
        .map(|last| format!("{origin}/v1.0/invitations?$top={top}&$skiptoken={}{of}", last.id));
    Ok(Invitations { odata_context: format!("{origin}/v1.0/$metadata#invitations"), value, odata_next_link })
}

//! `/federate/{organization}/{provider}`: the page that speaks to an identity provider itself, where an organization uses
//! one as a public client. It begins a sign-in for the flow that its query names, and the provider sends people back to
//! it. Its script does both (`public/relying_party/page.js`); here nothing of the query is believed or kept.

use axum::extract::rejection::QueryRejection;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use serde::Deserialize;
use url::form_urlencoded::byte_serialize;
use vestibule::pages::relying_party::RelyingPartyScreen;
use vestibule::screen::FailureKind;
use vestibule_storage::providers::{self, Provider};
use vestibule_storage::{StoreError, organizations};

use super::respond::{Content, Shown, respond};
use crate::flows::document::entry;
use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// What the address says.
#[derive(Default, Deserialize)]
pub struct Asked {
    flow: Option<String>,
}

/// The page.
pub async fn get(
    State(app): State<Shared>,
    Path((organization, provider)): Path<(String, String)>,
    asked: Result<Query<Asked>, QueryRejection>,
    headers: HeaderMap,
) -> Response {
    let back = match asked.ok().and_then(|Query(asked)| asked.flow) {
        Some(flow) => format!("/flow/{}", byte_serialize(flow.as_bytes()).collect::<String>()),
        None => entry(&organization),
    };
    let found = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move {
                // One that was turned off meanwhile, too: people come back from it, and the flow tells them.
                let known = providers::list(connection, &organization).await?;
                let speaks = |known: &Provider| known.id == provider && known.protocol.is_of_browser();
                let provider = known.into_iter().find(speaks);
                Ok(organizations::find(connection, &organization).await?.zip(provider))
            })
        })
        .await;
    match found {
        Ok(Some((organization, provider))) => {
            let screen = RelyingPartyScreen { provider: provider.label, back };
            let organization = Some(organization);
            respond(&app, &headers, Shown { organization, ..Shown::content(Content::RelyingParty(screen)) })
        }
        Ok(None) => super::failure(&app, &headers, FailureKind::NotFound, StatusCode::NOT_FOUND),
        Err(error) => super::problem(&app, &headers, &ApiProblem::from(error)),
    }
}

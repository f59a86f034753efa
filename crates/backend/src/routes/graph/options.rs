//! `GET /v1.0/vestibule/inviteOptions`: what this caller may put into an invitation.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use vestibule_contract::desk::{DomainRule, DomainRuleKind, InviteOptions};
use vestibule_contract::step::{Resource, ResourceKind};
use vestibule_domain::message::LONGEST_MESSAGE;
use vestibule_domain::permission::DomainKind;
use vestibule_storage::apps;
use vestibule_storage::organizations::Organization;

use super::caller::{self, Right};
use super::create::client_request_id;
use super::error::GraphProblem;
use super::query::GraphQuery;
use crate::flows::document::card;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// The options.
pub async fn get(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
) -> Response {
    match run(&app, &asked, &headers).await {
        Ok(options) => Json(options).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(app: &App, asked: &Asked, headers: &HeaderMap) -> Result<InviteOptions, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::Invite).await?;
    document(app, &caller.organization).await
}

/// The options of an organization, on the wire.
pub async fn document(app: &App, organization: &Organization) -> Result<InviteOptions, GraphProblem> {
    let id = organization.id.to_string();
    let known =
        app.store.read(|connection| Box::pin(async move { apps::list(connection, &id).await })).await?;
    let settings = &organization.settings;
    Ok(InviteOptions {
        organization: card(organization),
        apps: known
            .into_iter()
            .map(|app| Resource { kind: ResourceKind::read(&app.kind), id: app.id, name: app.name })
            .collect(),
        languages: app.config.locales.clone(),
        default_expires_in_days: settings.invitation_days,
        max_expires_in_days: settings.max_invitation_days,
        max_message_length: u32::try_from(LONGEST_MESSAGE).unwrap_or(u32::MAX),
        domains: DomainRule {
            kind: match settings.domains.kind() {
                DomainKind::Any => DomainRuleKind::Any,
                DomainKind::Deny => DomainRuleKind::Deny,
                DomainKind::Allow => DomainRuleKind::Allow,
            },
            domains: settings.domains.domains().to_vec(),
        },
        sender: crate::mail::compose::sender_shown(Some(organization), &app.config),
    })
}

//! `POST /v1.0/vestibule/invitePreview`: the mail as it would go out. Sends nothing, stores nothing.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use vestibule_contract::desk::InvitePreview;
use vestibule_contract::graph::InvitationRequest;
use vestibule_domain::invitation::{Invitation as Life, InvitationState};
use vestibule_storage::invitations::Invitation;

use super::caller::{self, Caller, Right};
use super::create::client_request_id;
use super::error::GraphProblem;
use super::query::GraphQuery;
use super::wire;
use crate::http::body::JsonBody;
use crate::http::problem::ApiProblem;
use crate::invitations::draft::{Checked, Draft, check};
use crate::invitations::letter;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Stands where the link will stand.
const PLACEHOLDER: &str = "/i/…";

/// The mail as it would go out.
pub async fn post(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Result<JsonBody<InvitationRequest>, ApiProblem>,
) -> Response {
    let preview = async {
        let caller = caller::of(&app, &headers, &asked, Right::Invite).await?;
        let JsonBody(request) = body.map_err(|problem| GraphProblem::from_problem(&problem))?;
        preview(&app, &caller, request).await
    };
    match preview.await {
        Ok(preview) => Json(preview).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

/// Checks a request and draws its mail.
pub async fn preview(
    app: &Shared,
    caller: &Caller,
    request: InvitationRequest,
) -> Result<InvitePreview, GraphProblem> {
    let draft = wire::draft(request)?;
    let (reader, organization, asked) = (app.clone(), caller.organization.clone(), draft.clone());
    let checked = app
        .store
        .read(|connection| Box::pin(async move { check(&reader, connection, &organization, &asked).await }))
        .await??;
    let invitation = as_if(app, caller, &draft, &checked);
    let link = format!("{}{PLACEHOLDER}", app.config.public_url.origin());
    let letter = letter::draw(app, &caller.organization, &invitation, &link, &checked.apps);
    Ok(InvitePreview {
        from: crate::mail::compose::sender_shown(Some(&caller.organization), &app.config),
        to: invitation.address.display().to_owned(),
        subject: letter.subject,
        text: letter.text,
    })
}

/// The invitation that the draft would make.
fn as_if(app: &App, caller: &Caller, draft: &Draft, checked: &Checked) -> Invitation {
    let now = app.now();
    Invitation {
        organization: caller.organization.id.to_string(),
        id: String::new(),
        user: String::new(),
        address: checked.address.clone(),
        name: checked.name.clone(),
        life: Life { state: InvitationState::Pending, version: 1, expires_at: now.plus(checked.lifetime) },
        inviter: caller.inviter.clone(),
        message: checked.message.clone(),
        language: draft.language.clone(),
        cc: checked.cc.clone(),
        redirect_url: draft.redirect_url.clone(),
        apps: checked.apps.iter().map(|app| app.id.clone()).collect(),
        send_mail: true,
        created_at: now,
    }
}

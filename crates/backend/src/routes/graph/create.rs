//! `POST /v1.0/invitations`.

use std::time::Duration;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};
use vestibule_contract::graph::{Invitation, InvitationRequest};
use vestibule_storage::idempotency::{self, Kept};
use vestibule_storage::outbox::Fate;

use super::caller::{self, Caller, Right, SCOPE_LINK};
use super::error::GraphProblem;
use super::query::GraphQuery;
use super::wire;
use crate::flows::walk::WalkError;
use crate::http::body::JsonBody;
use crate::http::problem::ApiProblem;
use crate::invitations::create::{Refusal, create};
use crate::invitations::letter::link_url;
use crate::routes::flows::idempotency_key;
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// How long an answer is kept for a client that asks again (P3).
const KEPT_FOR: Duration = Duration::from_hours(24);

/// Seals kept answers: they may hold a link.
const SEAL: &str = "idempotency";

/// The caller's own id of the request, echoed in errors.
pub(super) fn client_request_id(headers: &HeaderMap) -> Option<String> {
    let text = headers.get("client-request-id")?.to_str().ok()?;
    Some(text.chars().filter(char::is_ascii_graphic).take(64).collect())
}

/// Invites.
pub async fn post(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Result<JsonBody<InvitationRequest>, ApiProblem>,
) -> Response {
    match run(&app, &asked, &headers, body).await {
        Ok(invitation) => (StatusCode::CREATED, Json(invitation)).into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(&headers)),
    }
}

async fn run(
    app: &Shared,
    asked: &Asked,
    headers: &HeaderMap,
    body: Result<JsonBody<InvitationRequest>, ApiProblem>,
) -> Result<Invitation, GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::Invite).await?;
    let JsonBody(request) = body.map_err(|problem| GraphProblem::from_problem(&problem))?;
    let key = idempotency_key(headers).map_err(|problem| GraphProblem::from_problem(&problem))?;
    invite(app, caller, request, key).await
}

/// Invites once: a request that comes again with its key gets the answer of the first time.
pub async fn invite(
    app: &Shared,
    caller: Caller,
    request: InvitationRequest,
    key: Option<String>,
) -> Result<Invitation, GraphProblem> {
    let body_hash = hash_of(&request)?;
    let draft = wire::draft(request)?;
    if !draft.send_mail && !caller.may_read_link {
        let message = format!(
            "Without a mail nobody would get the link. Set sendInvitationMessage, or use a token with {SCOPE_LINK}."
        );
        return Err(GraphProblem::forbidden(message).about("sendInvitationMessage"));
    }
    // Keys of different callers never meet.
    let key = key.map(|key| format!("{} {key}", caller.actor));
    let writer = app.clone();
    let outcome = app
        .store
        .write(move |connection| {
            Box::pin(async move {
                let app: &App = &writer;
                let now = app.now();
                let organization = caller.organization.id.as_str();
                if let Some(key) = &key
                    && let Some(kept) = idempotency::find(connection, organization, key, now).await?
                {
                    if kept.body_hash != body_hash {
                        return Ok(Outcome::KeyReused);
                    }
                    let answer = app.sealer.open(SEAL, &kept.answer)?;
                    return Ok(Outcome::Done(Box::new(serde_json::from_slice(&answer)?)));
                }
                let created =
                    create(app, connection, &caller.organization, &caller.inviter, &caller.actor, &draft)
                        .await?;
                let created = match created {
                    Ok(created) => created,
                    Err(refusal) => return Ok(Outcome::Refused(refusal)),
                };
                let link = caller.may_read_link.then(|| link_url(app, &created.link));
                let fate = draft.send_mail.then_some(Fate::Queued);
                let mut answer = wire::invitation(&created.invitation, link, fate, now);
                answer.odata_context = Some(wire::entity_context(app.config.public_url.origin()));
                if let Some(key) = &key {
                    let sealed =
                        app.sealer.seal(app.entropy.as_ref(), SEAL, &serde_json::to_vec(&answer)?)?;
                    let kept = Kept { body_hash, answer: sealed, effect: answer.id.clone() };
                    idempotency::keep(connection, organization, key, &kept, now.plus(KEPT_FOR)).await?;
                }
                Ok::<_, WalkError>(Outcome::Done(Box::new(answer)))
            })
        })
        .await?;
    match outcome {
        Outcome::Done(invitation) => {
            app.outbox_bell.notify_one();
            Ok(*invitation)
        }
        Outcome::KeyReused => Err(GraphProblem::key_reused()),
        Outcome::Refused(refusal) => Err(refusal.into()),
    }
}

enum Outcome {
    Done(Box<Invitation>),
    KeyReused,
    Refused(Refusal),
}

fn hash_of(request: &InvitationRequest) -> Result<String, WalkError> {
    Ok(format!("{:x}", Sha256::digest(serde_json::to_vec(request)?)))
}

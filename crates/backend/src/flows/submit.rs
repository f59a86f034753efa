//! Taking an action: compare the revision, move, swap, answer; all in one write transaction.

use sha2::{Digest, Sha256};
use vestibule_contract::field::action;
use vestibule_contract::flow::SubmitAction;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::{ProblemCode, Step, StepDocument};
use vestibule_domain::secret::Token;
use vestibule_storage::flows::{self, StoredFlow, Submission};
use vestibule_storage::sessions::{self, Session};
use vestibule_storage::{Connection, StoreError};

use super::actions;
use super::document::{Drawn, document, entry};
use super::ending::{begin_session, live_session};
use super::federation::vouched::{Vouched, vouched};
use super::sign_up::ask::ask_for;
use super::state::{FlowState, Stage};
use super::walk::{Walk, WalkError};
use crate::state::{App, Shared};

/// What a submission asks for, and from whom it comes.
pub struct Submit {
    /// The flow.
    pub flow: String,
    /// The binding cookie of the flow, when the browser sent one.
    pub binding: Option<Token>,
    /// The body.
    pub body: SubmitAction,
    /// The client's key, when it gave one.
    pub key: Option<String>,
    /// The session at this browser.
    pub session: Option<Session>,
    /// Whose budget of requests this spends.
    pub client: String,
}

/// How a submission can end.
pub enum Submitted {
    /// The flow moved, or had moved by the same submission before. The token is for the session cookie.
    Answer(Box<StepDocument>, Option<Token>),
    /// The flow has moved on meanwhile; this is where it stands.
    Stale(Box<StepDocument>, Option<Token>),
    /// Values are wrong; the flow stands where it stood.
    Invalid(Box<StepDocument>, Vec<Message>),
    /// Nothing was done.
    Refused(Refused),
}

/// Why nothing was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// No such flow.
    NotFound,
    /// Begun in another browser.
    BoundElsewhere,
    /// Its time is over; where to begin again.
    Expired(String),
    /// The key was used for another body.
    KeyReused,
}

impl Refused {
    /// The code of the problem.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::NotFound => ProblemCode::NotFound,
            Self::BoundElsewhere => ProblemCode::FlowBoundElsewhere,
            Self::Expired(_) => ProblemCode::FlowExpired,
            Self::KeyReused => ProblemCode::IdempotencyKeyReused,
        }
    }
}

/// The present step of a flow, and the token of the session that it has ended in. Changes nothing.
pub async fn present(
    app: &App,
    connection: &mut Connection,
    id: &str,
    binding: Option<&Token>,
) -> Result<Result<(StepDocument, Option<Token>), Refused>, WalkError> {
    Ok(match (load(app, connection, id, binding).await?, binding) {
        (Ok(flow), Some(binding)) => {
            let state: FlowState = serde_json::from_str(&flow.state)?;
            let token = live_session(app, connection, &flow, &state, binding).await?;
            Ok((draw(app, connection, &flow, &state).await?, token))
        }
        (Ok(_), None) => Err(Refused::BoundElsewhere),
        (Err(refused), _) => Err(refused),
    })
}

/// Takes an action.
pub async fn submit(app: &Shared, request: Submit) -> Result<Submitted, WalkError> {
    let (flow, binding) = (request.flow.clone(), request.binding.clone());
    let vouched = vouched(app, &request).await?;
    let taker = app.clone();
    let submitted = app
        .store
        .write(move |connection| {
            Box::pin(async move { Box::pin(run(&taker, connection, request, vouched)).await })
        })
        .await?;
    app.outbox_bell.notify_one();
    match (&submitted, binding) {
        (Submitted::Answer(document, _), Some(binding)) if matches!(document.step, Step::Checking(_)) => {
            ask_for(app, &flow, &binding).await?;
            look(app, flow, binding).await
        }
        _ => Ok(submitted),
    }
}

/// Where a flow stands by now.
async fn look(app: &Shared, flow: String, binding: Token) -> Result<Submitted, WalkError> {
    let reader = app.clone();
    app.store
        .read::<_, WalkError, _>(move |connection| {
            Box::pin(async move {
                Ok(match present(&reader, connection, &flow, Some(&binding)).await? {
                    Ok((document, token)) => Submitted::Answer(Box::new(document), token),
                    Err(refused) => Submitted::Refused(refused),
                })
            })
        })
        .await
}

async fn run(
    app: &App,
    connection: &mut Connection,
    request: Submit,
    vouched: Option<Vouched>,
) -> Result<Submitted, WalkError> {
    let flow = match load(app, connection, &request.flow, request.binding.as_ref()).await? {
        Ok(flow) => flow,
        Err(refused) => return Ok(Submitted::Refused(refused)),
    };
    let binding = request.binding.expect("`load` refuses a flow without its binding");
    let state: FlowState = serde_json::from_str(&flow.state)?;
    let body_hash = hash_of(&request.body)?;
    if let Some(last) = flow.last.as_ref().filter(|last| Some(&last.key) == request.key.as_ref()) {
        if last.body_hash != body_hash {
            return Ok(Submitted::Refused(Refused::KeyReused));
        }
        let token = live_session(app, connection, &flow, &state, &binding).await?;
        return Ok(Submitted::Answer(serde_json::from_str(&last.answer)?, token));
    }
    let waits = matches!(state.stage, Stage::Checking { .. });
    if request.body.action == action::CHECK && (waits || u64::try_from(flow.rev) != Ok(request.body.rev)) {
        // Looking changes nothing; whoever asks the connector does.
        let token = live_session(app, connection, &flow, &state, &binding).await?;
        return Ok(Submitted::Answer(Box::new(draw(app, connection, &flow, &state).await?), token));
    }
    if u64::try_from(flow.rev) != Ok(request.body.rev) {
        let token = live_session(app, connection, &flow, &state, &binding).await?;
        let mut document = draw(app, connection, &flow, &state).await?;
        document.messages.push(Message::new(
            MessageCode::MovedOn,
            Severity::Info,
            "This step has moved on. This is where it stands.",
        ));
        return Ok(Submitted::Stale(Box::new(document), token));
    }
    // Signed out since the request came in: then it is nobody's.
    let session = match request.session {
        Some(session) if sessions::is_live(connection, &session.id).await? => Some(session),
        Some(_) | None => None,
    };
    let mut walk = Walk {
        app,
        connection,
        now: app.now(),
        flow: flow.id.clone(),
        organization: flow.organization.clone(),
        state,
        session,
        client: request.client,
        sign_in: None,
    };
    walk.doubt_session().await?;
    let SubmitAction { action: name, values, .. } = &request.body;
    if name == action::CHECK && matches!(walk.state.stage, Stage::PendingApproval { .. }) {
        walk.state.messages.clear();
        if !walk.look_for_decision().await? {
            let document = draw(app, walk.connection, &flow, &walk.state).await?;
            return Ok(Submitted::Answer(Box::new(document), None));
        }
        let (document, token) = settle(walk, &flow, &binding, None).await?;
        return Ok(Submitted::Answer(Box::new(document), token));
    }
    if let Err(invalid) = actions::take(&mut walk, name, values, vouched).await? {
        let state: FlowState = serde_json::from_str(&flow.state)?;
        let mut document = draw(app, walk.connection, &flow, &state).await?;
        document.messages.clone_from(&invalid.0);
        return Ok(Submitted::Invalid(Box::new(document), invalid.0));
    }
    let submission = request.key.map(|key| (key, body_hash));
    let (document, token) = settle(walk, &flow, &binding, submission).await?;
    Ok(Submitted::Answer(Box::new(document), token))
}

/// Stores where a walk stands now, with the session that it may have ended in. `submission` is the client's key and the
/// hash of its body, for giving the same answer again.
pub(super) async fn settle(
    mut walk: Walk<'_>,
    flow: &StoredFlow,
    binding: &Token,
    submission: Option<(String, String)>,
) -> Result<(StepDocument, Option<Token>), WalkError> {
    let token = begin_session(&mut walk, flow, binding).await?;
    let Walk { app, connection, organization, state, .. } = walk;
    let mut moved = StoredFlow {
        rev: flow.rev + 1,
        organization,
        state: serde_json::to_string(&state)?,
        last: None,
        ..flow.clone()
    };
    let document = draw(app, connection, &moved, &state).await?;
    if let Some((key, body_hash)) = submission {
        moved.last = Some(Submission { key, body_hash, answer: serde_json::to_string(&document)? });
    }
    if !flows::swap(connection, &moved, flow.rev).await? {
        // The writer is alone, so this cannot be; were it otherwise, the whole move is undone.
        return Err(StoreError::CommitFailed.into());
    }
    Ok((document, token))
}

pub(super) async fn load(
    app: &App,
    connection: &mut Connection,
    id: &str,
    binding: Option<&Token>,
) -> Result<Result<StoredFlow, Refused>, StoreError> {
    let Some(flow) = flows::find(connection, id).await? else { return Ok(Err(Refused::NotFound)) };
    if binding.is_none_or(|binding| binding.hash().as_str() != flow.binding) {
        return Ok(Err(Refused::BoundElsewhere));
    }
    if flow.expires_at <= app.now() {
        let restart = serde_json::from_str::<FlowState>(&flow.state)
            .map_or_else(|_| entry(&flow.organization), |state| state.begins_at(&flow.organization));
        return Ok(Err(Refused::Expired(restart)));
    }
    Ok(Ok(flow))
}

async fn draw(
    app: &App,
    connection: &mut Connection,
    flow: &StoredFlow,
    state: &FlowState,
) -> Result<StepDocument, StoreError> {
    let drawn = Drawn {
        id: Some(&flow.id),
        rev: flow.rev,
        organization: &flow.organization,
        state,
        expires_at: Some(flow.expires_at),
    };
    document(app, connection, &drawn).await
}

fn hash_of(body: &SubmitAction) -> Result<String, serde_json::Error> {
    Ok(format!("{:x}", Sha256::digest(serde_json::to_vec(body)?)))
}

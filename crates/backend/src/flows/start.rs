//! Starting a flow, and looking at what a start would show without starting anything.

use std::time::Duration;

use vestibule_contract::StepDocument;
use vestibule_contract::flow::{Intent, StartFlow};
use vestibule_contract::step::{BlockedReason, Step};
use vestibule_domain::secret::Token;
use vestibule_storage::flows::{self, StoredFlow};
use vestibule_storage::invitations::{self, Link};
use vestibule_storage::organizations;
use vestibule_storage::sessions::Session;
use vestibule_storage::{Connection, limits};

use super::document::{Drawn, document, stop};
use super::invitation::dead_reason;
use super::sending::limit_key;
use super::state::{FlowState, Goal, Stage};
use super::walk::{Walk, WalkError};
use super::ways::entry;
use super::{linking, sign_up};
use crate::http::cookies::LastUsed;
use crate::state::{App, Shared};

/// A flow that nobody finishes within this time has to be begun again.
pub const FLOW_LIFETIME: Duration = Duration::from_hours(1);

/// The longest address to go to afterwards, in bytes.
const LONGEST_WISH: usize = 2 * 1024;

/// How a start can end.
pub enum Started {
    /// A flow runs; the token binds it to the browser.
    Flow {
        /// Its first step.
        document: Box<StepDocument>,
        /// Its id.
        id: String,
        /// For the cookie.
        binding: Token,
    },
    /// There is nothing to start: the invitation is unknown, or its time is over.
    Stopped(Box<StepDocument>),
    /// Too many starts from this client.
    Limited(vestibule_domain::limit::Retry),
    /// This version has no such flow.
    Unsupported,
}

/// What a start would show.
pub struct Preview {
    /// The step, without a flow.
    pub document: StepDocument,
    /// Whether it is a stop.
    pub stopped: Option<BlockedReason>,
}

struct Opening {
    organization: String,
    state: FlowState,
}

/// What a browser brings along.
#[derive(Clone)]
pub struct Visitor {
    /// Its session, if it is live.
    pub session: Option<Session>,
    /// The provider that was used last there.
    pub last_used: Option<LastUsed>,
}

/// What the start would show to a browser with this session. Changes nothing, counts nothing (T01).
pub async fn preview(
    app: &App,
    connection: &mut Connection,
    request: &StartFlow,
    visitor: Visitor,
) -> Result<Option<Preview>, WalkError> {
    let Visitor { session, last_used } = visitor;
    let Some(opening) = open(app, connection, request, session.as_ref(), last_used).await? else {
        return Ok(None);
    };
    Ok(Some(match opening {
        Ok(Opening { organization, state }) => {
            let (now, flow, client) = (app.now(), String::new(), String::new());
            let mut walk =
                Walk { app, connection, now, flow, organization, state, session, client, sign_in: None };
            walk.doubt_session().await?;
            walk.skip_identify().await?;
            let Walk { connection, organization, state, .. } = walk;
            let drawn =
                Drawn { id: None, rev: 0, organization: &organization, state: &state, expires_at: None };
            Preview { document: document(app, connection, &drawn).await?, stopped: None }
        }
        Err((document, reason)) => Preview { document: *document, stopped: Some(reason) },
    }))
}

/// Starts a flow.
pub async fn start(
    app: &Shared,
    request: StartFlow,
    visitor: Visitor,
    client: String,
) -> Result<Started, WalkError> {
    let Visitor { session, last_used } = visitor;
    let app = app.clone();
    let shared = app.clone();
    shared
        .store
        .write(move |connection| {
            Box::pin(async move {
                let now = app.now();
                let key = limit_key(&["start", "client", &client]);
                if let Err(retry) =
                    limits::admit(connection, &key, &app.config.limits.start_per_ip, now).await?
                {
                    return Ok(Started::Limited(retry));
                }
                let Some(opening) = open(&app, connection, &request, session.as_ref(), last_used).await?
                else {
                    return Ok(Started::Unsupported);
                };
                let Opening { organization, state } = match opening {
                    Ok(opening) => opening,
                    Err((document, _)) => return Ok(Started::Stopped(document)),
                };
                let binding = Token::generate(app.entropy.as_ref())?;
                let id = app.new_id()?;
                let mut walk = Walk {
                    app: &app,
                    connection,
                    now,
                    flow: id,
                    organization,
                    state,
                    session,
                    client,
                    sign_in: None,
                };
                walk.doubt_session().await?;
                walk.skip_identify().await?;
                let Walk { connection, flow: id, organization, state, .. } = walk;
                let flow = StoredFlow {
                    id: id.clone(),
                    organization: organization.clone(),
                    rev: 0,
                    state: serde_json::to_string(&state)?,
                    binding: binding.hash().as_str().to_owned(),
                    expires_at: now.plus(FLOW_LIFETIME),
                    last: None,
                };
                flows::insert(connection, &flow, &binding.hash(), now).await?;
                let drawn = Drawn {
                    id: Some(&id),
                    rev: 0,
                    organization: &organization,
                    state: &state,
                    expires_at: Some(flow.expires_at),
                };
                let document = Box::new(document(&app, connection, &drawn).await?);
                Ok(Started::Flow { document, id, binding })
            })
        })
        .await
}

/// Where the client wants to go afterwards. It is stored with every flow, by whoever comes, so a long one is no wish.
pub(super) fn wish(request: &StartFlow) -> Option<String> {
    request.return_to.clone().filter(|wish| wish.len() <= LONGEST_WISH)
}

type Opened = Result<Opening, (Box<StepDocument>, BlockedReason)>;

async fn open(
    app: &App,
    connection: &mut Connection,
    request: &StartFlow,
    session: Option<&Session>,
    last_used: Option<LastUsed>,
) -> Result<Option<Opened>, WalkError> {
    let mut opened = open_as(app, connection, request, session, last_used).await?;
    if let Some(Ok(opening)) = &mut opened {
        let (locale, _) = app.words_for(request.locale.as_deref().into_iter());
        locale.clone_into(&mut opening.state.locale);
    }
    Ok(opened)
}

async fn open_as(
    app: &App,
    connection: &mut Connection,
    request: &StartFlow,
    session: Option<&Session>,
    last_used: Option<LastUsed>,
) -> Result<Option<Opened>, WalkError> {
    let last_used = |organization: &str| last_used.and_then(|last| last.at(organization));
    match request.intent {
        Intent::Redeem => Ok(Some(open_invitation(app, connection, request).await?.map(|mut opening| {
            opening.state.last_used = last_used(&opening.organization);
            opening
        }))),
        Intent::SignIn => {
            let organization = match &request.organization {
                Some(id) => organizations::find(connection, id).await?.map(|found| found.id.to_string()),
                None => None,
            };
            let organization = organization.unwrap_or_default();
            let last_used = last_used(&organization);
            let first = entry(app, connection, &organization, last_used.as_deref()).await?;
            let mut state = FlowState::new(Intent::SignIn, Goal::SignIn, first);
            state.last_used = last_used;
            state.return_to = wish(request);
            Ok(Some(Ok(Opening { organization, state })))
        }
        // Nobody is signed in, or could add anything: nothing to start.
        Intent::Link => {
            let (Some(organization), Some(session)) = (request.organization.clone(), session) else {
                return Ok(None);
            };
            let state = linking::begin(app, connection, &organization, session).await?;
            Ok(state.map(|state| Ok(Opening { organization, state })))
        }
        Intent::SignUp => {
            let used = request.organization.as_deref().and_then(last_used);
            Ok(Some(match sign_up::open(app, connection, request, used.as_deref()).await? {
                Ok((organization, state)) => Ok(Opening { organization, state }),
                Err(organization) => {
                    let (reason, reference) =
                        (BlockedReason::SignUpOff, crate::http::reference::fresh(app.entropy.as_ref()));
                    Err((Box::new(stop(reason, &reference, organization.as_ref(), None)), reason))
                }
            }))
        }
        Intent::StepUp | Intent::Authorize | Intent::Recover => Ok(None),
    }
}

/// The link alone says which invitation it is: organization, address and apps come from there (T17, R01, R03).
async fn open_invitation(
    app: &App,
    connection: &mut Connection,
    request: &StartFlow,
) -> Result<Opened, WalkError> {
    let hash =
        request.invitation.as_deref().and_then(|text| Token::parse(text).ok()).map(|token| token.hash());
    let link = match &hash {
        Some(hash) => invitations::find_by_link(connection, hash).await?,
        None => None,
    };
    let reference = || crate::http::reference::fresh(app.entropy.as_ref());
    let Some(Link { invitation, replaced }) = link else {
        let reason = BlockedReason::UnknownInvitation;
        return Ok(Err((Box::new(stop(reason, &reference(), None, None)), reason)));
    };
    if let Some(reason) = dead_reason(&invitation, replaced, app.now()) {
        let organization = organizations::find(connection, &invitation.organization).await?;
        let document = stop(reason, &reference(), organization.as_ref(), Some(invitation.inviter.name));
        return Ok(Err((Box::new(document), reason)));
    }
    let mut state = FlowState::new(Intent::Redeem, Goal::Redeem, Stage::Invitation);
    state.invitation = Some(invitation.id);
    state.link = hash.map(|hash| hash.as_str().to_owned());
    Ok(Ok(Opening { organization: invitation.organization, state }))
}

impl Walk<'_> {
    /// Somebody who is signed in already is not asked for the address again.
    async fn skip_identify(&mut self) -> Result<(), WalkError> {
        if self.state.goal == Goal::SignUp
            && let Some(account) = self.signed_in().cloned()
        {
            return self.sign_up(account).await;
        }
        if self.state.goal == Goal::SignIn
            && matches!(self.state.stage, Stage::Identify | Stage::Choose { .. })
            && let Some(account) = self.signed_in().cloned()
        {
            self.come_in(account).await?;
        }
        Ok(())
    }
}

/// Whether a step says that there is no such invitation or user flow, and never was.
pub fn is_unknown(document: &StepDocument) -> bool {
    let never = [BlockedReason::UnknownInvitation, BlockedReason::SignUpOff];
    matches!(&document.step, Step::Blocked(blocked) if never.contains(&blocked.reason))
}

//! A decision about a sign-up that waits: taken once, by somebody who may, while there is time.

use serde_json::json;
use vestibule_domain::message::{custom_message, defang};
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::audit::{self, Event};
use vestibule_storage::organizations::Organization;
use vestibule_storage::sign_ups::{self, Decision, SignUp, State};
use vestibule_storage::users::{self, User};
use vestibule_storage::{Connection, organizations, user_flows};

use super::create::NewGuest;
use super::{Agreed, letters};
use crate::flows::walk::{Walk, WalkError};
use crate::flows::ways::is_believed;
use crate::mail::compose::approval::Verdict as Told;
use crate::state::{App, Shared};

/// Longest reason, in characters.
pub const LONGEST_REASON: usize = 500;

/// What somebody decided.
#[derive(Clone, Debug)]
pub struct Verdict {
    /// Id of the sign-up.
    pub id: String,
    /// Whether the person gets in.
    pub approve: bool,
    /// Why, in the decider's words; the person reads it.
    pub reason: String,
}

/// What came of a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Decided {
    /// It counts.
    Done,
    /// There is no such sign-up that this person may decide.
    NotFound,
    /// Somebody was faster, or its time is over.
    Late,
    /// The rules do not let this person in any more: the domain list, or the user flow is gone.
    Impossible,
}

/// Whether somebody may decide about the sign-ups of a user flow.
pub fn may_decide(user: &User, flow: Option<&UserFlow>) -> bool {
    let approval = flow.and_then(|flow| flow.approval.as_ref());
    let named = user.role != Role::Guest && approval.is_some_and(|approval| approval.names(&user.address));
    user.role == Role::Administrator || named
}

/// Decides.
///
/// # Errors
/// When the store fails, or there is no randomness: then nothing is decided.
pub async fn decide(app: &Shared, user: User, verdict: Verdict) -> Result<Decided, WalkError> {
    let writer = app.clone();
    let decided = app
        .store
        .write(move |connection| Box::pin(async move { run(&writer, connection, &user, &verdict).await }))
        .await?;
    app.outbox_bell.notify_one();
    Ok(decided)
}

async fn run(
    app: &App,
    connection: &mut Connection,
    user: &User,
    verdict: &Verdict,
) -> Result<Decided, WalkError> {
    let (organization, now) = (user.organization.as_str(), app.now());
    // Whoever was taken away since the request came in decides no more.
    let here = users::find(connection, organization, &user.id).await?;
    let Some(user) = here.filter(|user| user.disabled_at.is_none()) else { return Ok(Decided::NotFound) };
    let (Some(sign_up), Some(place)) = (
        sign_ups::find(connection, organization, &verdict.id).await?,
        organizations::find(connection, organization).await?,
    ) else {
        return Ok(Decided::NotFound);
    };
    let flow = user_flows::find(connection, organization, &sign_up.user_flow).await?.map(|found| found.flow);
    if !may_decide(&user, flow.as_ref()) {
        return Ok(Decided::NotFound);
    }
    if !sign_up.waits(now) {
        return Ok(Decided::Late);
    }
    let guest = if verdict.approve {
        match guest(app, connection, &place, flow.as_ref(), &sign_up).await? {
            Some(guest) => Some(guest),
            None => return Ok(Decided::Impossible),
        }
    } else {
        None
    };
    let cut: String = verdict.reason.chars().take(LONGEST_REASON).collect();
    let reason = custom_message(&cut).ok().flatten().map(|text| defang(&text)).unwrap_or_default();
    let state = if guest.is_some() { State::Done } else { State::Refused };
    let decision = Decision {
        state,
        by: user.label(),
        reason: (!reason.is_empty()).then_some(reason.as_str()),
        user: guest.as_deref(),
    };
    if !sign_ups::decide(connection, organization, &sign_up.id, decision, now).await? {
        return Ok(Decided::Late);
    }
    if let Some(guest) = &guest {
        let address = &sign_up.account.address;
        sign_ups::settle_of(connection, organization, address, user.label(), guest, now).await?;
    }
    let action = if verdict.approve { "sign_up.approved" } else { "sign_up.refused" };
    let (actor, subject) = (format!("user:{}", user.id), format!("sign_up:{}", sign_up.id));
    let detail = json!({ "user_flow": sign_up.user_flow }).to_string();
    let event = Event { organization, actor: &actor, action, subject: &subject, detail: &detail };
    audit::append(connection, &event, now).await?;
    let told = if verdict.approve { Told::Approved } else { Told::Refused };
    letters::tell(app, connection, &place, &sign_up, told, &reason).await?;
    Ok(Decided::Done)
}

/// The guest that an approval makes; whoever became one in another way meanwhile is that one.
async fn guest(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    flow: Option<&UserFlow>,
    sign_up: &SignUp,
) -> Result<Option<String>, WalkError> {
    let Some(flow) = flow.filter(|_| organization.settings.domains.admits(&sign_up.account.address)) else {
        return Ok(None);
    };
    let (account, values) = (&sign_up.account, &sign_up.attributes);
    // The way in, or what it leans on, may have been taken away since (S53).
    if !Walk::takes(flow, account) || !is_believed(connection, &account.identity).await? {
        return Ok(None);
    }
    let agreed = Agreed { at: sign_up.agreed_at, name: sign_up.agreed_name.clone() };
    let guest = NewGuest { organization, flow, account, values, agreed: &agreed };
    if let Some(made) = guest.make(app, connection).await? {
        return Ok(Some(made));
    }
    let id = organization.id.as_str();
    let known = users::find_by_address(connection, id, &account.address).await?;
    Ok(known.filter(|user| user.accepted && user.disabled_at.is_none()).map(|user| user.id))
}

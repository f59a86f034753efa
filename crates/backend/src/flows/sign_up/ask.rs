//! Asking a connector, while no connection to the database is held and the person sees that it is going on.
//!
//! The flow's state says that it waits and for which call, and is stored before anybody is asked. Whoever finds it waiting
//! without anybody asking, after a crash, asks again: nothing has come of a call whose answer was not stored.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use serde_json::json;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::Account;
use vestibule_domain::limit::Rate;
use vestibule_domain::secret::Token;
use vestibule_storage::connectors::{self, Connector};
use vestibule_storage::{limits, sessions};

use super::claims;
use crate::connectors::{Called, Claims, Outcome, Point, ask, effect};
use crate::flows::sending::limit_key;
use crate::flows::state::{FlowState, Stage};
use crate::flows::submit::{load, settle};
use crate::flows::walk::{Walk, WalkError};
use crate::state::Shared;

/// For how long the answer to a submission waits for a connector: one that is quick is never seen to be asked.
const PATIENCE: Duration = Duration::from_secs(2);

/// Questions about one account.
const BY_ACCOUNT: Rate = Rate { burst: 20, per: Duration::from_mins(3) };
/// Questions of one client.
const BY_CLIENT: Rate = Rate { burst: 60, per: Duration::from_mins(1) };

/// Calls that are under way in this process.
#[derive(Debug, Default)]
pub struct Asking(Mutex<HashSet<String>>);

/// A call under way, and about whom: somebody with many tabs takes one of the organization's places. Dropping it ends it,
/// however that comes about.
struct Underway {
    app: Shared,
    keys: [String; 2],
}

impl Underway {
    fn begin(app: &Shared, keys: [String; 2]) -> Option<Self> {
        let mut all = app.asking.0.lock().unwrap_or_else(PoisonError::into_inner);
        if keys.iter().any(|key| all.contains(key)) {
            return None;
        }
        all.extend(keys.clone());
        Some(Self { app: app.clone(), keys })
    }
}

impl Drop for Underway {
    fn drop(&mut self) {
        let mut all = self.app.asking.0.lock().unwrap_or_else(PoisonError::into_inner);
        for key in &self.keys {
            all.remove(key);
        }
    }
}

/// Asks for a flow that waits, if nobody does, and waits a moment for the answer. The call goes on when the browser goes
/// away.
pub async fn ask_for(app: &Shared, flow: &str, binding: &Token) -> Result<(), WalkError> {
    let (flow, binding) = (flow.to_owned(), binding.clone());
    let shared = app.clone();
    let asked = tokio::spawn(async move { run(&shared, &flow, &binding).await });
    match tokio::time::timeout(PATIENCE, asked).await {
        Ok(Ok(done)) => done,
        // Still under way; or it broke, and whoever looks again asks again.
        Ok(Err(_)) | Err(_) => Ok(()),
    }
}

/// What there is to ask.
struct Question {
    call: String,
    point: Point,
    /// About whom, at which organization.
    about: String,
    /// Who is asked, and what; nobody, where the connector or the user flow was taken away.
    asked: Option<(Connector, Claims)>,
}

async fn run(app: &Shared, flow: &str, binding: &Token) -> Result<(), WalkError> {
    let Some(Question { call, about, .. }) = question(app, flow, binding).await? else { return Ok(()) };
    let Some(_underway) = Underway::begin(app, [call.clone(), about]) else { return Ok(()) };
    // Whoever asked before has stored the answer before he made way: the flow may wait no more.
    let still = question(app, flow, binding).await?.filter(|still| still.call == call);
    let Some(Question { call, point, asked, .. }) = still else { return Ok(()) };
    let asked = match asked {
        Some((connector, claims)) => {
            let called = ask(app, &connector, point, &claims).await;
            let outcome = effect(&connector, called.outcome.clone());
            Some((connector, called, outcome))
        }
        // Taken away meanwhile: what it would have decided is not decided by its absence.
        None => None,
    };
    answered(app, flow, binding, (call, point), asked).await
}

async fn question(app: &Shared, flow: &str, binding: &Token) -> Result<Option<Question>, WalkError> {
    let (reader, flow, binding) = (app.clone(), flow.to_owned(), binding.clone());
    app.store
        .read::<_, WalkError, _>(move |connection| {
            Box::pin(async move {
                let Ok(flow) = load(&reader, connection, &flow, Some(&binding)).await? else {
                    return Ok(None);
                };
                let state: FlowState = serde_json::from_str(&flow.state)?;
                let (Stage::Checking { call, point, account, .. }, Some(sign_up)) =
                    (state.stage, state.sign_up)
                else {
                    return Ok(None);
                };
                let found =
                    vestibule_storage::user_flows::find(connection, &flow.organization, &sign_up.user_flow)
                        .await?;
                let id = found.as_ref().and_then(|found| match point {
                    Point::AfterFederation => found.flow.after_federation.as_ref(),
                    Point::BeforeCreation => found.flow.before_creation.as_ref(),
                });
                let connector = match id {
                    Some(id) => connectors::find(connection, &flow.organization, id.as_str()).await?,
                    None => None,
                };
                let about = format!("{} {}", flow.organization, account.address.key());
                let asked = connector.zip(found).map(|(connector, found)| {
                    let told = &sign_up.values;
                    let claims = claims::told(&flow.organization, &found.flow, &account, told, &state.locale);
                    (connector, claims)
                });
                Ok(Some(Question { call, point, about, asked }))
            })
        })
        .await
}

/// Takes the flow on, if it still waits for this very call.
async fn answered(
    app: &Shared,
    flow: &str,
    binding: &Token,
    (call, point): (String, Point),
    asked: Option<(Connector, Called, Outcome)>,
) -> Result<(), WalkError> {
    let (shared, flow, binding) = (app.clone(), flow.to_owned(), binding.clone());
    app.store
        .write(move |connection| {
            Box::pin(async move {
                let Ok(flow) = load(&shared, connection, &flow, Some(&binding)).await? else { return Ok(()) };
                let state: FlowState = serde_json::from_str(&flow.state)?;
                let Stage::Checking { call: waits, account, .. } = state.stage.clone() else { return Ok(()) };
                if waits != call {
                    return Ok(());
                }
                let mut walk = Walk {
                    app: &shared,
                    connection,
                    now: shared.now(),
                    flow: flow.id.clone(),
                    organization: flow.organization.clone(),
                    state,
                    session: None,
                    client: String::new(),
                    sign_in: None,
                };
                walk.state.messages.clear();
                walk.heard(account, point, asked).await?;
                settle(walk, &flow, &binding, None).await?;
                Ok::<_, WalkError>(())
            })
        })
        .await?;
    app.outbox_bell.notify_one();
    Ok(())
}

impl Walk<'_> {
    /// Waits for the connector of a point.
    pub(super) async fn wait_for(&mut self, account: Account, point: Point) -> Result<(), WalkError> {
        // Whoever could ask without end could guess what the connector knows.
        let address = limit_key(&["connector", &self.organization, account.address.key()]);
        let client = limit_key(&["connector", "client", &self.client]);
        let mut budgets = vec![(address, BY_ACCOUNT)];
        budgets.extend((!self.client.is_empty()).then_some((client, BY_CLIENT)));
        if limits::admit_all(self.connection, &budgets, self.now).await?.is_err() {
            self.block(BlockedReason::TooManyAttempts);
            return Ok(());
        }
        if let Some(session) = &self.session {
            self.state.session = Some(session.id.clone());
            self.state.rests_on = Some(session.created_at);
        }
        let call = self.app.new_id()?;
        self.go(Stage::Checking { account, point, call, since: self.now });
        Ok(())
    }

    /// Goes on with what a connector said.
    async fn heard(
        &mut self,
        account: Account,
        point: Point,
        asked: Option<(Connector, Called, Outcome)>,
    ) -> Result<(), WalkError> {
        let still_there = match (&self.state.proven, self.state.session.clone()) {
            (Some(_), _) => true,
            (None, Some(session)) => sessions::is_live(self.connection, &session).await?,
            (None, None) => false,
        };
        if !still_there {
            return self.offer_ways().await;
        }
        let Some((connector, called, outcome)) = asked else {
            let is_gone = self.user_flow().await?.is_none();
            self.block(if is_gone { BlockedReason::SignUpOff } else { BlockedReason::Unavailable });
            return Ok(());
        };
        self.note_call(&connector, point, &called).await?;
        let Some((_, flow)) = self.user_flow().await? else {
            self.block(BlockedReason::SignUpOff);
            return Ok(());
        };
        let Some(sign_up) = &mut self.state.sign_up else { return Ok(()) };
        match outcome {
            Outcome::Continue(claims) => {
                sign_up.values.extend(claims::taken(&flow.attributes, &claims));
                sign_up.asked.push(point);
                self.go_on(account).await?;
            }
            Outcome::Invalid(text) if !flow.attributes.is_empty() => {
                sign_up.filled = false;
                self.says(&text);
                self.go_on(account).await?;
            }
            // Where nothing is asked, nothing can be corrected.
            Outcome::Block(text) | Outcome::Invalid(text) => {
                self.says(&text);
                self.block(BlockedReason::SignUpRefused);
            }
            Outcome::Failed(_) => self.block(BlockedReason::Unavailable),
        }
        Ok(())
    }

    fn says(&mut self, text: &str) {
        self.say(Message::new(MessageCode::Said, Severity::Error, text));
    }

    /// Writes down that a connector was asked and what it said, without any value.
    async fn note_call(
        &mut self,
        connector: &Connector,
        point: Point,
        called: &Called,
    ) -> Result<(), WalkError> {
        let verdict = match &called.outcome {
            Outcome::Continue(_) => "continue",
            Outcome::Block(_) => "block",
            Outcome::Invalid(_) => "invalid",
            Outcome::Failed(failure) => failure.as_str(),
        };
        let detail = json!({
            "connector": connector.id,
            "point": point.as_str(),
            "verdict": verdict,
            "attempts": called.attempts,
            "milliseconds": u64::try_from(called.duration.as_millis()).unwrap_or(u64::MAX),
        });
        let subject = format!("flow:{}", self.flow);
        Ok(self.audit("service", "connector.asked", &subject, &detail).await?)
    }
}

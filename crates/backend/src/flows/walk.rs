//! One move of one flow: what an action sees and may change.

use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::Account;
use vestibule_domain::ports::EntropyError;
use vestibule_domain::time::Timestamp;
use vestibule_storage::audit::{self, Event};
use vestibule_storage::organizations::{self, Organization};
use vestibule_storage::sessions::Session;
use vestibule_storage::{Connection, StoreError, users};

use super::state::{FlowState, Stage};
use crate::federation::secret::StoredProviderError;
use crate::seal::SealError;
use crate::state::App;

/// Why a move could not be made at all; nothing of it is kept.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// No randomness: a code or token is never made weaker instead (F13).
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// A letter could not be sealed.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// What is stored of an identity provider cannot be used.
    #[error(transparent)]
    Provider(#[from] StoredProviderError),
    /// A structure could not be encoded.
    #[error(transparent)]
    Encode(#[from] serde_json::Error),
}

/// Values are wrong; the flow stays as it is.
#[derive(Debug)]
pub struct Invalid(pub Vec<Message>);

impl Invalid {
    /// One wrong value.
    pub fn field(code: MessageCode, field: &str, text: &str) -> Self {
        Self(vec![Message::new(code, Severity::Error, text).about(field)])
    }
}

/// What an action gives: done, or which values are wrong.
pub type Moved = Result<Result<(), Invalid>, WalkError>;

/// One move of one flow, inside the write transaction.
pub struct Walk<'a> {
    /// The backend.
    pub app: &'a App,
    /// The transaction.
    pub connection: &'a mut Connection,
    /// The instant of the move.
    pub now: Timestamp,
    /// The flow's id.
    pub flow: String,
    /// The flow's organization; empty until it is known.
    pub organization: String,
    /// The flow's state, to be changed.
    pub state: FlowState,
    /// The session at this browser, if it is live.
    pub session: Option<Session>,
    /// Whose budget of requests this spends.
    pub client: String,
    /// Who a session is to be made for, when the walk ends in one.
    pub sign_in: Option<Account>,
}

impl Walk<'_> {
    /// The flow's organization.
    pub async fn organization(&mut self) -> Result<Option<Organization>, StoreError> {
        organizations::find(self.connection, &self.organization).await
    }

    /// Leaves the session out of it where its proof counts for nothing: of another organization's provider (T08), or by a
    /// code where codes are no way to sign in. It ends when another one begins.
    pub async fn doubt_session(&mut self) -> Result<(), StoreError> {
        let Some(session) = self.session.clone() else { return Ok(()) };
        let identity = &session.account.identity;
        if self.organization.is_empty()
            || organizations::believes(self.connection, &self.organization, identity).await?
            || users::of_identity(self.connection, identity)
                .await?
                .iter()
                .any(|user| user.organization == self.organization)
        {
            return Ok(());
        }
        self.state.session = Some(session.id);
        self.session = None;
        Ok(())
    }

    /// The account of the session.
    pub fn signed_in(&self) -> Option<&Account> {
        self.session.as_ref().map(|session| &session.account)
    }

    /// Goes to a stage.
    pub fn go(&mut self, stage: Stage) {
        self.state.stage = stage;
    }

    /// Stops, saying why. The reference stands in the log too.
    pub fn block(&mut self, reason: BlockedReason) {
        let reference = crate::http::reference::fresh(self.app.entropy.as_ref());
        tracing::info!(reference, reason = reason.as_str(), flow = self.flow, "a flow was blocked");
        self.go(Stage::Blocked { reason, reference });
    }

    /// Says something at the next revision.
    pub fn say(&mut self, message: Message) {
        self.state.messages.push(message);
    }

    /// Writes an audit entry.
    pub async fn audit(
        &mut self,
        actor: &str,
        action: &str,
        subject: &str,
        detail: &serde_json::Value,
    ) -> Result<(), StoreError> {
        let detail = detail.to_string();
        let event = Event { organization: &self.organization, actor, action, subject, detail: &detail };
        audit::append(self.connection, &event, self.now).await
    }
}

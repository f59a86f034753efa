//! The session in which a walk ends.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac as _};
use vestibule_domain::account::Identity;
use vestibule_domain::secret::Token;
use vestibule_domain::session::Method;
use vestibule_storage::flows::StoredFlow;
use vestibule_storage::sessions::{self, Session};
use vestibule_storage::users::of_identity;
use vestibule_storage::{Connection, StoreError};

use super::state::{FlowState, Stage};
use super::walk::{Walk, WalkError};
use crate::state::App;

/// Makes the session in which a finished walk ends. Always a new one, so that nothing that was planted before the
/// sign-in lives on (S85); the one before ends.
pub(super) async fn begin_session(
    walk: &mut Walk<'_>,
    flow: &StoredFlow,
    binding: &Token,
) -> Result<Option<Token>, WalkError> {
    let Some(account) = walk.sign_in.clone() else { return Ok(None) };
    let before = walk.session.as_ref().map(|session| session.id.clone()).or(walk.state.session.clone());
    if let Some(before) = before {
        sessions::end(walk.connection, &before, walk.now).await?;
    }
    // The session is no younger than the proof that it rests on, here or before, however long the walk waited since (S86).
    let since = match (&walk.state.proven, &walk.session) {
        (None, Some(before)) => before.created_at,
        (None, None) => walk.state.rests_on.unwrap_or(walk.now),
        (Some(_), _) => walk.state.proven_at.unwrap_or(walk.now),
    };
    let token = session_token(walk.app, &flow.id, binding);
    let by_code = account.identity == Identity::of_mailbox(&account.address);
    let method = if by_code { Method::EmailCode } else { Method::Federated };
    let session = Session {
        id: walk.app.new_id()?,
        account: account.clone(),
        method,
        created_at: since,
        last_seen_at: walk.now,
    };
    sessions::insert(walk.connection, &session, &token.hash()).await?;
    walk.note_sign_in(&account.identity, method).await?;
    Ok(Some(token))
}

/// The session token in which a flow ends: derived from the flow and its browser's binding, so that a lost answer
/// can be given again, and unknown to everybody who has not both the binding and the server's key.
fn session_token(app: &App, flow: &str, binding: &Token) -> Token {
    let mut mac =
        Hmac::<sha2::Sha256>::new_from_slice(&app.keys.session).expect("HMAC takes keys of any length");
    mac.update(flow.as_bytes());
    mac.update(binding.reveal().as_bytes());
    let text = URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes());
    Token::parse(&text).expect("32 bytes in base64url are a token")
}

impl Walk<'_> {
    async fn note_sign_in(&mut self, identity: &Identity, method: Method) -> Result<(), StoreError> {
        for user in of_identity(self.connection, identity).await? {
            let actor = format!("user:{}", user.id);
            let organization = std::mem::replace(&mut self.organization, user.organization);
            let noted = self
                .audit(&actor, "session.started", &actor, &serde_json::json!({ "method": method.as_str() }))
                .await;
            self.organization = organization;
            noted?;
        }
        Ok(())
    }
}

/// The token of the session in which a flow has ended, while that session lives: for a browser that lost the answer.
pub(super) async fn live_session(
    app: &App,
    connection: &mut Connection,
    flow: &StoredFlow,
    state: &FlowState,
    binding: &Token,
) -> Result<Option<Token>, StoreError> {
    if !matches!(state.stage, Stage::Done { .. }) {
        return Ok(None);
    }
    let token = session_token(app, &flow.id, binding);
    Ok(sessions::find(connection, &token.hash()).await?.map(|_| token))
}

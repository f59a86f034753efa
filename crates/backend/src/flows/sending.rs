//! Sending a code: within the limits, keyed, superseding the one before.

use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::code::{Code, CodeBinding, CodeState};
use vestibule_domain::limit::Rate;
use vestibule_domain::time::Timestamp;
use vestibule_storage::codes::{self, StoredCode};
use vestibule_storage::invitations::Invitation;
use vestibule_storage::outbox::{self, Mail};
use vestibule_storage::{StoreError, limits, providers};

use super::state::{Goal, SentCode, Stage};
use super::walk::{Walk, WalkError};
use crate::mail::compose::code::{CodeMail, compose};
use crate::mail::kind;
use crate::mail::letter::Delivery;

/// A person who did not get a mail waits this long before another is offered, whatever the limits allow.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What a code of each goal proves; a code for one purpose is of no use for another (S92).
pub fn purpose(goal: Goal) -> &'static str {
    match goal {
        Goal::Redeem => "redeem",
        Goal::Decline => "decline",
        Goal::SignIn => "sign-in",
        Goal::Link => "link",
        Goal::SignUp => "sign-up",
    }
}

impl Walk<'_> {
    /// Makes a code for an address and promises the mail, or says from when on that is possible again.
    ///
    /// `recipient` is the stored spelling of the address, to which alone a mail goes: what somebody typed may look the
    /// same here and lead to another mailbox (T05). `None` when nobody here has that address; then everything happens
    /// all the same but for the mail itself, so that nobody can tell known addresses from unknown ones (S97).
    pub async fn send_code(
        &mut self,
        address: EmailAddress,
        recipient: Option<EmailAddress>,
    ) -> Result<(), WalkError> {
        let again = matches!(self.state.stage, Stage::EmailCode { sent: Some(_), .. });
        let budgets = self.budgets(&address);
        if let Err((_, retry)) = limits::admit_all(self.connection, &budgets, self.now).await? {
            self.say(
                Message::new(MessageCode::SendLimited, Severity::Warning, "No more codes for now.")
                    .with("retry_at", retry.at.to_rfc3339()),
            );
            if !again {
                self.go(Stage::EmailCode { address, sent: None });
            }
            return Ok(());
        }
        self.send_admitted(address, recipient, again).await
    }

    /// The same for what the limits have admitted already.
    pub(super) async fn send_admitted(
        &mut self,
        address: EmailAddress,
        recipient: Option<EmailAddress>,
        again: bool,
    ) -> Result<(), WalkError> {
        let sent = self.make_code(&address, recipient.as_ref()).await?;
        let (code, text) = if again {
            (MessageCode::CodeResent, "A new code is on its way. The one before no longer works.")
        } else {
            (MessageCode::CodeSent, "A code is on its way.")
        };
        self.say(Message::new(code, Severity::Success, text));
        self.go(Stage::EmailCode { address, sent: Some(sent) });
        Ok(())
    }

    /// Makes a code for the invited mailbox.
    pub async fn send_to_invited(&mut self, invitation: &Invitation) -> Result<(), WalkError> {
        self.send_code(invitation.address.clone(), Some(invitation.address.clone())).await
    }

    /// What a mail to an address costs. Whoever presses "resend" too often, or asks for too many addresses, spends nobody
    /// else's budget.
    pub(super) fn budgets(&self, address: &EmailAddress) -> Vec<(String, Rate)> {
        let policy = &self.app.config.limits;
        vec![
            (limit_key(&["send", "flow", &self.flow]), policy.send_per_flow),
            (limit_key(&["send", "address", address.key()]), policy.send_per_address),
            (limit_key(&["send", "client", &self.client]), policy.send_per_ip),
        ]
    }

    async fn make_code(
        &mut self,
        address: &EmailAddress,
        recipient: Option<&EmailAddress>,
    ) -> Result<SentCode, WalkError> {
        let policy = self.app.config.code;
        let code = Code::generate(&policy, self.app.entropy.as_ref())?;
        let expires_at = self.now.plus(policy.lifetime);
        let id = self.app.new_id()?;
        let hash = code.hash(&self.app.keys.code, &self.binding(address));
        let stored = StoredCode {
            id: id.clone(),
            hash,
            state: CodeState::Active,
            attempts_left: policy.attempts,
            expires_at,
        };
        codes::replace(self.connection, &self.organization, &self.flow, &stored, self.now).await?;
        let organization = self.organization().await?;
        let provider = match &self.state.federated {
            Some(identity) => {
                providers::find_enabled(self.connection, &self.organization, &identity.provider).await?
            }
            None => None,
        };
        let mut letter = compose(
            &CodeMail {
                to: recipient.unwrap_or(address),
                organization: organization.as_ref(),
                code: &code,
                expires_at,
                goal: self.state.goal,
                provider: provider.as_ref().map(|provider| provider.label.as_str()),
            },
            &self.app.config,
        );
        letter.delivery = if recipient.is_some() { Delivery::Send } else { Delivery::Hold };
        let sealed = letter.seal(&self.app.sealer, self.app.entropy.as_ref())?;
        let mail = Mail {
            id: self.app.new_id()?,
            organization: self.organization.clone(),
            kind: kind::CODE.to_owned(),
            about: id.clone(),
            sealed,
            not_after: expires_at,
            attempts: 0,
        };
        outbox::push(self.connection, &mail, self.now).await?;
        let key = limit_key(&["send", "flow", &self.flow]);
        let rate = self.app.config.limits.send_per_flow;
        let resend_at = self.next_admitted(&key, &rate).await?.max(self.now.plus(PATIENCE));
        Ok(SentCode { id, resend_at, expires_at })
    }

    async fn next_admitted(&mut self, key: &str, rate: &Rate) -> Result<Timestamp, StoreError> {
        Ok(limits::peek(self.connection, key, rate, self.now).await?.map_or(self.now, |retry| retry.at))
    }

    /// What a code of this flow is bound to (S92).
    pub fn binding<'b>(&'b self, address: &'b EmailAddress) -> CodeBinding<'b> {
        CodeBinding {
            organization: &self.organization,
            flow: &self.flow,
            address_key: address.key(),
            purpose: purpose(self.state.goal),
        }
    }
}

/// The key of a budget. Hashed, so that the table of limits names nobody.
pub fn limit_key(parts: &[&str]) -> String {
    use sha2::{Digest, Sha256};
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part.as_bytes());
    }
    hasher.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        use std::fmt::Write;
        let _ = write!(text, "{byte:02x}");
        text
    })
}

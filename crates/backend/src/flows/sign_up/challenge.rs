//! A proof of work before the first mail to an address (T23): whoever has mails sent to many addresses pays for each, and
//! somebody who signs up does not notice. The challenge is this flow's, and one answer to it is taken.
//!
//! Who cannot compute, without script, waits instead; few of a user flow at a time, so that waiting is no way for robots.

use std::time::Duration;

use vestibule_contract::challenge::solves;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::limit::Rate;
use vestibule_domain::secret::Token;
use vestibule_domain::time::Timestamp;
use vestibule_storage::limits;

use crate::flows::actions::Values;
use crate::flows::offered::SOLUTION;
use crate::flows::sending::limit_key;
use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Invalid, Moved, Walk, WalkError};

/// For how long somebody waits who does not compute.
const WAIT: Duration = Duration::from_secs(30);
/// People of one user flow who come by waiting.
const WAITING: Rate = Rate { burst: 10, per: Duration::from_mins(2) };
/// Those of one client among them, so that one does not take all places.
const WAITING_OF_ONE: Rate = Rate { burst: 2, per: Duration::from_mins(20) };
/// Longest solution, in bytes.
const LONGEST: usize = 64;

impl Walk<'_> {
    /// Sends a code to an address that somebody typed, after a proof of work where the user flow wants one.
    pub(in crate::flows) async fn challenge_or_send(
        &mut self,
        address: EmailAddress,
    ) -> Result<(), WalkError> {
        if self.state.goal != Goal::SignUp {
            return self.send_to_typed(address).await;
        }
        let Some((_, flow)) = self.user_flow().await? else {
            self.block(BlockedReason::SignUpOff);
            return Ok(());
        };
        let Some(bits) = flow.proof_of_work else { return self.send_to_typed(address).await };
        let salt = Token::generate(self.app.entropy.as_ref())?.reveal().clone();
        self.go(Stage::Challenge { address, salt, bits, open_at: self.now.plus(WAIT) });
        Ok(())
    }

    /// Takes the proof of work.
    pub(in crate::flows) async fn solved(&mut self, values: &Values) -> Moved {
        let Stage::Challenge { address, salt, bits, .. } = self.state.stage.clone() else {
            return Ok(Ok(()));
        };
        let solution = values.get(SOLUTION).map(String::as_str).unwrap_or_default();
        if !(1..=LONGEST).contains(&solution.len()) || !solves(&salt, solution, bits) {
            let text = "This does not solve the challenge.";
            return Ok(Err(Invalid::field(MessageCode::ValueInvalid, SOLUTION, text)));
        }
        // The organization's list may have changed meanwhile, and no mail goes out against it.
        if !self.is_kept_out(&address).await? {
            self.send_to_typed(address).await?;
        }
        Ok(Ok(()))
    }

    /// Goes on without one, for somebody who has waited.
    pub(in crate::flows) async fn waited(&mut self) -> Moved {
        let Stage::Challenge { address, open_at, .. } = self.state.stage.clone() else { return Ok(Ok(())) };
        if self.now < open_at {
            self.not_before(MessageCode::ChallengeEarly, "It is too early to go on.", open_at);
            return Ok(Ok(()));
        }
        let flow = self.state.sign_up.as_ref().map(|it| it.user_flow.clone()).unwrap_or_default();
        if self.is_kept_out(&address).await? {
            return Ok(Ok(()));
        }
        // With what the mail costs: a place is taken by nobody to whom no mail goes.
        let mut budgets = self.budgets(&address);
        budgets.push((limit_key(&["waited", &self.organization, &flow]), WAITING));
        budgets.push((limit_key(&["waited", &self.organization, &flow, &self.client]), WAITING_OF_ONE));
        if let Err((_, retry)) = limits::admit_all(self.connection, &budgets, self.now).await? {
            self.not_before(MessageCode::SendLimited, "No more codes for now.", retry.at);
            return Ok(Ok(()));
        }
        let recipient = self.recipient(&address).await?;
        self.send_admitted(address, recipient, false).await?;
        Ok(Ok(()))
    }

    fn not_before(&mut self, code: MessageCode, text: &str, at: Timestamp) {
        self.say(Message::new(code, Severity::Warning, text).with("retry_at", at.to_rfc3339()));
    }
}

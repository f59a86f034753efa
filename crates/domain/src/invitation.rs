//! The life of an invitation.
//!
//! ```text
//! pending ──accept──> accepted          expired = pending, but too old
//!    │  └────decline─> declined
//!    └──┬───revoke──> revoked           resend: pending or expired ──> pending
//! expired ┘
//! ```
//!
//! "Expired" is never stored. It is read off the clock at each use, so that no cleaning job decides who gets in (T16).

#[cfg(test)]
mod tests;

use core::time::Duration;

use crate::{named::named, time::Timestamp};

named! {
    /// What was done with an invitation; what is stored.
    pub enum InvitationState {
        /// Nothing yet.
        Pending = "pending",
        /// The guest is in. Final.
        Accepted = "accepted",
        /// The invited person said no. Final.
        Declined = "declined",
        /// The inviting side took it back. Final.
        Revoked = "revoked",
    }
}

named! {
    /// How an invitation stands at a moment.
    pub enum Status {
        /// It can be redeemed.
        Pending = "pending",
        /// The guest is in.
        Accepted = "accepted",
        /// The invited person said no.
        Declined = "declined",
        /// The inviting side took it back.
        Revoked = "revoked",
        /// Nothing was done with it in time.
        Expired = "expired",
    }
}

/// The part of an invitation that the rules change.
///
/// Each change consumes the value and adds one to the version, on which the writer compares and swaps: of two changes
/// at once, one wins and the other is decided anew (T13, T14).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// What was done with it.
    pub state: InvitationState,
    /// How many changes there were.
    pub version: i64,
    /// From this moment on it is expired, if it is still pending.
    pub expires_at: Timestamp,
}

impl Invitation {
    /// How it stands at `now`.
    pub fn status(&self, now: Timestamp) -> Status {
        match self.state {
            InvitationState::Pending if now >= self.expires_at => Status::Expired,
            InvitationState::Pending => Status::Pending,
            InvitationState::Accepted => Status::Accepted,
            InvitationState::Declined => Status::Declined,
            InvitationState::Revoked => Status::Revoked,
        }
    }

    /// The invited person comes in.
    pub fn accept(self, now: Timestamp) -> Result<Self, InvalidTransition> {
        self.answer(now, InvitationState::Accepted)
    }

    /// The invited person says no.
    pub fn decline(self, now: Timestamp) -> Result<Self, InvalidTransition> {
        self.answer(now, InvitationState::Declined)
    }

    /// The inviting side takes it back. An expired one too, so that nobody sends it again.
    pub fn revoke(self, now: Timestamp) -> Result<Self, InvalidTransition> {
        match self.status(now) {
            Status::Pending | Status::Expired => Ok(self.change(InvitationState::Revoked, self.expires_at)),
            from @ (Status::Accepted | Status::Declined | Status::Revoked) => Err(InvalidTransition { from }),
        }
    }

    /// It is sent again, with a new link and a new term; the caller replaces the token, so the old link is dead (T18).
    ///
    /// Only while nobody has answered: a "no" or a revocation is not undone by sending a mail.
    pub fn resend(self, now: Timestamp, lifetime: Duration) -> Result<Self, InvalidTransition> {
        match self.status(now) {
            Status::Pending | Status::Expired => {
                Ok(self.change(InvitationState::Pending, now.plus(lifetime)))
            }
            from @ (Status::Accepted | Status::Declined | Status::Revoked) => Err(InvalidTransition { from }),
        }
    }

    fn answer(self, now: Timestamp, state: InvitationState) -> Result<Self, InvalidTransition> {
        match self.status(now) {
            Status::Pending => Ok(self.change(state, self.expires_at)),
            from @ (Status::Accepted | Status::Declined | Status::Revoked | Status::Expired) => {
                Err(InvalidTransition { from })
            }
        }
    }

    fn change(self, state: InvitationState, expires_at: Timestamp) -> Self {
        Self { state, version: self.version.saturating_add(1), expires_at }
    }
}

/// The invitation does not allow this any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the invitation is {}", .from.as_str())]
pub struct InvalidTransition {
    /// How it stood.
    pub from: Status,
}

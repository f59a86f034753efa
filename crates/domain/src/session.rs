//! How long a session lasts, and how sure we are of who is in it.

#[cfg(test)]
mod tests;

use core::time::Duration;

use serde::Deserialize;

use crate::{
    bound::{BoundError, require},
    named::named,
    time::Timestamp,
};

/// The two ends of a session (S86).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SessionPolicy {
    /// How long it lasts without a request: from one minute up to `absolute`.
    #[serde(with = "crate::duration")]
    pub idle: Duration,
    /// How long it lasts at all: at most 24 hours, as for guests with a one-time code at Entra.
    #[serde(with = "crate::duration")]
    pub absolute: Duration,
}

impl Default for SessionPolicy {
    fn default() -> Self {
        Self { idle: Duration::from_hours(1), absolute: Duration::from_hours(24) }
    }
}

impl SessionPolicy {
    /// Whether the values are within the bounds; the first that is not is named.
    pub fn validate(&self) -> Result<(), BoundError> {
        require(self.absolute <= Duration::from_hours(24), "absolute", "at most 24h")?;
        let idle = Duration::from_mins(1)..=self.absolute;
        require(idle.contains(&self.idle), "idle", "at least 1m and at most the absolute time")
    }

    /// Whether a session lives at `now`.
    ///
    /// A clock that was set back makes no session younger than it was when it was last seen, and ends none. One that
    /// was found dead is the caller's to delete, so that a clock set back cannot revive it.
    pub fn is_live(&self, created_at: Timestamp, last_seen_at: Timestamp, now: Timestamp) -> bool {
        let now = now.max(last_seen_at);
        now.since(last_seen_at) < self.idle && now.since(created_at) < self.absolute
    }
}

named! {
    /// How sure we are that it is the person. The later, the surer.
    #[derive(PartialOrd, Ord)]
    pub enum Assurance {
        /// Not at all.
        None = "none",
        /// One factor.
        SingleFactor = "single_factor",
        /// Two different factors.
        MultiFactor = "multi_factor",
    }
}

named! {
    /// How a person signed in.
    pub enum Method {
        /// A one-time code to the mailbox.
        EmailCode = "email_code",
        /// At an identity provider.
        Federated = "federated",
    }
}

impl Method {
    /// What the method is worth. A code by mail is never a second factor: whoever reads the mailbox has it, and the
    /// mailbox is what the first factor was (S98; SP 800-63B-4 section 3.1.3.1).
    pub const fn assurance(self) -> Assurance {
        match self {
            // What a provider did is its own affair until an organization trusts it (S54).
            Self::EmailCode | Self::Federated => Assurance::SingleFactor,
        }
    }
}

//! All limits of an installation in one place.

use core::time::Duration;

use serde::Deserialize;

use super::{FailureStreak, Rate};
use crate::bound::{BoundError, require};

/// Most attempts at codes for one address in an hour (S93).
const ATTEMPTS_AN_HOUR: u128 = 10;
/// Most failures in a row that SP 800-63B-4 section 3.2.2 allows.
const FAILURES_IN_A_ROW: u32 = 100;

/// Every limit by name. What a configuration leaves out has its default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct LimitPolicy {
    /// Codes sent to one address, from wherever they are asked for (S96).
    pub send_per_address: Rate,
    /// Codes that one network address asks for (S96).
    pub send_per_ip: Rate,
    /// Codes that one flow asks for (S96).
    pub send_per_flow: Rate,
    /// Codes tried for one address, over all codes and flows: at most 10 in any hour (S93).
    pub attempts_per_address: Rate,
    /// Codes tried from one network address.
    pub attempts_per_ip: Rate,
    /// Wrong codes in a row for one address, over all codes and flows (S93).
    pub consecutive_failures: FailureStreak,
    /// Flows started from one network address.
    pub start_per_ip: Rate,
    /// Invitations by one inviter (T23).
    pub invite_per_inviter: Rate,
    /// Invitations by one organization (T23).
    pub invite_per_organization: Rate,
    /// Invitations to one recipient, whoever invites: by default at most 3 in any 24 hours (T23).
    pub invite_per_recipient: Rate,
}

impl Default for LimitPolicy {
    fn default() -> Self {
        let rate = |burst, per| Rate { burst, per };
        Self {
            send_per_address: rate(3, Duration::from_hours(1)),
            send_per_ip: rate(5, Duration::from_mins(1)),
            send_per_flow: rate(2, Duration::from_mins(5)),
            attempts_per_address: rate(5, Duration::from_mins(12)),
            attempts_per_ip: rate(30, Duration::from_secs(10)),
            consecutive_failures: FailureStreak { limit: 100, cool_down: Duration::from_hours(1) },
            start_per_ip: rate(30, Duration::from_secs(2)),
            invite_per_inviter: rate(50, Duration::from_mins(1)),
            invite_per_organization: rate(500, Duration::from_secs(5)),
            invite_per_recipient: rate(3, Duration::from_hours(24)),
        }
    }
}

impl LimitPolicy {
    /// Whether the values are within the bounds; the first that is not is named.
    ///
    /// The limits on sending are the operator's to choose, those on guessing have an upper bound: they are what keeps
    /// eight digits from being guessed.
    pub fn validate(&self) -> Result<(), BoundError> {
        let rates = [
            ("send_per_address", self.send_per_address),
            ("send_per_ip", self.send_per_ip),
            ("send_per_flow", self.send_per_flow),
            ("attempts_per_address", self.attempts_per_address),
            ("attempts_per_ip", self.attempts_per_ip),
            ("start_per_ip", self.start_per_ip),
            ("invite_per_inviter", self.invite_per_inviter),
            ("invite_per_organization", self.invite_per_organization),
            ("invite_per_recipient", self.invite_per_recipient),
        ];
        for (field, rate) in rates {
            require(
                rate.burst >= 1 && !rate.per.is_zero(),
                field,
                "a burst of at least 1, and a time above zero",
            )?;
        }

        let attempts = self.attempts_per_address;
        let an_hour =
            u128::from(attempts.burst) + Duration::from_hours(1).as_nanos() / attempts.per.as_nanos();
        require(an_hour <= ATTEMPTS_AN_HOUR, "attempts_per_address", "such that any hour has at most 10")?;

        let FailureStreak { limit, cool_down } = self.consecutive_failures;
        require(
            (1..=FAILURES_IN_A_ROW).contains(&limit) && cool_down >= Duration::from_mins(1),
            "consecutive_failures",
            "a limit of 1 to 100, and a cool_down of at least 1m",
        )
    }
}

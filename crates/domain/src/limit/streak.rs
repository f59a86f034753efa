//! Failures in a row, which end in a pause and never in a lock.

use core::time::Duration;

use serde::Deserialize;

use super::Retry;
use crate::time::Timestamp;

/// `limit` failures without a success in between, then one attempt each `cool_down` until one succeeds.
///
/// SP 800-63B-4 section 3.2.2 allows at most 100. A pause in place of a lock, so that strangers who guess cannot keep
/// the owner of the mailbox out for good (S93).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FailureStreak {
    /// How many failures in a row are let pass, 1 to 100.
    pub limit: u32,
    /// How long the pause is, at least one minute.
    #[serde(with = "crate::duration")]
    pub cool_down: Duration,
}

impl FailureStreak {
    /// Whether one more attempt is admitted after `failures` in a row, the last of them at `last_failure`.
    ///
    /// A last failure that lies ahead by more than a pause was stored before the clock was set back; it does not count,
    /// else the pause would last until the clock has caught up.
    pub fn admit(&self, failures: u32, last_failure: Option<Timestamp>, now: Timestamp) -> Result<(), Retry> {
        let Some(last_failure) = last_failure.filter(|_| failures >= self.limit) else {
            return Ok(());
        };
        let at = last_failure.plus(self.cool_down);
        if now >= at || last_failure.since(now) > self.cool_down { Ok(()) } else { Err(Retry { at }) }
    }
}

//! How often something may be done: the generic cell rate algorithm, which needs one stored moment per key.
//!
//! The stored moment is the "theoretical arrival time" (TAT): when everything admitted so far would have arrived, had
//! it come evenly. It is read and written in the transaction of the thing that it limits, so two servers on one
//! database share one budget (S94, T35).

mod policy;
mod streak;
#[cfg(test)]
mod tests;

use core::time::Duration;

use serde::Deserialize;

use crate::time::Timestamp;

pub use crate::bound::BoundError;
pub use policy::LimitPolicy;
pub use streak::FailureStreak;

/// `burst` at once, then one each `per`: in any time W at most `burst + W / per`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// How many at once, at least 1.
    pub burst: u32,
    /// How long until one more, longer than zero; in a configuration as `90s`, `10m`, `1h`, `1d`.
    #[serde(with = "crate::duration")]
    pub per: Duration,
}

impl Rate {
    /// Admits one more and gives the TAT to store, or says when to come again; then nothing is to be stored.
    ///
    /// `tat` is the stored one, `None` for a key that was never seen. One that lies further ahead than this rate can
    /// put it was stored before the clock was set back, or before the rate was changed. It counts as a full bucket with
    /// one place free, so that such a key is neither locked for years nor given a new burst.
    pub fn admit(&self, tat: Option<Timestamp>, now: Timestamp) -> Result<Timestamp, Retry> {
        let tolerance = self.per.saturating_mul(self.burst.saturating_sub(1));
        let mut tat = tat.map_or(now, |tat| tat.max(now));
        if tat.since(now) > tolerance.saturating_add(self.per) {
            tat = now.plus(tolerance);
        }
        if tat.since(now) > tolerance {
            Err(Retry { at: tat.minus(tolerance) })
        } else {
            Ok(tat.plus(self.per))
        }
    }
}

/// Too often. The same will be admitted at `at`, if nothing else is admitted before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("too often; try again at {}", .at.to_rfc3339())]
pub struct Retry {
    /// The first moment at which it makes sense to come again.
    pub at: Timestamp,
}

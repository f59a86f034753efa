//! Where the time and the randomness of the rules come from: the operating system.
//!
//! These are the only places that read a clock or draw randomness. Everything else takes [`Clock`] and [`Entropy`],
//! so that a test can stand at any moment and repeat any draw.

#[cfg(test)]
mod tests;

use std::time::{SystemTime, UNIX_EPOCH};

use vestibule_domain::ports::{Clock, Entropy, EntropyError};
use vestibule_domain::time::Timestamp;

/// The clock of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    /// A clock that stands before 1970 counts as 1970: everything then looks not yet expired, and nothing panics.
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}

/// The random source of the operating system.
#[derive(Clone, Copy, Debug, Default)]
pub struct OsEntropy;

impl Entropy for OsEntropy {
    #[expect(clippy::disallowed_methods, reason = "the one place that draws randomness")]
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError> {
        getrandom::fill(bytes).map_err(|error| {
            tracing::error!(%error, "the random source of the operating system failed");
            EntropyError
        })
    }
}

//! How long codes are, how long they live and how often they may be tried.

use core::time::Duration;

use serde::Deserialize;

use crate::bound::{BoundError, require};

/// The shape of the codes of one installation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CodePolicy {
    /// How many digits, 6 to 10. Six are the 20 bits that ASVS 6.5.4 asks for (S90).
    pub digits: u32,
    /// How long a code can be used, 1 to 10 minutes (S91; ASVS 6.5.5).
    #[serde(with = "crate::duration")]
    pub lifetime: Duration,
    /// How many guesses are evaluated, 1 to 5 (S93).
    pub attempts: u32,
}

impl Default for CodePolicy {
    fn default() -> Self {
        Self { digits: 8, lifetime: Duration::from_mins(10), attempts: 5 }
    }
}

impl CodePolicy {
    /// Whether the values are within the bounds; the first that is not is named.
    pub fn validate(&self) -> Result<(), BoundError> {
        let lifetimes = Duration::from_mins(1)..=Duration::from_mins(10);
        require((6..=10).contains(&self.digits), "digits", "between 6 and 10")?;
        require(lifetimes.contains(&self.lifetime), "lifetime", "between 1m and 10m")?;
        require((1..=5).contains(&self.attempts), "attempts", "between 1 and 5")
    }
}

//! A moment, as every rule here takes it.
//!
//! The rules never read a clock. They are given a [`Timestamp`], so that a test can stand at any moment, and so that
//! one request decides everything by one and the same moment.

#[cfg(test)]
mod tests;

use core::time::Duration;

use serde::{Deserialize, Serialize};
use time::{OffsetDateTime, UtcOffset, format_description::well_known::Rfc3339};

/// The first and the last second that RFC 3339 can write: its years have four digits.
const RFC3339_SECONDS: core::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted.
///
/// Arithmetic saturates: a lifetime so long that it overflows means "never", and must not wrap into the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment `millis` milliseconds after the Unix epoch.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since the Unix epoch.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// The moment `duration` later.
    #[must_use]
    pub fn plus(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis_of(duration)))
    }

    /// The moment `duration` earlier.
    #[must_use]
    pub fn minus(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(millis_of(duration)))
    }

    /// How much time has passed since `earlier`; zero if `earlier` is in fact later, as after a clock was set back.
    pub fn since(self, earlier: Self) -> Duration {
        let millis = i128::from(self.0) - i128::from(earlier.0);
        Duration::from_millis(u64::try_from(millis.max(0)).unwrap_or(u64::MAX))
    }

    /// RFC 3339 in UTC with whole seconds, rounded down: `2026-11-20T10:15:00Z`.
    ///
    /// A moment outside of the years 0000 to 9999 is written as the nearest one that RFC 3339 can express.
    #[expect(
        clippy::missing_panics_doc,
        reason = "it cannot panic: the clamp leaves only what can be written"
    )]
    pub fn to_rfc3339(self) -> String {
        let seconds = self.0.div_euclid(1_000).clamp(*RFC3339_SECONDS.start(), *RFC3339_SECONDS.end());
        OffsetDateTime::from_unix_timestamp(seconds)
            .ok()
            .and_then(|moment| moment.format(&Rfc3339).ok())
            .expect("the seconds were clamped to what RFC 3339 can write")
    }

    /// Reads an RFC 3339 date and time with any offset; parts of a second beyond milliseconds are dropped.
    pub fn parse_rfc3339(text: &str) -> Result<Self, TimestampError> {
        let moment = OffsetDateTime::parse(text, &Rfc3339).map_err(|_| TimestampError)?;
        let millis = moment.to_offset(UtcOffset::UTC).unix_timestamp_nanos().div_euclid(1_000_000);
        i64::try_from(millis).map(Self).map_err(|_| TimestampError)
    }
}

/// Whole milliseconds of a duration, the longest that fits if it is longer.
fn millis_of(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

/// The text is not an RFC 3339 date and time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a date and time such as 2026-11-20T10:15:00Z")]
pub struct TimestampError;

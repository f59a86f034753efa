//! Durations as a configuration writes them: `90s`, `10m`, `1h`, `1d`.

#[cfg(test)]
mod tests;

use core::time::Duration;

use serde::{Deserialize as _, Deserializer, de::Error as _};

/// Reads a whole number followed by `s`, `m`, `h` or `d`.
pub fn parse(text: &str) -> Result<Duration, DurationError> {
    let unit = text.chars().last().ok_or(DurationError)?;
    let seconds: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 60 * 60,
        'd' => 24 * 60 * 60,
        _ => return Err(DurationError),
    };
    let number = &text[..text.len() - unit.len_utf8()];
    if !number.bytes().all(|byte| byte.is_ascii_digit()) {
        // `parse` would take a plus sign as well.
        return Err(DurationError);
    }
    let number: u64 = number.parse().map_err(|_| DurationError)?;
    number.checked_mul(seconds).map(Duration::from_secs).ok_or(DurationError)
}

/// For `#[serde(with = "vestibule_domain::duration")]` on a [`Duration`].
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    parse(&String::deserialize(deserializer)?).map_err(D::Error::custom)
}

/// The text is not a duration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected a duration such as 90s, 10m, 1h or 1d")]
pub struct DurationError;

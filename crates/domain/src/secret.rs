//! Secrets are types that cannot be printed, compared with `==`, or serialized by accident (S95, S112).

mod master_key;
#[cfg(test)]
mod tests;
mod token;

use core::fmt;

use serde::Deserialize;

pub use master_key::{MasterKey, WeakSecret};
pub use token::{Token, TokenError, TokenHash};

/// A secret that came as text, such as a password out of the configuration.
#[derive(Clone, Deserialize)]
#[serde(transparent)]
pub struct SecretString(String);

impl SecretString {
    /// Wraps a text that must not be shown.
    pub fn new(text: String) -> Self {
        Self(text)
    }

    /// The text itself, for the one place that needs it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for SecretString {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("SecretString([redacted])")
    }
}

//! What is wrong with a configuration, said so that the reader knows what to change.

use std::fmt::Display;
use std::path::PathBuf;

/// Why the program does not start. No message repeats the value of a key that may hold a secret.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("cannot read the configuration {}: {source}", path.display())]
    Read {
        /// Which file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not TOML. Its text is not quoted, because the line may hold a secret.
    #[error("the configuration is not TOML: line {line}: {reason}")]
    Syntax {
        /// Line, from 1.
        line: usize,
        /// What the parser says.
        reason: String,
    },
    /// One key is wrong or missing.
    #[error("configuration `{key}`: {problem}; {fix} (environment: {variable})")]
    Key {
        /// The key, `section.key`.
        key: String,
        /// What is wrong.
        problem: String,
        /// What to set.
        fix: String,
        /// The variable that overrides the key.
        variable: String,
    },
    /// There is no such key.
    #[error("configuration `{key}` is not known; {hint}")]
    Unknown {
        /// The key or the variable.
        key: String,
        /// What is known there.
        hint: String,
    },
}

impl ConfigError {
    /// A key whose value is wrong.
    pub(super) fn value(key: &str, problem: impl Display, fix: impl Display) -> Self {
        Self::Key {
            key: key.to_owned(),
            problem: problem.to_string(),
            fix: fix.to_string(),
            variable: super::keys::variable(key),
        }
    }

    /// A key that has to be set and is not.
    pub(super) fn missing(key: &str, fix: impl Display) -> Self {
        Self::value(key, "is not set", fix)
    }
}

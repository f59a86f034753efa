//! Every Rust file says first what it is for: a newcomer opens one and knows.

use super::Finding;
use super::source::Source;

/// A file must begin with its own documentation.
pub(super) fn check(source: &Source) -> Option<Finding> {
    (!source.text.starts_with("//!"))
        .then(|| source.finding(1, "the file must open with `//!`: what it is for, and why"))
}

#[cfg(test)]
mod tests;

//! What a run has found.

use serde::Serialize;

use crate::case::{Level, Profile};
use crate::expected::Expected;

pub mod junit;
pub mod text;

#[cfg(test)]
mod tests;

/// What a run has found. As JSON it is the machine's report.
#[derive(Clone, Debug, Serialize)]
pub struct Report {
    /// The backend.
    pub url: String,
    /// The contract's version that it announces.
    pub contract: Option<String>,
    /// One result a case, in the order of the run.
    pub results: Vec<Result>,
}

/// How one case ended.
#[derive(Clone, Debug, Serialize)]
pub struct Result {
    /// Id of the case.
    pub id: &'static str,
    /// How much the contract asks for it.
    pub level: Level,
    /// The part that it belongs to.
    pub profile: Profile,
    /// Heading of `docs/CONTRACT.md`.
    pub section: &'static str,
    /// The claim.
    pub claim: &'static str,
    /// How it ended.
    #[serde(flatten)]
    pub verdict: Verdict,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "outcome", rename_all = "lowercase")]
pub enum Verdict {
    /// The claim holds.
    Pass,
    /// It does not. Secrets are taken out of all texts.
    Fail {
        /// What the contract asks for.
        expected: String,
        /// What the backend did.
        seen: String,
        /// Request and answer.
        #[serde(skip_serializing_if = "Option::is_none")]
        exchange: Option<String>,
    },
    /// It could not be looked at.
    Skipped {
        /// What is missing.
        reason: String,
    },
}

impl Verdict {
    /// A failure.
    pub(crate) fn failed(expected: &str, seen: &str, exchange: Option<String>) -> Self {
        Self::Fail { expected: expected.to_owned(), seen: seen.to_owned(), exchange }
    }

    /// The backend does not have that part.
    pub(crate) fn not_announced(profile: Profile) -> Self {
        Self::Skipped { reason: format!("discovery does not announce `{}`", profile.as_str()) }
    }
}

/// Figures of a report.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    /// Claims that hold.
    pub passed: usize,
    /// `must` claims that do not.
    pub failed: usize,
    /// `should` claims that do not.
    pub advised: usize,
    /// Failures that were expected.
    pub known: usize,
    /// Cases that could not be looked at.
    pub skipped: usize,
}

impl Report {
    /// The ids of the cases that failed.
    pub fn failures(&self) -> Vec<&'static str> {
        let failed = self.results.iter().filter(|result| matches!(result.verdict, Verdict::Fail { .. }));
        failed.map(|result| result.id).collect()
    }

    /// Counts, with the failures that were expected apart.
    pub fn count(&self, expected: &Expected) -> Count {
        let mut count = Count::default();
        for result in &self.results {
            match (&result.verdict, result.level) {
                (Verdict::Pass, _) => count.passed += 1,
                (Verdict::Skipped { .. }, _) => count.skipped += 1,
                (Verdict::Fail { .. }, _) if expected.reason(result.id).is_some() => count.known += 1,
                (Verdict::Fail { .. }, Level::Must) => count.failed += 1,
                (Verdict::Fail { .. }, Level::Should) => count.advised += 1,
            }
        }
        count
    }

    /// Expected failures that pass: their lines can go.
    pub fn overcome<'e>(&self, expected: &'e Expected) -> Vec<&'e str> {
        let passed = |id: &&str| self.results.iter().any(|one| one.id == *id && one.verdict == Verdict::Pass);
        expected.ids().filter(passed).collect()
    }
}

//! The report for people.

use std::fmt::{self, Display};

use super::{Report, Verdict};
use crate::case::Level;
use crate::expected::Expected;

/// A report and what was expected of it, to be printed.
pub struct Text<'r> {
    /// The report.
    pub report: &'r Report,
    /// Known failures.
    pub expected: &'r Expected,
}

impl Display for Text<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Report { url, contract, results } = self.report;
        writeln!(out, "{url} announces contract {}\n", contract.as_deref().unwrap_or("nothing"))?;
        for result in results {
            let level = if result.level == Level::Must { "must" } else { "should" };
            match &result.verdict {
                Verdict::Pass => writeln!(out, "ok       {}", result.id)?,
                Verdict::Skipped { reason } => writeln!(out, "skipped  {} ({reason})", result.id)?,
                Verdict::Fail { expected, seen, exchange } => {
                    match self.expected.reason(result.id) {
                        Some(reason) => writeln!(out, "known    {} ({reason})", result.id)?,
                        None => writeln!(out, "FAILED   {} ({level}; {})", result.id, result.section)?,
                    }
                    writeln!(out, "         {}", result.claim)?;
                    writeln!(out, "         expected: {expected}\n         seen:     {seen}")?;
                    for line in exchange.iter().flat_map(|text| text.lines()) {
                        writeln!(out, "         {line}")?;
                    }
                }
            }
        }
        let count = self.report.count(self.expected);
        for id in self.report.overcome(self.expected) {
            writeln!(out, "\n{id} is expected to fail and holds: take it off the list")?;
        }
        writeln!(
            out,
            "\n{} hold, {} failed (must), {} failed (should), {} known failures, {} skipped",
            count.passed, count.failed, count.advised, count.known, count.skipped
        )
    }
}

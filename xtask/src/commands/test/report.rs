//! What the parts gave, and how that is told.

use anyhow::Result;

use super::counts::Counts;
use crate::output::Stopwatch;

/// What a check brought forth, when it could run at all.
#[derive(Debug)]
pub(super) struct Proof {
    counts: Option<Counts>,
    note: Option<String>,
    skipped: bool,
    failure: Option<String>,
}

impl Proof {
    /// A check that is one yes.
    pub(super) fn done() -> Self {
        Self { counts: None, note: None, skipped: false, failure: None }
    }

    /// A yes with something to say.
    pub(super) fn note(text: impl Into<String>) -> Self {
        Self { note: Some(text.into()), ..Self::done() }
    }

    /// A check that is left out, with the reason. It counts neither way.
    pub(super) fn skipped(reason: &str) -> Self {
        Self { skipped: true, ..Self::note(reason) }
    }

    /// Tests that ran, and what they printed if not all passed.
    pub(super) fn tests(counts: Counts, failure: Option<String>) -> Self {
        Self { counts: Some(counts), failure, ..Self::done() }
    }
}

/// A part and how it ended.
#[derive(Debug)]
pub(super) struct Outcome {
    pub(super) name: &'static str,
    seconds: f64,
    proof: Proof,
}

impl Outcome {
    /// The result of a part that ran.
    pub(super) fn new(name: &'static str, watch: Stopwatch, result: Result<Proof>) -> Self {
        let seconds = watch.elapsed().as_secs_f64();
        let proof =
            result.unwrap_or_else(|error| Proof { failure: Some(format!("{error:#}")), ..Proof::done() });
        Self { name, seconds, proof }
    }

    /// A part whose needs were not met.
    pub(super) fn not_run(name: &'static str) -> Self {
        let failure = Some("not run: it needs the bundle and the backend".to_owned());
        Self { name, seconds: 0.0, proof: Proof { failure, ..Proof::done() } }
    }

    /// Whether nothing is wrong.
    pub(super) fn passed(&self) -> bool {
        self.proof.failure.is_none()
    }

    fn verdict(&self) -> &'static str {
        match (self.passed(), self.proof.skipped) {
            (false, _) => "FAILED",
            (true, true) => "skipped",
            (true, false) => "ok",
        }
    }

    fn headline(&self) -> String {
        let tests =
            self.proof.counts.map(|counts| format!("{} passed, {} failed", counts.passed, counts.failed));
        let note = self.proof.note.as_ref().filter(|note| !note.contains('\n')).cloned();
        let detail = tests.or(note).map(|text| format!("  {text}")).unwrap_or_default();
        format!("{:<14} {:<8} {:>6.1} s{detail}", self.name, self.verdict(), self.seconds)
    }
}

/// What is said when a part ends: its line, and what it has to show.
pub(super) fn announce(outcome: &Outcome) -> String {
    let body =
        outcome.proof.failure.as_ref().or(outcome.proof.note.as_ref().filter(|note| note.contains('\n')));
    match body {
        Some(body) => format!("{}\n{body}\n", outcome.headline()),
        None => outcome.headline(),
    }
}

/// All parts once more, below whatever scrolled by.
pub(super) fn summary(outcomes: &[Outcome]) -> String {
    let lines: Vec<String> = outcomes.iter().map(|outcome| format!("  {}", outcome.headline())).collect();
    format!("\nsummary\n{}", lines.join("\n"))
}

/// The figures of the last line: tests where a part has tests, else the part itself.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Tally {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

impl Tally {
    /// Adds up. A part that failed without a failed test (it did not compile) is one failure.
    pub(super) fn of(outcomes: &[Outcome]) -> Self {
        let mut sum = Self { passed: 0, failed: 0 };
        for outcome in outcomes.iter().filter(|outcome| !outcome.proof.skipped) {
            let counts = outcome.proof.counts.unwrap_or_default();
            sum.passed += counts.passed;
            sum.failed += counts.failed;
            if !outcome.passed() && counts.failed == 0 {
                sum.failed += 1;
            } else if outcome.passed() && outcome.proof.counts.is_none() {
                sum.passed += 1;
            }
        }
        sum
    }
}

#[cfg(test)]
mod tests;

//! No failure is lost in the last line.

use anyhow::anyhow;

use super::{Outcome, Proof, Tally, announce};
use crate::commands::test::counts::Counts;
use crate::output::Stopwatch;

fn outcome(result: anyhow::Result<Proof>) -> Outcome {
    Outcome::new("part", Stopwatch::start(), result)
}

#[test]
fn tests_count_as_tests_and_checks_as_one() {
    let tested = outcome(Ok(Proof::tests(Counts { passed: 40, failed: 0 }, None)));
    let checked = outcome(Ok(Proof::done()));
    let left_out = outcome(Ok(Proof::skipped("not installed")));
    assert_eq!(Tally::of(&[tested, checked, left_out]), Tally { passed: 41, failed: 0 });
}

#[test]
fn a_failure_without_a_failed_test_counts() {
    let broken =
        outcome(Ok(Proof::tests(Counts { passed: 3, failed: 0 }, Some("does not compile".to_owned()))));
    let refused = outcome(Err(anyhow!("lint")));
    let unreached = Outcome::not_run("later");
    assert!(announce(&broken).contains("FAILED"));
    assert!(announce(&broken).contains("does not compile"));
    assert_eq!(Tally::of(&[broken, refused, unreached]), Tally { passed: 3, failed: 3 });
}

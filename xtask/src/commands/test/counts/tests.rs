//! Real closing lines of both runners.

use super::{Counts, cargo_tests, playwright, schemathesis};

#[test]
fn cargo_prints_one_line_for_each_program() {
    let text = "running 3 tests\ntest result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\ntest result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.20s\n";
    assert_eq!(cargo_tests(text), Counts { passed: 4, failed: 2 });
}

#[test]
fn a_test_that_prints_a_number_is_not_a_result() {
    assert_eq!(cargo_tests("note: 7 passed; 1 failed"), Counts::default());
}

#[test]
fn playwright_counts_what_did_not_pass_at_once_as_failed() {
    let text = "  1 failed\n    [chromium] › journey.spec.ts:3:1 › invited \n  1 flaky\n    [chromium] › a.spec.ts:9:1 › b\n  2 did not run\n  1 skipped\n  12 passed (8.1s)\n";
    assert_eq!(playwright(text), Counts { passed: 12, failed: 4 });
}

#[test]
fn schemathesis_tells_its_cases_at_the_end_of_each_run() {
    let text = "Test cases:\n  798 generated, 2 found 2 unique failures\nSeed: 1\nTest cases:\n  12 generated, 12 passed\n";
    assert_eq!(schemathesis(text), 810);
}

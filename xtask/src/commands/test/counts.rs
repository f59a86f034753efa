//! How many tests ran, from what the runners print at their ends.

/// Tests that passed and failed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) passed: usize,
    pub(super) failed: usize,
}

/// Sums the closing lines of `cargo test`, one for each test program.
pub(super) fn cargo_tests(text: &str) -> Counts {
    let mut sum = Counts::default();
    for line in text.lines().filter(|line| line.starts_with("test result: ")) {
        for item in line.split([';', '.']) {
            add(&mut sum, item);
        }
    }
    sum
}

/// Reads the closing lines of Playwright. A test that passed only on a second try counts as failed:
/// it hides a fault of the product or of itself.
pub(super) fn playwright(text: &str) -> Counts {
    let mut sum = Counts::default();
    for line in text.lines() {
        let line = line.trim();
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            [number, "passed", ..] => sum.passed += number.parse().unwrap_or(0),
            [number, "failed" | "flaky" | "interrupted"] | [number, "did", "not", "run"] => {
                sum.failed += number.parse().unwrap_or(0);
            }
            _ => {}
        }
    }
    sum
}

/// How many cases Schemathesis tried, over all of its runs.
pub(super) fn schemathesis(text: &str) -> usize {
    let count = |line: &str| match line.split_whitespace().collect::<Vec<_>>().as_slice() {
        [number, "generated," | "generated", ..] => number.parse().unwrap_or(0),
        _ => 0,
    };
    text.lines().map(count).sum()
}

fn add(sum: &mut Counts, item: &str) {
    match item.split_whitespace().collect::<Vec<_>>().as_slice() {
        [number, "passed"] => sum.passed += number.parse().unwrap_or(0),
        [number, "failed"] => sum.failed += number.parse().unwrap_or(0),
        _ => {}
    }
}

#[cfg(test)]
mod tests;

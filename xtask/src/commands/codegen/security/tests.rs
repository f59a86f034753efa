//! Rows find their tests, and a row without one is an error.

use super::{PAGE, page};
use crate::tidy::source::Source;

fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[test]
fn a_row_names_the_tests_that_have_its_id() {
    let sources = [
        source(
            PAGE,
            "# Rows\n\n| Row | Must hold | Tests |\n|---|---|---|\n| S60 | No secrets | old |\n| T01 | Robots |\n",
        ),
        source(
            "crates/a/tests/x.rs",
            "async fn s60_t01_nothing() {\n    fn s600_helper() {}\nfn s6_other() {}",
        ),
        source(
            "tests/e2e/a.spec.ts",
            "test(\"s60 no secret\", async () => {});\ntest(`declining (T01)`, async",
        ),
        source("tests/e2e/a.ts", "test(\"s60 is no test file\", x)"),
    ];
    let both = "`crates/a/tests/x.rs` › s60_t01_nothing";
    assert_eq!(
        page(&sources).expect("every row has a test"),
        format!(
            "# Rows\n\n| Row | Must hold | Tests |\n|---|---|---|\n\
             | S60 | No secrets | {both}<br>`tests/e2e/a.spec.ts` › s60 no secret |\n\
             | T01 | Robots | {both}<br>`tests/e2e/a.spec.ts` › declining (T01) |\n"
        )
    );
}

#[test]
fn a_row_without_a_test_is_an_error() {
    let error = page(&[source(PAGE, "| R45 | Switching accounts | |")]).expect_err("no test").to_string();
    assert!(error.ends_with("R45"), "{error}");
}

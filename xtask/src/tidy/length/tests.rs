//! The limit is exact and holds for sources only.

use super::{LIMIT, check};
use crate::tidy::source::Source;

fn is_found(path: &str, lines: usize) -> bool {
    check(&Source { path: path.to_owned(), text: "x\n".repeat(lines) }).is_some()
}

#[test]
fn one_line_too_many_is_found() {
    for path in ["src/a.rs", "style/ui.css", "tests/e2e/a.spec.ts", "tests/e2e/a.mjs", "public/boot.js"] {
        assert!(!is_found(path, LIMIT), "{path}");
        assert!(is_found(path, LIMIT + 1), "{path}");
    }
    assert!(!is_found("docs/contract/openapi.json", 5000));
}

//! The rule fails on attributes and on nothing else.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::check;
use crate::tidy::source::Source;
use crate::tidy::tokens;

fn lines(text: &str) -> Vec<usize> {
    let source = Source { path: "src/lib.rs".to_owned(), text: text.to_owned() };
    check(&source, &tokens::of(&source).unwrap()).into_iter().map(|finding| finding.line).collect()
}

#[test]
fn allow_is_found_outer_and_inner() {
    assert_eq!(lines("#![allow(dead_code)]\n\n#[allow(\n unused)]\nfn f() {}\n"), [1, 3]);
}

#[test]
fn comments_texts_and_functions_are_free() {
    assert!(lines("// #[allow(x)]\nfn f() { allow(1); g(\"#[allow(x)]\"); }\n#[expect(x, reason = \"y\")]\nfn g() {}").is_empty());
}

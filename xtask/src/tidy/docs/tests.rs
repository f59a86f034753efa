//! A file without its own documentation is found.

use super::check;
use crate::tidy::source::Source;

fn is_found(text: &str) -> bool {
    check(&Source { path: "src/a.rs".to_owned(), text: text.to_owned() }).is_some()
}

#[test]
fn the_first_line_decides() {
    assert!(is_found(""));
    assert!(is_found("use std::fmt;\n//! Late.\n"));
    assert!(is_found("/// Of an item.\nfn f() {}"));
    assert!(!is_found("//! What this is for.\n"));
}

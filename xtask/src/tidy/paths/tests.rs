//! Folders of machines are found, routes of the same name are not.

use super::{BEGINNINGS, check};
use crate::tidy::source::Source;

fn count(path: &str, text: &str) -> usize {
    check(&Source { path: path.to_owned(), text: text.to_owned() }).len()
}

#[test]
fn every_beginning_is_found() {
    for beginning in BEGINNINGS {
        assert_eq!(count("docs/a.md", &format!("see {beginning}anna/project")), 1, "{beginning}");
        assert_eq!(count("a.toml", &format!("path = \"{beginning}x\"")), 1, "{beginning}");
        assert_eq!(
            count("a.md", &format!("https://x.example{beginning}page crates{beginning}a")),
            0,
            "{beginning}"
        );
    }
}

#[test]
fn addresses_in_lock_files_are_found() {
    let text = "{\n  \"resolved\": \"https://registry.example/a.tgz\"\n}";
    assert_eq!(count("tests/e2e/package-lock.json", text), 1);
    assert_eq!(count("docs/a.json", text), 0);
}

//! Files that fit into a head: above the limit a file has taken on a second matter.

use super::Finding;
use super::source::{Kind, Source};

/// Lines that a source file may have.
const LIMIT: usize = 300;

/// Files that may be longer, each with its reason. This list only shrinks.
const EXCEPTIONS: &[(&str, &str)] = &[];

/// A source file must not be longer than the limit.
pub(super) fn check(source: &Source) -> Option<Finding> {
    let lines = source.text.lines().count();
    (counts(source) && lines > LIMIT && !is_exception(source))
        .then(|| source.finding(LIMIT + 1, format!("{lines} lines; the limit is {LIMIT}, split the file")))
}

/// An exception must still be needed.
pub(super) fn stale_exceptions(sources: &[Source]) -> Vec<Finding> {
    let needed = |path: &str| sources.iter().any(|s| s.path == path && s.text.lines().count() > LIMIT);
    let stale = EXCEPTIONS.iter().filter(|(path, _)| !needed(path));
    stale
        .map(|(path, _)| Finding {
            file: (*path).to_owned(),
            line: 1,
            message: "no longer needs its exception from the limit of lines".to_owned(),
        })
        .collect()
}

fn is_exception(source: &Source) -> bool {
    EXCEPTIONS.iter().any(|(path, _)| *path == source.path)
}

fn counts(source: &Source) -> bool {
    match source.kind() {
        Kind::Rust | Kind::Css | Kind::Script => true,
        Kind::Other => false,
    }
}

#[cfg(test)]
mod tests;

//! Nothing tells where it was made: no folder of a machine, no address of a package registry.

use std::path::Path;

use super::Finding;
use super::source::Source;

/// How absolute paths of people's machines begin. In two halves, or this file would be found.
const BEGINNINGS: [&str; 4] =
    [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];

/// No absolute path of a machine in any file, and no address in an npm lock file.
pub(super) fn check(source: &Source) -> Vec<Finding> {
    let is_lock = Path::new(&source.path).file_name().is_some_and(|name| name == "package-lock.json");
    let mut findings = Vec::new();
    for (number, line) in source.text.lines().enumerate() {
        if BEGINNINGS.iter().any(|beginning| begins_path(line, beginning)) {
            findings.push(source.finding(number + 1, "a path of somebody's machine"));
        }
        if is_lock && line.trim_start().starts_with("\"resolved\":") {
            findings.push(source.finding(
                number + 1,
                "an address of a package registry: write the lock file with `--omit-lockfile-registry-resolved`",
            ));
        }
    }
    findings
}

/// Whether a path begins here, and is not the middle of a longer one.
fn begins_path(line: &str, beginning: &str) -> bool {
    line.match_indices(beginning).any(|(at, _)| {
        !line[..at].ends_with(|before: char| {
            before.is_alphanumeric() || matches!(before, '.' | '-' | '_' | '}' | '*' | '~')
        })
    })
}

#[cfg(test)]
mod tests;

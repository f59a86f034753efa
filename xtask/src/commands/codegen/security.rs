//! The last column of the tables in `docs/SECURITY.md`: the tests that carry a row's id in their names.
//!
//! A row is a line `| S60 | what must hold | … |`. A row without a test is an error: then the page would promise what
//! nobody has seen.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Result, bail};

use crate::tidy::source::{Kind, Source};

/// The page.
pub(super) const PAGE: &str = "docs/SECURITY.md";

/// Tests by the ids in their names, each as `path › name`.
type Tests = BTreeMap<String, Vec<String>>;

/// The page with its last columns made anew.
pub(super) fn page(sources: &[Source]) -> Result<String> {
    let Some(page) = sources.iter().find(|source| source.path == PAGE) else { bail!("{PAGE} is missing") };
    let tests = by_id(sources);
    let mut untested = Vec::new();
    let mut text = String::new();
    for line in page.text.lines() {
        let Some((id, what)) = row(line) else {
            let _ = writeln!(text, "{line}");
            continue;
        };
        let named = tests.get(&id.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
        if named.is_empty() {
            untested.push(id);
        }
        let _ = writeln!(text, "| {id} | {what} | {} |", named.join("<br>"));
    }
    if !untested.is_empty() {
        bail!("no test has these rows of {PAGE} in its name: {}", untested.join(", "));
    }
    Ok(text)
}

/// Id and words of a row.
fn row(line: &str) -> Option<(&str, &str)> {
    let mut cells = line.strip_prefix("| ")?.split(" | ");
    let (id, what) = (cells.next()?, cells.next()?);
    let what = what.trim_end_matches(['|', ' ']);
    is_id(&id.to_lowercase()).then_some((id, what))
}

fn by_id(sources: &[Source]) -> Tests {
    let mut found = Tests::new();
    for source in sources {
        let names: Vec<&str> = match source.kind() {
            Kind::Rust => source.text.lines().filter_map(rust_test).collect(),
            Kind::Script if source.path.ends_with(".spec.ts") => {
                source.text.lines().filter_map(script_test).collect()
            }
            _ => continue,
        };
        for name in names {
            for id in ids(name) {
                found.entry(id).or_default().push(format!("`{}` › {name}", source.path));
            }
        }
    }
    found
}

/// The name of a function that begins with an id. Nothing but tests is called so.
fn rust_test(line: &str) -> Option<&str> {
    let (_, rest) = line.split_once("fn ")?;
    let (name, _) = rest.split_once('(')?;
    is_id(name.split('_').next()?).then_some(name)
}

/// The title of a Playwright test.
fn script_test(line: &str) -> Option<&str> {
    let rest = line.trim_start().strip_prefix("test(")?;
    let quote = rest.chars().next().filter(|quote| "\"'`".contains(*quote))?;
    rest[1..].split(quote).next()
}

fn ids(name: &str) -> Vec<String> {
    let words = name.split(|separator: char| !separator.is_ascii_alphanumeric()).map(str::to_lowercase);
    words.filter(|word| is_id(word)).collect()
}

/// A letter of the catalogue and a number: requirements, threats, flaws of others, promises, faults, invariants.
fn is_id(word: &str) -> bool {
    let Some(number) = word.strip_prefix(['s', 't', 'r', 'p', 'f', 'i']) else { return false };
    (1..=3).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests;

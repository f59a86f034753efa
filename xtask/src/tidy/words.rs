//! Words and code agree: every key that code asks for exists, and every word is asked for.
//!
//! Some keys are put together: `["blocked.", reason, ".title"]`. Then the first part names a family, and a
//! word of it counts as used when the code knows each of its other parts, as a text or as a number.

use std::collections::{BTreeMap, BTreeSet};

use super::Finding;
use super::source::{Kind, Source};
use super::tokens::{self, Token};

/// Mails have words of their own, for the code of one room and the pages that the server alone draws; they write dates as the page does.
const MAIL: Catalogue = Catalogue {
    english: "crates/backend/src/mail/words/en.json",
    rooms: &[MAIL_ROOM, MAIL_PAGE, SIGNUPS, RELYING_PARTY, "src/text"],
    not: &[],
};
const MAIL_ROOM: &str = "crates/backend/src/mail";
const MAIL_PAGE: &str = "src/pages/unsubscribe.rs";
const SIGNUPS: &str = "src/pages/signups.rs";
const RELYING_PARTY: &str = "src/pages/relying_party.rs";

/// The words of the page, which the backend writes too.
const PAGE: Catalogue = Catalogue {
    english: "public/locales/en.json",
    rooms: &["src", "crates"],
    not: &[MAIL_ROOM, MAIL_PAGE, SIGNUPS, RELYING_PARTY],
};

/// The words of the language that all others follow, and the code that uses them.
#[derive(Debug)]
struct Catalogue {
    english: &'static str,
    rooms: &'static [&'static str],
    not: &'static [&'static str],
}

/// The functions that take a key.
const ASKING: [&str; 2] = ["t", "tf"];

/// Forms of one text by number (Unicode plural rules). Code asks for the text; the form is chosen later.
const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// Both directions, for both catalogues.
pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    [PAGE, MAIL].iter().flat_map(|catalogue| agreement(catalogue, sources)).collect()
}

fn agreement(catalogue: &Catalogue, sources: &[Source]) -> Vec<Finding> {
    let file = catalogue.english;
    let Some(english) = sources.iter().find(|source| source.path == file) else {
        return vec![Finding { file: file.to_owned(), line: 1, message: "is missing".to_owned() }];
    };
    let words: BTreeMap<String, String> = match serde_json::from_str(&english.text) {
        Ok(words) => words,
        Err(error) => {
            return vec![english.finding(error.line(), format!("not a flat object of texts: {error}"))];
        }
    };
    let keys: BTreeSet<&str> = words.keys().map(|key| base(key)).collect();
    let mut findings = Vec::new();
    let mut used = BTreeSet::new();
    for source in sources.iter().filter(|source| catalogue.is_for(source)) {
        // A file that does not lex is reported by another rule.
        let tokens = tokens::of(source).unwrap_or_default();
        used.extend(tokens.iter().filter_map(Token::as_text).flat_map(fragments).map(str::to_owned));
        for (key, line) in asked(&tokens) {
            if !keys.contains(key) {
                findings.push(source.finding(line, format!("the key `{key}` is not in {file}")));
            }
        }
    }
    let unused = words.keys().filter(|key| !is_used(key, &used) && !is_used(base(key), &used));
    findings.extend(
        unused.map(|key| english.finding(line_of(&english.text, key), format!("nothing uses `{key}`"))),
    );
    findings
}

/// Keys that are given as texts to a function that takes one.
fn asked(tokens: &[Token]) -> impl Iterator<Item = (&str, usize)> {
    tokens.windows(3).filter_map(|window| {
        let [function, bracket, key] = window else { return None };
        let asks = ASKING.iter().any(|name| function.is_word(name)) && bracket.text == "(";
        if asks { Some((key.as_text()?, key.line)) } else { None }
    })
}

/// A text, and what is left of it around placeholders: `"{key}.short"` is an ending, `"blocked.{reason}"` a
/// family.
fn fragments(text: &str) -> impl Iterator<Item = &str> {
    let pieces = text.split('{').map(|piece| piece.split_once('}').map_or(piece, |(_, after)| after));
    std::iter::once(text).chain(pieces)
}

/// Whether the code has this key whole, or its family and all parts that follow, or another key and the
/// ending (`".short"`) that makes it this one.
fn is_used(key: &str, texts: &BTreeSet<String>) -> bool {
    let is_known = |part: &str| {
        part.bytes().all(|byte| byte.is_ascii_digit())
            || texts.contains(part)
            || texts.contains(&format!(".{part}"))
    };
    let is_composed = |at: usize| {
        let parts = &key[at + 1..];
        texts.contains(&key[..=at]) && (texts.contains(parts) || parts.split('.').all(is_known))
    };
    let is_variant = |at: usize| texts.contains(&key[..at]) && texts.contains(&key[at..]);
    texts.contains(key) || key.match_indices('.').any(|(at, _)| is_composed(at) || is_variant(at))
}

/// The key without its form by number.
fn base(key: &str) -> &str {
    match key.rsplit_once('.') {
        Some((base, form)) if PLURALS.contains(&form) => base,
        _ => key,
    }
}

impl Catalogue {
    /// Code that reaches people with these words. A word that only a test mentions is used by nobody.
    fn is_for(&self, source: &Source) -> bool {
        let is_test = source.path.ends_with("/tests.rs") || source.path.contains("/tests/");
        source.kind() == Kind::Rust && source.is_in(self.rooms) && !source.is_in(self.not) && !is_test
    }
}

fn line_of(text: &str, key: &str) -> usize {
    let quoted = format!("\"{key}\"");
    text.lines().position(|line| line.trim_start().starts_with(&quoted)).map_or(1, |index| index + 1)
}

#[cfg(test)]
mod tests;

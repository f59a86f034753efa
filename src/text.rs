//! Words: a flat table of keys and texts, one language at a time, and what belongs to a language: dates written out,
//! and the direction of its script.
//!
//! The texts are files in `public/locales`, so that a language is added without building anything. Parameters stand
//! in braces, `"Tries left: {attempts_left}"`, and are put in as plain text.

use std::sync::Arc;

use vestibule_contract::map::Map;
use vestibule_contract::read::{Tree, parse};

mod time;

#[cfg(any(test, not(target_arch = "wasm32")))]
mod pseudo;

#[cfg(any(test, not(target_arch = "wasm32")))]
pub use pseudo::pseudo;
pub use time::{ShowTime, TimeStyle, unix_ms, utc};

/// The words of one language. Cheap to clone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    table: Arc<Map<String>>,
}

/// A piece of a text with parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Words as they stand.
    Text(&'a str),
    /// Name of a parameter whose value goes here.
    Param(&'a str),
}

impl Words {
    /// Reads a catalogue: one flat object of texts. `None` when it is something else.
    pub fn from_tree(catalogue: &Tree) -> Option<Self> {
        let Tree::Object(members) = catalogue else { return None };
        let mut table = Map::new();
        for (key, text) in members {
            let Tree::Text(text) = text else { return None };
            // Catalogues are written in order, so this moves nothing.
            table.insert(key.clone(), text.clone());
        }
        Some(Self { table: table.into() })
    }

    /// The same from its text, for where there is no browser to parse it.
    pub fn from_json(json: &str) -> Option<Self> {
        Self::from_tree(&parse(json)?)
    }

    /// These words and others beside them; where both have a key, the others'.
    #[cfg(feature = "ssr")]
    #[must_use]
    pub fn and(&self, others: &Self) -> Self {
        let mut table = Map::clone(&self.table);
        for (key, text) in others.table.iter() {
            table.insert(key.clone(), text.clone());
        }
        Self { table: table.into() }
    }

    /// The text of a key, if the catalogue has it.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.table.get(key).map(String::as_str)
    }

    /// The text of a key. A missing key gives the key itself, which is ugly enough to be found and never blank.
    pub fn t(&self, key: &str) -> String {
        self.get(key).unwrap_or(key).to_owned()
    }

    /// The text of a key with values for its parameters. A parameter without a value stays as it is written.
    pub fn tf(&self, key: &str, values: &[(&str, &str)]) -> String {
        let mut out = String::new();
        for piece in pieces(self.get(key).unwrap_or(key)) {
            match piece {
                Piece::Text(text) => out.push_str(text),
                Piece::Param(name) => {
                    let given = values.iter().find(|(known, _)| *known == name);
                    out.push_str(
                        &given.map_or_else(|| ["{", name, "}"].concat(), |(_, value)| (*value).to_owned()),
                    );
                }
            }
        }
        out
    }

    /// All keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.table.iter().map(|(key, _)| key.as_str())
    }
}

/// Takes a text with parameters apart.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        if let Some((name, after)) = rest.strip_prefix('{').and_then(|inner| inner.split_once('}')) {
            rest = after;
            return Some(Piece::Param(name));
        }
        // A brace that nothing closes is text like any other.
        let inner = rest.strip_prefix('{').unwrap_or(rest);
        let after = inner.find('{').and_then(|at| inner.get(at..)).unwrap_or_default();
        let head = rest.strip_suffix(after).unwrap_or(rest);
        rest = after;
        Some(Piece::Text(head))
    })
}

/// The value of the `dir` attribute for a BCP 47 tag, by its script or its language.
pub fn dir_of(locale: &str) -> &'static str {
    let mut parts = locale.split(['-', '_']);
    let language = parts.next().unwrap_or_default();
    // A script of four letters decides, where it is given: `az-Arab`, `ks-Deva`.
    let right_to_left = match parts.find(|part| part.len() == 4 && part.chars().all(char::is_alphabetic)) {
        Some(script) => ["Arab", "Hebr", "Syrc", "Thaa", "Nkoo", "Adlm", "Rohg"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(script)),
        None => ["ar", "fa", "he", "ur", "ps", "sd", "ug", "yi", "dv", "ckb", "ks", "nqo", "syr"]
            .iter()
            .any(|it| it.eq_ignore_ascii_case(language)),
    };
    if right_to_left { "rtl" } else { "ltr" }
}

#[cfg(test)]
mod tests;

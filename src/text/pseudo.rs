//! Languages that nobody speaks, for finding text that is not in the catalogue and layouts that do not bear longer
//! words or the other direction.

use std::collections::BTreeMap;

use super::{Piece, pieces};

/// A catalogue as a pseudo-language: `en-XA` with accents, a third longer and in brackets, or, with `rtl`, `ar-XB`,
/// whose letters stand in a right-to-left override. Parameters stay as they are. What is not a catalogue gives an
/// empty one.
pub fn pseudo(json: &str, rtl: bool) -> String {
    let table: BTreeMap<String, String> = serde_json::from_str(json).unwrap_or_default();
    let changed: BTreeMap<&str, String> = table
        .iter()
        .map(|(key, text)| (key.as_str(), if rtl { mirrored(text) } else { accented(text) }))
        .collect();
    serde_json::to_string_pretty(&changed).unwrap_or_default()
}

fn accented(text: &str) -> String {
    let mut out = String::from("[");
    let mut letters = 0;
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => {
                letters += words.chars().count();
                out.extend(words.chars().map(accent));
            }
            Piece::Param(name) => out.push_str(&["{", name, "}"].concat()),
        }
    }
    // Translations of short texts grow most. The padding is made of words, so that it wraps as text does.
    for n in 0..(letters * 35).div_ceil(100) {
        out.push(if n % 6 == 0 { ' ' } else { '~' });
    }
    out.push(']');
    out
}

fn accent(letter: char) -> char {
    const PLAIN: &str = "aceinouyACEINOUYdglrst";
    const ACCENTED: &str = "åçéîñöüýÅÇÉÎÑÖÜÝðĝļŕšţ";
    PLAIN
        .chars()
        .zip(ACCENTED.chars())
        .find(|(plain, _)| *plain == letter)
        .map_or(letter, |(_, accented)| accented)
}

fn mirrored(text: &str) -> String {
    const OVERRIDE: char = '\u{202e}';
    const END: char = '\u{202c}';
    let mut out = String::new();
    for piece in pieces(text) {
        match piece {
            Piece::Text(words) => {
                out.push(OVERRIDE);
                out.push_str(words);
                out.push(END);
            }
            Piece::Param(name) => out.push_str(&["{", name, "}"].concat()),
        }
    }
    out
}

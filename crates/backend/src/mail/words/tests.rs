//! All languages say the same, and the right one is chosen.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeSet;

use vestibule::text::{Piece, Words, pieces};

use super::{CATALOGUES, FALLBACK, MailWords};

fn params(text: &str) -> BTreeSet<String> {
    pieces(text)
        .filter_map(|piece| match piece {
            Piece::Param(name) => Some(name.to_owned()),
            Piece::Text(_) => None,
        })
        .collect()
}

#[test]
fn every_language_has_the_keys_and_parameters_of_english() {
    let english = Words::from_json(CATALOGUES.iter().find(|(tag, _)| *tag == FALLBACK).unwrap().1).unwrap();
    for (tag, json) in CATALOGUES {
        let words = Words::from_json(json).unwrap();
        assert_eq!(words.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>(), "{tag}");
        for key in english.keys() {
            let (theirs, ours) = (words.get(key).unwrap(), english.get(key).unwrap());
            assert_eq!(params(theirs), params(ours), "{tag}: {key}");
            assert!(!theirs.to_ascii_lowercase().contains("http"), "{tag}: {key}: links are no words");
        }
    }
}

#[test]
fn the_first_wish_that_can_be_met_decides() {
    let words = MailWords::embedded();
    let chosen = |wishes: &[&str]| words.choose(wishes.iter().copied()).0.to_owned();
    assert_eq!(chosen(&[]), "en");
    assert_eq!(chosen(&["en"]), "en");
    assert_eq!(chosen(&["EN-gb", "fr"]), "en");
    assert_eq!(chosen(&["xx", "", "../../etc/passwd"]), "en");
}

//! Words, sentences with parameters, dates and the made-up languages.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Piece, TimeStyle, Words, dir_of, pieces, pseudo, unix_ms, utc};

const ENGLISH: &str = include_str!("../../public/locales/en.json");

fn english() -> Words {
    Words::from_json(ENGLISH).unwrap()
}

#[test]
fn a_missing_key_is_shown_and_a_parameter_without_a_value_stays() {
    let words = Words::from_json(r#"{"b":"two","a":"Tries left: {n}","c":"100 {%"}"#).unwrap();
    assert_eq!(words.t("b"), "two");
    assert_eq!(words.t("nowhere"), "nowhere");
    assert_eq!(words.tf("a", &[("n", "{a}")]), "Tries left: {a}", "values are not read again");
    assert_eq!(words.tf("a", &[]), "Tries left: {n}");
    assert_eq!(words.tf("c", &[]), "100 {%");
}

#[test]
fn a_text_comes_apart_into_words_and_parameters() {
    let parts: Vec<_> = pieces("{a}b{c}").collect();
    assert_eq!(parts, [Piece::Param("a"), Piece::Text("b"), Piece::Param("c")]);
    assert_eq!(pieces("").count(), 0);
}

#[test]
fn what_is_no_catalogue_is_refused() {
    assert!(Words::from_json("[]").is_none());
    assert!(Words::from_json(r#"{"a":{"b":"nested"}}"#).is_none());
}

#[test]
fn instants_are_told_in_utc() {
    let words = english();
    assert_eq!(utc(&words, "2026-12-04T10:15:00Z", TimeStyle::Day), "Friday, 4 December 2026");
    assert_eq!(utc(&words, "2026-12-04T10:15:00Z", TimeStyle::Minute), "4 December 2026, 10:15 UTC");
    assert_eq!(utc(&words, "2026-12-04T10:15:00Z", TimeStyle::Clock), "10:15 UTC");
    assert_eq!(utc(&words, "2024-02-29T00:00:00Z", TimeStyle::Day), "Thursday, 29 February 2024");
}

#[test]
fn instants_are_counted_from_1970() {
    assert_eq!(unix_ms("1970-01-01T00:00:00Z"), Some(0));
    assert_eq!(unix_ms("1969-12-31T23:59:59Z"), Some(-1000));
    assert_eq!(unix_ms("2026-11-20T10:05:00Z"), Some(1_795_169_100_000));
    assert_eq!(unix_ms("2000-03-01T00:00:00.123Z"), Some(951_868_800_000));
}

#[test]
fn what_is_no_instant_is_shown_as_it_came() {
    let others = [
        "",
        "soon",
        "2026-13-04T10:15:00Z",
        "2026-12-04T10:15:00+01:00",
        "2026-12-04",
        "２０２６-12-04T10:15:00Z",
    ];
    for text in others {
        assert_eq!(unix_ms(text), None, "{text}");
        assert_eq!(utc(&english(), text, TimeStyle::Day), text);
    }
}

#[test]
fn a_script_has_a_direction() {
    for tag in ["ar", "ar-XB", "he-IL", "fa", "ur-PK", "az-Arab", "ckb"] {
        assert_eq!(dir_of(tag), "rtl", "{tag}");
    }
    for tag in ["en", "en-XA", "de-AT", "ks-Deva", "az", "", "arn"] {
        assert_eq!(dir_of(tag), "ltr", "{tag}");
    }
}

#[test]
fn made_up_languages_keep_keys_and_parameters() {
    for rtl in [false, true] {
        let made_up = Words::from_json(&pseudo(ENGLISH, rtl)).unwrap();
        assert!(made_up.keys().eq(english().keys()));
        for key in english().keys() {
            let params = |words: &Words| -> Vec<String> {
                let text = words.t(key);
                pieces(&text)
                    .filter_map(|it| if let Piece::Param(name) = it { Some(name.to_owned()) } else { None })
                    .collect()
            };
            assert_eq!(params(&made_up), params(&english()), "{key}");
            assert_ne!(made_up.t(key), english().t(key));
        }
    }
}

#[test]
fn the_accented_language_is_a_third_longer_and_in_brackets() {
    let made_up = pseudo(r#"{"k":"Continue {here}"}"#, false);
    let text = Words::from_json(&made_up).unwrap().t("k");
    assert!(text.starts_with("[Çöñţîñüé {here}") && text.ends_with(']'), "{text}");
    assert!(text.chars().count() >= "Continue {here}".len() * 5 / 4);
}

/// Plural rules differ from language to language, so no sentence has a noun that depends on a number.
#[test]
fn a_number_stands_alone() {
    for key in english().keys() {
        let text = english().t(key);
        for number in ["{attempts_left}", "{number}", "{max}", "{total}", "{of}"] {
            if let Some((_, after)) = text.split_once(number) {
                assert!(!after.starts_with(|c: char| c == ' ' && !after.starts_with(" of")), "{key}: {text}");
            }
        }
    }
}

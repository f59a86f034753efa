//! What an abuser would put into an invitation does not get through.

use proptest::prelude::*;

use super::{MessageError, custom_message, defang, single_line, visible};

fn cleaned(text: &str) -> Option<String> {
    custom_message(text).unwrap_or_default()
}

#[test]
fn a_message_keeps_its_words_and_lines() {
    assert_eq!(
        cleaned(" Hi Zoë,\r\n\r\nsee you 👋🏽\ton Monday. \n").as_deref(),
        Some("Hi Zoë,\n\nsee you 👋🏽 on Monday.")
    );
    assert_eq!(cleaned("a\rb\u{2028}c\u{85}d").as_deref(), Some("a\nb\nc\nd"));
    assert_eq!(cleaned("سلام\nשלום").as_deref(), Some("سلام\nשלום"));
}

#[test]
fn a_message_without_anything_visible_is_none() {
    for text in ["", " \r\n\t", "\u{200b}\u{feff}", "\u{202e}\u{2066}\0"] {
        assert_eq!(custom_message(text), Ok(None), "{text:?}");
    }
}

#[test]
fn s118_what_cannot_be_seen_is_removed() {
    let hidden = "\0\u{7}\u{1b}\u{7f}\u{9b}\u{ad}\u{61c}\u{200b}\u{200c}\u{200d}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\
                  \u{2066}\u{2069}\u{feff}\u{3164}\u{e0041}";
    for char in hidden.chars() {
        assert_eq!(cleaned(&format!("pay{char}ment")).as_deref(), Some("payment"), "{char:?}");
        assert_eq!(single_line(&format!("pay{char}ment"), 80), "payment", "{char:?}");
    }
}

#[test]
fn t23_a_message_has_at_most_500_characters() {
    assert!(custom_message(&"ü".repeat(500)).is_ok());
    assert_eq!(custom_message(&"ü".repeat(501)), Err(MessageError::TooLong { chars: 501 }));
    // Counted after the clean-up.
    assert_eq!(cleaned(&format!("{}{}", "\u{200b}".repeat(900), "a".repeat(500))), Some("a".repeat(500)));
}

#[test]
fn s118_t23_links_cannot_be_clicked() {
    let pairs = [
        ("https://evil.example/a?b=c.d", "https[:]//evil[.]example/a?b=c.d"),
        ("HTTP://EVIL.EXAMPLE", "HTTP[:]//EVIL[.]EXAMPLE"),
        ("www.evil.example", "www[.]evil[.]example"),
        ("WWW.a", "WWW[.]a"),
        ("evil.example.1", "evil[.]example[.]1"),
        ("Go to evil.example.", "Go to evil[.]example."),
        ("(evil.example)", "(evil[.]example)"),
        ("//evil.example/x", "//evil[.]example/x"),
        ("evil.example:8080/x", "evil[.]example:8080/x"),
        ("bücher.example", "bücher[.]example"),
        ("пример.рф", "пример[.]рф"),
        ("evil．example", "evil[.]example"),
        ("a.b+c@evil.example", "a.b+c[@]evil[.]example"),
        ("a@localhost", "a[@]localhost"),
        ("mailto:a@evil.example", "mailto[:]a[@]evil[.]example"),
        ("tel:+4930123", "tel[:]+4930123"),
        ("javascript:alert(1)", "javascript[:]alert(1)"),
        ("ftp://10.0.0.1", "ftp[:]//10[.]0[.]0[.]1"),
        ("10.0.0.1/login", "10[.]0[.]0[.]1/login"),
        ("\\\\evil.example\\share", "[\\]\\evil[.]example\\share"),
        ("https://http://evil.example", "https[:]//http[:]//evil[.]example"),
        ("invoice.pdf.zip", "invoice[.]pdf[.]zip"),
    ];
    for (text, expected) in pairs {
        assert_eq!(defang(text), expected);
    }
}

#[test]
fn plain_writing_is_left_alone() {
    let texts = [
        "See you on Monday. Bring 3.5 kg, e.g. of apples...or not!",
        "At 10:30, in room 4.2.1: ask @alice.",
        "Note:this",
        "Mr. O'Neil (v1.2)",
        "ratio 1.000.000",
        "",
        "a . b",
        "今日は。明日も。",
    ];
    for text in texts {
        assert_eq!(defang(text), text);
    }
}

#[test]
fn s118_a_name_in_a_header_stays_one_line() {
    assert_eq!(single_line("Alice\r\nBcc: victim@x.example", 80), "Alice Bcc: victim@x.example");
    assert_eq!(single_line("Alice\n\n\tSmith\u{2028} \u{85}PhD ", 80), "Alice Smith PhD");
    assert_eq!(single_line("\r\n \t", 80), "");
}

#[test]
fn s118_a_name_holds_no_encoded_word() {
    for text in ["=?utf-8?q?Bank?=", "=\u{200b}?utf-8?q?Bank?\u{200b}=", "=?=?=?="] {
        let line = single_line(text, 80);
        assert!(!line.contains("=?") && !line.contains("?="), "{line}");
    }
}

#[test]
fn a_long_name_is_cut_and_says_so() {
    assert_eq!(single_line("Contoso", 7), "Contoso");
    assert_eq!(single_line("Contoso", 6), "Conto…");
    assert_eq!(single_line("Con toso", 5), "Con…");
    assert_eq!(single_line("Contoso", 1), "…");
    assert_eq!(single_line("Contoso", 0), "");
}

/// Whether some label follows a label `www`.
fn has_www(text: &str) -> bool {
    text.split(|char: char| !(char.is_alphanumeric() || "-_.".contains(char))).any(|word| {
        let labels: Vec<&str> = word.split('.').collect();
        labels.windows(2).any(|pair| pair[0] == "www" && !pair[1].is_empty())
    })
}

/// Whether some dot stands between a word and what might be a top-level domain.
fn has_domain(text: &str) -> bool {
    let chars: Vec<char> = text.chars().collect();
    chars.windows(4).any(|near| {
        near[0].is_alphanumeric() && near[1] == '.' && near[2].is_alphabetic() && near[3].is_alphanumeric()
    })
}

#[test]
fn s118_a_value_is_what_is_seen_of_it() {
    for (given, seen) in [
        (" Ana\t", "Ana"),
        ("\u{202e}Ana\u{200b}\u{feff} Ruiz\u{2069}", "Ana Ruiz"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("\u{200d}Ana\u{200c} ", "Ana"),
        ("\u{200d}\u{3164}\u{200b}\u{2800}", ""),
        ("two\nlines", "two\nlines"),
    ] {
        assert_eq!(visible(given), seen, "{given:?}");
        assert_eq!(visible(seen), seen);
    }
}

proptest! {
    #[test]
    fn s118_nothing_clickable_is_left(text in "([a-c1./:@\\\\ é-]|www){0,20}") {
        let safe = defang(&text);
        prop_assert!(!safe.contains("://"), "{safe}");
        prop_assert!(!has_domain(&safe) && !has_www(&safe), "{safe}");
        prop_assert_eq!(defang(&safe), safe);
    }

    #[test]
    fn defanging_any_text_twice_is_as_once_and_loses_nothing(text in "\\PC{0,40}") {
        let safe = defang(&text);
        prop_assert_eq!(defang(&safe), safe.clone());
        let bare = |text: &str| text.replace(['[', ']'], "").replace(['\u{ff0e}', '\u{2024}'], ".");
        prop_assert_eq!(bare(&safe), bare(&text));
    }

    #[test]
    fn s118_any_name_becomes_one_short_visible_line(text in any::<String>(), max in 0_usize..40) {
        let line = single_line(&text, max);
        prop_assert!(line.chars().count() <= max);
        prop_assert!(!line.chars().any(char::is_control));
        prop_assert_eq!(line.trim(), &line);
    }
}

//! Which texts are addresses, and which two are one mailbox (T05).
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization as _;

use super::{AddressError, EmailAddress, characters};

fn key(text: &str) -> String {
    EmailAddress::parse(text).unwrap().key().to_owned()
}

fn refusal(text: &str) -> AddressError {
    EmailAddress::parse(text).unwrap_err()
}

#[test]
fn t05_ascii_case_is_the_same_mailbox() {
    assert_eq!(key("Alice@Partner.Example"), "alice@partner.example");
    assert_eq!(EmailAddress::parse("A@x.example"), EmailAddress::parse("a@X.EXAMPLE"));
    assert_eq!(key("  a@x.example\r\n"), key("a@x.example"));
}

#[test]
fn t05_a_domain_and_its_a_label_are_the_same() {
    assert_eq!(key("a@bücher.example"), "a@xn--bcher-kva.example");
    assert_eq!(key("a@BÜCHER.example"), key("a@XN--BCHER-KVA.example"));
    assert_eq!(key("a@bu\u{308}cher.example"), key("a@bücher.example"));
    assert_eq!(key("иван@пример.рф"), "иван@xn--e1afmkfd.xn--p1ai");
}

#[test]
fn t05_composed_and_decomposed_letters_are_the_same() {
    assert_eq!(key("zoe\u{308}@x.example"), key("zoë@x.example"));
    assert_ne!(key("zoë@x.example"), key("zoe@x.example"));
}

#[test]
fn t05_nothing_else_is_folded() {
    let pairs = [
        ("a+1@x.example", "a@x.example"),
        ("a.b@x.example", "ab@x.example"),
        ("É@x.example", "é@x.example"),
        ("maı@x.example", "mai@x.example"),
        ("a@gmàil.example", "a@gmail.example"),
        ("a@straße.example", "a@strasse.example"),
        ("a@sub.x.example", "a@x.example"),
        ("a-b@x.example", "a_b@x.example"),
    ];
    for (one, other) in pairs {
        assert_ne!(key(one), key(other), "{one} {other}");
    }
}

#[test]
fn t05_what_looks_like_another_address_is_refused_as_that() {
    let look_alikes = [
        ("\u{212a}im@x.example", AddressError::LookAlikeCharacter),
        ("a@ban\u{212a}.example", AddressError::LookAlikeCharacter),
        ("ſam@x.example", AddressError::LookAlikeCharacter),
        ("a@ſam.example", AddressError::LookAlikeCharacter),
        ("ａdmin@x.example", AddressError::LookAlikeCharacter),
        ("a@ｇmail.example", AddressError::LookAlikeCharacter),
        ("a＠x.example", AddressError::LookAlikeCharacter),
        ("a@x．example", AddressError::LookAlikeCharacter),
        ("a@gmai\u{307}l.example", AddressError::LookAlikeCharacter),
        ("a@xn--gmail-bgd.example", AddressError::LookAlikeCharacter),
        ("e\u{301}\u{301}@x.example", AddressError::LookAlikeCharacter),
        ("аlice@x.example", AddressError::MixedScriptLocalPart),
        ("a@pаrtner.example", AddressError::MixedScriptDomain),
        ("a@аррӏе.example", AddressError::LookAlikeDomain),
        ("a@xn--80ak6aa92e.example", AddressError::LookAlikeDomain),
        ("a@gmaıl.example", AddressError::LookAlikeDomain),
        ("a@xn--gmal-nza.example", AddressError::LookAlikeDomain),
        ("a@ɡoogle.example", AddressError::LookAlikeCharacter),
        ("a\u{200b}b@x.example", AddressError::LookAlikeCharacter),
        ("a\u{202e}b@x.example", AddressError::LookAlikeCharacter),
        ("a\u{ad}@x.example", AddressError::LookAlikeCharacter),
        ("a@x\u{ad}y.example", AddressError::LookAlikeCharacter),
    ];
    for (text, why) in look_alikes {
        let found = refusal(text);
        assert_eq!(found, why, "{text}");
        assert!(found.is_confusable(), "{text}");
    }
}

#[test]
fn t05_no_accepted_character_is_replaced_by_compatibility_normalization() {
    let accepted = ('\u{80}'..=char::MAX).filter(|char| characters::check(&char.to_string()).is_ok());
    let mut count = 0;
    for char in accepted {
        count += 1;
        assert!(char.nfc().eq(char.nfkc()), "{char:?}");
    }
    assert!(count > 30_000, "{count}");
}

#[test]
fn t05_syntax_that_parsers_disagree_on_is_refused() {
    let refused = [
        ("", AddressError::Empty),
        (" \t", AddressError::Empty),
        ("alice", AddressError::NoAt),
        ("@x.example", AddressError::EmptyLocalPart),
        ("a@b@x.example", AddressError::SeveralAt),
        ("a@@x.example", AddressError::SeveralAt),
        ("\"a\"@x.example", AddressError::QuotedLocalPart),
        ("\"a@b\"@x.example", AddressError::QuotedLocalPart),
        ("a(b)@x.example", AddressError::Comment),
        ("a@(b)x.example", AddressError::Comment),
        ("=?utf-8?q?a=40evil.example=3e?=@x.example", AddressError::EncodedWord),
        ("a%0a@x.example", AddressError::SourceRoute),
        ("victim%evil.example@x.example", AddressError::SourceRoute),
        ("evil!a@x.example", AddressError::SourceRoute),
        ("a b@x.example", AddressError::WhitespaceOrControl),
        ("a@x.example\r\nBcc: b@x.example", AddressError::WhitespaceOrControl),
        ("a\0@x.example", AddressError::WhitespaceOrControl),
        ("a\u{a0}b@x.example", AddressError::WhitespaceOrControl),
        (".a@x.example", AddressError::MisplacedDot),
        ("a.@x.example", AddressError::MisplacedDot),
        ("a..b@x.example", AddressError::MisplacedDot),
        ("<a@x.example>", AddressError::UnsupportedCharacter),
        ("a,b@x.example", AddressError::UnsupportedCharacter),
        ("a\\b@x.example", AddressError::UnsupportedCharacter),
        ("a@x。example", AddressError::UnsupportedCharacter),
        ("😀@x.example", AddressError::UnsupportedCharacter),
    ];
    for (text, why) in refused {
        assert_eq!(refusal(text), why, "{text}");
        assert!(!why.is_confusable(), "{text}");
    }
}

#[test]
fn t05_a_domain_is_a_name_with_a_dot() {
    let refused = [
        ("a@", AddressError::InvalidDomain),
        ("a@localhost", AddressError::SingleLabelDomain),
        ("a@x.example.", AddressError::TrailingDot),
        ("a@.example", AddressError::InvalidDomain),
        ("a@x..example", AddressError::InvalidDomain),
        ("a@-x.example", AddressError::InvalidDomain),
        ("a@x-.example", AddressError::InvalidDomain),
        ("a@x_y.example", AddressError::InvalidDomain),
        ("a@x/y.example", AddressError::InvalidDomain),
        ("a@x%2eexample.example", AddressError::InvalidDomain),
        ("a@xn--a.example", AddressError::InvalidDomain),
        ("a@xn--.example", AddressError::InvalidDomain),
        ("a@[127.0.0.1]", AddressError::IpLiteral),
        ("a@[IPv6:::1]", AddressError::IpLiteral),
        ("a@127.0.0.1", AddressError::IpLiteral),
        ("a@1.0x7f", AddressError::IpLiteral),
        (&format!("a@{}.example", "x".repeat(64)), AddressError::InvalidDomain),
    ];
    for (text, why) in refused {
        assert_eq!(refusal(text), why, "{text}");
    }
}

#[test]
fn lengths_are_those_of_smtp() {
    let of = |local: usize, labels: usize| {
        format!("{}@{}example", "l".repeat(local), "0123456789.".repeat(labels))
    };
    assert!(EmailAddress::parse(&of(64, 16)).is_ok());
    assert_eq!(refusal(&of(65, 1)), AddressError::LocalPartTooLong);
    assert_eq!(of(60, 17).len(), 255);
    assert!(EmailAddress::parse(&of(59, 17)).is_ok());
    assert_eq!(refusal(&of(60, 17)), AddressError::TooLong);
    // 33 characters of two bytes each.
    assert_eq!(refusal(&format!("{}@x.example", "é".repeat(33))), AddressError::LocalPartTooLong);
    // Short as typed, too long as A-labels.
    let short = format!("{}@{}example", "l".repeat(10), "ü.".repeat(30));
    assert!(short.len() < 128);
    assert_eq!(refusal(&short), AddressError::TooLong);
}

#[test]
fn s110_an_address_that_composition_makes_too_long_is_refused() {
    // Each of these is three bytes, and six once it is composed.
    let label = "\u{958}".repeat(12);
    let text = format!("a@{label}.{label}.{label}.{label}.example");
    assert!(text.len() < 254);
    assert_eq!(refusal(&text), AddressError::TooLong);
}

#[test]
fn everyday_addresses_pass() {
    let addresses = [
        "alice@partner.example",
        "a+tag@partner.example",
        "o'brien@partner.example",
        "first.last@sub.partner.example",
        "_x-1@partner.example",
        "jürgen@müller.example",
        "færch@mærsk.example",
        "ana@señor.example",
        "łukasz@łódź.example",
        "şule@ışık.example",
        "иван@почта.example",
        "δοκιμή@παράδειγμα.example",
        "用户@例子.example",
        "ユーザー名@日本語カナ.example",
        "사용자@한국.example",
        "محمد@مثال.example",
        "דוד@דוגמה.example",
        "a@3com.example",
        "a@1and1.example",
        "a@ab--cd.example",
    ];
    for text in addresses {
        assert_eq!(
            EmailAddress::parse(text).map(|address| address.display().to_owned()),
            Ok(text.to_owned())
        );
    }
}

#[test]
fn the_parts_are_told_apart() {
    let address = EmailAddress::parse(" Alice@Bücher.Example ").unwrap();
    assert_eq!(address.display(), "Alice@Bücher.Example");
    assert_eq!(address.local(), "Alice");
    assert_eq!(address.domain(), "xn--bcher-kva.example");
}

#[test]
fn a_masked_address_tells_neither_name_nor_length() {
    let masked = |text| EmailAddress::parse(text).unwrap().masked();
    assert_eq!(masked("alice@partner.example"), "a•••@partner.example");
    assert_eq!(masked("a@partner.example"), "a•••@partner.example");
    assert_eq!(format!("{:?}", EmailAddress::parse("alice@x.example")), "Ok(EmailAddress(a•••@x.example))");
}

#[test]
fn an_address_is_checked_when_it_is_deserialized() {
    let address: EmailAddress = serde_json::from_str("\"Alice@x.example\"").unwrap();
    assert_eq!(serde_json::to_string(&address).unwrap(), "\"Alice@x.example\"");
    assert!(serde_json::from_str::<EmailAddress>("\"a@b@x.example\"").is_err());
}

proptest! {
    #[test]
    fn what_is_stored_of_an_accepted_text_is_read_again(text in "[\u{930}-\u{95f}a-c]{1,40}@([\u{930}-\u{95f}]{1,20}\\.){1,6}example") {
        if let Ok(address) = EmailAddress::parse(&text) {
            let again = EmailAddress::parse(address.display());
            prop_assert_eq!(again.as_ref().map(EmailAddress::display), Ok(address.display()));
        }
    }

    #[test]
    fn an_accepted_text_has_a_stable_plain_key(text in "\\PC{1,12}@\\PC{1,8}\\.[a-zà-ž]{2,5}") {
        if let Ok(address) = EmailAddress::parse(&text) {
            prop_assert_eq!(EmailAddress::parse(address.display()).map(|again| again.key().to_owned()), Ok(address.key().to_owned()));
            prop_assert_eq!(EmailAddress::parse(address.key()).map(|again| again.key().to_owned()), Ok(address.key().to_owned()));
            prop_assert!(address.domain().is_ascii());
            prop_assert_eq!(address.key().matches('@').count(), 1);
        }
    }
}

//! Secrets have one spelling, cannot be seen, and weak ones are refused.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::{MasterKey, SecretString, Token, WeakSecret};
use crate::{
    ports::EntropyError,
    testing::{FailingEntropy, SeededEntropy},
};

/// Valid, and nobody's: 32 bytes that were drawn for this test.
const GOOD: &str = "q0Zr3mXv8T1yKp6WcJd9uHs2LbEg7NfA4oVtRiYxQ5k=";

fn master(text: &str) -> Result<MasterKey, WeakSecret> {
    MasterKey::from_text(&SecretString::new(text.to_owned()))
}

#[test]
fn a_token_is_read_back_from_its_text() {
    let token = Token::generate(&SeededEntropy::new(1)).unwrap();
    let text = token.reveal();
    assert_eq!(text.len(), 43);
    assert_eq!(Token::parse(&text).unwrap().hash(), token.hash());
}

#[test]
fn a_token_hash_is_the_sha_256_of_its_bytes() {
    let zero = Token::parse(&"A".repeat(43)).unwrap();
    assert_eq!(zero.hash().as_str(), "66687aadf862bd776c8fc18b8e9f8e20089714856ee233b3902a591d0d5f2925");
}

#[test]
fn a_token_has_one_spelling() {
    let zero = "A".repeat(42);
    assert!(Token::parse(&format!("{zero}A")).is_ok());
    // `B` differs from `A` in bits that no byte holds.
    for text in
        ["", &zero, &format!("{zero}B"), &format!("{zero}A="), &format!("{zero}AA"), &format!(" {zero}A")]
    {
        assert!(Token::parse(text).is_err(), "{text}");
    }
    let standard_alphabet = format!("{}A", "+".repeat(42));
    assert!(Token::parse(&standard_alphabet).is_err());
    assert!(Token::parse(&standard_alphabet.replace('+', "-")).is_ok());
}

#[test]
fn without_randomness_there_is_no_token() {
    assert_eq!(Token::generate(&FailingEntropy).unwrap_err(), EntropyError);
}

#[test]
fn s95_secrets_cannot_be_seen() {
    let token = Token::generate(&SeededEntropy::new(1)).unwrap();
    assert_eq!(format!("{token:?}"), "Token([redacted])");
    assert_eq!(format!("{:?}", SecretString::new(GOOD.to_owned())), "SecretString([redacted])");
    assert_eq!(format!("{:?}", master(GOOD).unwrap()), "MasterKey([redacted])");
}

#[test]
fn s122_weak_master_secrets_are_refused() {
    let refused = [
        ("", WeakSecret::Missing),
        ("  \n", WeakSecret::Missing),
        ("changeme", WeakSecret::TooShort { bytes: 8 }),
        ("secret", WeakSecret::TooShort { bytes: 6 }),
        (&GOOD[..31], WeakSecret::TooShort { bytes: 31 }),
        (&format!("   {}   ", &GOOD[..31]), WeakSecret::TooShort { bytes: 31 }),
        (&"a".repeat(64), WeakSecret::TooRegular),
        (&"abcdefg".repeat(6), WeakSecret::TooRegular),
        ("changeme-changeme-changeme-changeme", WeakSecret::TooRegular),
        ("0123456789abcdef0123456789abcdef", WeakSecret::TooRegular),
        ("1121231234123451234561234567123456712345", WeakSecret::TooRegular),
        ("abcdefghijklmnopqrstuvwxyz0123456789", WeakSecret::WellKnown),
        ("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", WeakSecret::WellKnown),
        ("please-change-this-example-master-secret", WeakSecret::WellKnown),
        ("replace_me_with_a_random_string_please", WeakSecret::WellKnown),
        ("insecure-development-secret-vestibule", WeakSecret::WellKnown),
    ];
    for (text, why) in refused {
        assert_eq!(master(text).unwrap_err(), why, "{text}");
    }
}

#[test]
fn s122_a_refusal_says_what_to_set_and_does_not_repeat_the_text() {
    for text in ["", "tiny-canary", &"canary".repeat(9), "please-change-this-example-master-secret"] {
        let message = master(text).unwrap_err().to_string();
        assert!(message.contains("openssl rand -base64 32"), "{message}");
        assert!(!message.contains("canary") && !message.contains("please"), "{message}");
    }
}

#[test]
fn s122_random_secrets_of_the_usual_kinds_pass() {
    let hex = "9f86d081884c7d659a2feaa0c55ad015";
    for text in [GOOD, hex, "correct horse battery staple under a violet umbrella"] {
        assert!(master(text).is_ok(), "{text}");
    }
}

#[test]
fn a_derived_key_depends_on_secret_and_purpose_and_on_nothing_else() {
    let key = master(GOOD).unwrap();
    assert_eq!(key.derive("code"), master(&format!("\n{GOOD} ")).unwrap().derive("code"));
    assert_ne!(key.derive("code"), key.derive("outbox"));
    assert_ne!(key.derive("code"), master(&GOOD.replace('q', "r")).unwrap().derive("code"));
}

#[test]
fn derivation_is_hkdf_sha256() {
    // By `openssl kdf` with salt "vestibule master key 1", info "code" and 32 bytes.
    let expected = [
        0x54, 0x61, 0x94, 0x2f, 0x66, 0x5d, 0xc2, 0x47, 0x93, 0xa0, 0x17, 0xf9, 0xc3, 0x48, 0xb3, 0x36, 0x88,
        0xa9, 0xf4, 0x6b, 0x6b, 0x05, 0xe5, 0x3f, 0x07, 0x5d, 0xd2, 0xb1, 0xa8, 0x40, 0x1b, 0xb3,
    ];
    assert_eq!(master(GOOD).unwrap().derive("code"), expected);
}

proptest! {
    #[test]
    fn a_text_that_is_a_token_is_the_text_of_that_token(text in "[A-Za-z0-9_-]{43}") {
        if let Ok(token) = Token::parse(&text) {
            prop_assert_eq!(token.reveal(), text);
        }
    }
}

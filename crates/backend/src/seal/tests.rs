//! Sealing and opening.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::testing::{FailingEntropy, SeededEntropy};

use super::{SealError, Sealer};

#[test]
fn what_is_sealed_opens_only_with_the_same_key_and_purpose() {
    let entropy = SeededEntropy::new(1);
    let sealer = Sealer::new(&[7; 32]);
    let text = sealer.seal(&entropy, "mail 1", b"code 12345678").unwrap();
    assert_eq!(sealer.open("mail 1", &text).unwrap(), b"code 12345678");
    assert_eq!(sealer.open("mail 2", &text), Err(SealError::Refused));
    assert_eq!(Sealer::new(&[8; 32]).open("mail 1", &text), Err(SealError::Refused));
}

#[test]
fn the_same_text_never_looks_the_same() {
    let entropy = SeededEntropy::new(1);
    let sealer = Sealer::new(&[7; 32]);
    assert_ne!(sealer.seal(&entropy, "p", b"x").unwrap(), sealer.seal(&entropy, "p", b"x").unwrap());
}

#[test]
fn every_changed_character_is_noticed() {
    let sealer = Sealer::new(&[7; 32]);
    let text = sealer.seal(&SeededEntropy::new(1), "p", b"secret").unwrap();
    for place in 0..text.len() {
        let mut changed = text.clone().into_bytes();
        changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(sealer.open("p", &changed), Err(SealError::Refused), "character {place}");
    }
    for hostile in ["", "A", "====", "not base64 \u{1f600}", &text[..20], &format!("{text}A")] {
        assert_eq!(sealer.open("p", hostile), Err(SealError::Refused), "{hostile}");
    }
}

#[test]
fn without_randomness_nothing_is_sealed() {
    let text = Sealer::new(&[7; 32]).seal(&FailingEntropy, "p", b"x");
    assert!(matches!(text, Err(SealError::Entropy(_))));
}

#[test]
fn s112_a_sealer_does_not_print_its_key() {
    assert_eq!(format!("{:?}", Sealer::new(&[7; 32])), "Sealer([redacted])");
}

//! A letter on its way through the outbox.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::address::EmailAddress;
use vestibule_domain::testing::SeededEntropy;

use super::{Delivery, Letter};
use crate::seal::Sealer;

/// A letter for tests of other modules.
pub(in crate::mail) fn letter(to: &str) -> Letter {
    Letter {
        to: EmailAddress::parse(to).unwrap(),
        cc: None,
        copy: false,
        delivery: Delivery::Send,
        from_name: "Contoso via Vestibule".to_owned(),
        reply_to: None,
        subject: "Your code for Contoso".to_owned(),
        text: "12345678\n".to_owned(),
        html: "<p>12345678</p>".to_owned(),
        language: "en".to_owned(),
        unsubscribe: None,
    }
}

#[test]
fn a_letter_waits_sealed_and_opens_whole() {
    let sealer = Sealer::new(&[1; 32]);
    let mut letter = letter("ana@partner.example");
    letter.cc = Some(EmailAddress::parse("lead@host.example").unwrap());
    let text = letter.seal(&sealer, &SeededEntropy::new(1)).unwrap();
    assert!(!text.contains("partner") && !text.contains("12345678"));
    assert_eq!(Letter::open(&sealer, &text).unwrap(), letter);
    assert!(Letter::open(&Sealer::new(&[2; 32]), &text).is_err());
    let other = sealer.seal(&SeededEntropy::new(1), "something else", b"{}").unwrap();
    assert!(Letter::open(&sealer, &other).is_err());
}

#[test]
fn s112_a_letter_does_not_print_what_it_says() {
    let shown = format!("{:?}", letter("ana@partner.example"));
    assert!(!shown.contains("12345678") && !shown.contains("ana@"), "{shown}");
}

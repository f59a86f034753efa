//! What these mails say, and what they never hold.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use vestibule_domain::account::Account;
use vestibule_domain::time::Timestamp;
use vestibule_storage::sign_ups::State;

use super::*;
use crate::config::tests::sample;
use crate::mail::compose::tests::{bodies, contoso};

fn sign_up() -> SignUp {
    let at = |text| Timestamp::parse_rfc3339(text).unwrap();
    SignUp {
        organization: "contoso".to_owned(),
        id: "1".to_owned(),
        user_flow: "suppliers".to_owned(),
        account: Account::of_mailbox(EmailAddress::parse("zoe@supplier.example").unwrap()),
        attributes: BTreeMap::from([("displayName".to_owned(), "Zoë of the secret project".to_owned())]),
        locale: "en".to_owned(),
        reference: "S-4K7Q".to_owned(),
        agreed_at: at("2026-11-20T09:59:00Z"),
        agreed_name: None,
        state: State::Waiting,
        asked_at: at("2026-11-20T10:00:00Z"),
        expires_at: at("2026-12-04T10:00:00Z"),
        decided_at: None,
        decided_by: None,
        reason: None,
        user: None,
    }
}

#[test]
fn who_decides_is_told_who_asks_and_where_and_nothing_that_was_filled_in() {
    let (to, sign_up) = (EmailAddress::parse("mira@contoso.example").unwrap(), sign_up());
    let link = "https://guests.example/desk/signups?organization=contoso";
    let letter =
        compose_asked(&Asked { to: &to, organization: &contoso(), sign_up: &sign_up, link }, &sample(""));
    assert_eq!(letter.subject, "zoe@supplier.example wants to join Contoso");
    for (name, body) in bodies(&letter) {
        assert!(body.contains("zoe@supplier.example") && body.contains("S-4K7Q"), "{name}");
        assert!(!body.contains("secret project") && !body.contains("mail."), "{name}: {body}");
    }
    assert_eq!(letter.text.matches("https://").count(), 1);
}

#[test]
fn s118_who_asked_is_told_how_it_was_decided_and_the_reason_holds_no_link() {
    let sign_up = sign_up();
    let reason = "See https://evil.example <b>now</b>";
    let link = Some("https://guests.example/?organization=contoso");
    for (verdict, link, subject) in [
        (Verdict::Approved, link, "You are in at Contoso"),
        (Verdict::Refused, None, "Contoso did not let you in"),
        (Verdict::Unanswered, link, "Contoso has not answered you"),
    ] {
        let told = Told { organization: &contoso(), sign_up: &sign_up, verdict, link, reason };
        let letter = compose_told(&told, &sample(""));
        assert_eq!((letter.subject.as_str(), letter.to.display()), (subject, "zoe@supplier.example"));
        assert_eq!(letter.text.matches("https://").count(), usize::from(link.is_some()), "{}", letter.text);
        for (name, body) in bodies(&letter) {
            assert!(!body.contains("//evil.example") && !body.contains("mail."), "{name}: {body}");
        }
        assert!(!letter.html.contains("<b>"));
    }
}

//! Mails in memory.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;

use super::{Inbox, KEPT};
use crate::mail::letter::tests::letter;
use crate::mail::message::{Origin, message};
use crate::mail::transport::Outgoing;

fn deliver(inbox: &Inbox, id: &str) {
    let origin =
        Origin { address: EmailAddress::parse("guests@example.org").unwrap(), host: "h.example".to_owned() };
    let mut letter = letter("ana@partner.example");
    letter.cc = Some(EmailAddress::parse("lead@host.example").unwrap());
    let message = message(&origin, id, Timestamp(0), &letter).unwrap();
    inbox.take(&Outgoing { id, at: Timestamp(0), letter: &letter, message });
}

#[test]
fn a_mail_lies_there_as_it_would_have_been_sent() {
    let inbox = Inbox::default();
    deliver(&inbox, "one");
    deliver(&inbox.clone(), "two");
    let entries = inbox.entries();
    let ids: Vec<&str> = entries.iter().map(|entry| entry.id.as_str()).collect();
    assert_eq!(ids, ["two", "one"]);
    let entry = &entries[0];
    assert_eq!(entry.to, ["ana@partner.example"]);
    assert!(entry.headers.contains(&("Cc".to_owned(), "lead@host.example".to_owned())));
    assert_eq!(entry.from, "\"Contoso via Vestibule\" <guests@example.org>");
    assert_eq!((entry.subject.as_str(), entry.text.as_str()), ("Your code for Contoso", "12345678\n"));
    assert!(entry.headers.contains(&("Auto-Submitted".to_owned(), "auto-generated".to_owned())));
    assert_eq!(serde_json::to_value(entry).unwrap()["at"], "1970-01-01T00:00:00Z");
}

#[test]
fn old_mails_make_room() {
    let inbox = Inbox::default();
    for number in 0..=KEPT {
        deliver(&inbox, &number.to_string());
    }
    let entries = inbox.entries();
    assert_eq!((entries.len(), entries[0].id.as_str(), entries[KEPT - 1].id.as_str()), (KEPT, "200", "1"));
}

#[test]
fn s112_a_mailbox_does_not_print_its_mails() {
    let inbox = Inbox::default();
    deliver(&inbox, "one");
    assert_eq!(format!("{inbox:?}"), "Inbox(1 mails)");
}

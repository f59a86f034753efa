//! Letters as messages, hostile ones above all.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;

use super::{Origin, message};
use crate::mail::letter::Letter;
use crate::mail::letter::tests::letter;

/// 2026-11-20T10:15:00Z.
const NOW: Timestamp = Timestamp(1_795_169_700_000);

fn origin() -> Origin {
    Origin { address: EmailAddress::parse("guests@example.org").unwrap(), host: "guests.example".to_owned() }
}

fn formatted(letter: &Letter) -> String {
    let message = message(&origin(), "0193", NOW, letter).unwrap();
    String::from_utf8(message.formatted()).unwrap()
}

/// The head, one field a line.
fn head(letter: &Letter) -> Vec<String> {
    let text = formatted(letter);
    let head = text.split("\r\n\r\n").next().unwrap().replace("\r\n ", " ");
    head.split("\r\n").map(str::to_owned).collect()
}

#[test]
fn a_message_has_the_fields_that_it_needs() {
    let mut letter = letter("ana@partner.example");
    letter.cc = Some(EmailAddress::parse("lead@host.example").unwrap());
    letter.reply_to = Some(EmailAddress::parse("ben@contoso.example").unwrap());
    let head = head(&letter);
    for field in [
        "Date: Fri, 20 Nov 2026 10:15:00 +0000",
        "Message-ID: <0193@guests.example>",
        "From: \"Contoso via Vestibule\" <guests@example.org>",
        "To: ana@partner.example",
        "Cc: lead@host.example",
        "Reply-To: ben@contoso.example",
        "Subject: Your code for Contoso",
        "Auto-Submitted: auto-generated",
        "Content-Language: en",
        "MIME-Version: 1.0",
    ] {
        assert!(head.iter().any(|line| line == field), "{field} in {head:#?}");
    }
    assert!(head.iter().any(|line| line.starts_with("Content-Type: multipart/alternative;")));
}

#[test]
fn t23_t32_a_mail_program_can_end_it_by_one_click() {
    let mut letter = letter("ana@partner.example");
    assert!(!formatted(&letter).contains("List-Unsubscribe"));
    let url = format!("https://guests.example/unsubscribe/{}", "x".repeat(400));
    letter.unsubscribe = Some(url.clone());
    let head = head(&letter);
    for field in
        [format!("List-Unsubscribe: <{url}>"), "List-Unsubscribe-Post: List-Unsubscribe=One-Click".to_owned()]
    {
        assert!(head.contains(&field), "{field} in {head:#?}");
    }
}

#[test]
fn a_copy_goes_to_whom_it_is_for_alone_and_says_so_openly() {
    let mut letter = letter("ana@partner.example");
    letter.cc = Some(EmailAddress::parse("lead@host.example").unwrap());
    for (copy, recipient) in [(false, "ana@partner.example"), (true, "lead@host.example")] {
        letter.copy = copy;
        let message = message(&origin(), "0193", NOW, &letter).unwrap();
        let to: Vec<String> = message.envelope().to().iter().map(ToString::to_string).collect();
        assert_eq!(to, [recipient]);
        let head = head(&letter).join("\n");
        assert!(head.contains("To: ana@partner.example") && head.contains("Cc: lead@host.example"), "{head}");
    }
}

#[test]
fn f02_the_same_mail_is_the_same_message() {
    let letter = letter("ana@partner.example");
    assert_eq!(formatted(&letter), formatted(&letter));
}

#[test]
fn s118_no_text_adds_a_field_or_a_recipient() {
    let hostile = "x\r\nBcc: victim@evil.example\r\n\r\nbody\n\u{2028}Subject: other\0";
    let mut letter = letter("ana@partner.example");
    letter.from_name = hostile.to_owned();
    letter.subject = hostile.to_owned();
    letter.language = hostile.to_owned();
    let message = message(&origin(), "0193", NOW, &letter).unwrap();
    let to: Vec<String> = message.envelope().to().iter().map(ToString::to_string).collect();
    assert_eq!(to, ["ana@partner.example"]);
    assert_eq!(message.envelope().from().unwrap().to_string(), "guests@example.org");
    let fields: Vec<String> =
        head(&letter).iter().map(|line| line.split(':').next().unwrap().to_owned()).collect();
    assert_eq!(fields.iter().filter(|name| *name == "Subject").count(), 1);
    assert!(!fields.contains(&"Bcc".to_owned()), "{fields:?}");
}

#[test]
fn s118_an_encoded_word_in_a_name_is_not_decoded_by_anybody() {
    let mut letter = letter("ana@partner.example");
    letter.from_name = "=?utf-8?q?=0d=0aBcc:_victim=40evil.example?=".to_owned();
    letter.subject = letter.from_name.clone();
    let text = head(&letter).join("\n");
    assert!(!text.contains("=?utf-8?q?=0d"), "{text}");
}

#[test]
fn names_and_subjects_of_all_languages_are_carried() {
    let mut letter = letter("ana@partner.example");
    letter.from_name = "Zoë \"Z\" <z>, 漢字".to_owned();
    letter.subject = "Приглашение: 漢字".to_owned();
    assert!(head(&letter).iter().all(|line| line.is_ascii()));
}

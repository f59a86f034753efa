//! What a mail with a code says, and what it never holds.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::address::EmailAddress;
use vestibule_domain::code::Code;
use vestibule_domain::time::Timestamp;
use vestibule_storage::organizations::Organization;

use super::{CodeMail, compose};
use crate::config::tests::sample;
use crate::flows::state::Goal;
use crate::mail::compose::tests::{bodies, contoso};
use crate::mail::letter::Letter;

fn mail(organization: Option<&Organization>, goal: Goal) -> Letter {
    let (to, code) =
        (EmailAddress::parse("ana@partner.example").unwrap(), Code::read_typed("12345678", 8).unwrap());
    let expires_at = Timestamp::parse_rfc3339("2026-11-20T10:25:00Z").unwrap();
    let provider = None;
    compose(&CodeMail { to: &to, organization, code: &code, expires_at, goal, provider }, &sample(""))
}

#[test]
fn s51_s52_it_says_whose_account_it_lets_in() {
    let (to, code) =
        (EmailAddress::parse("ana@partner.example").unwrap(), Code::read_typed("12345678", 8).unwrap());
    let expires_at = Timestamp::parse_rfc3339("2026-11-20T10:25:00Z").unwrap();
    let provider = Some("<Evil> account http://evil.example");
    let mail =
        CodeMail { to: &to, organization: None, code: &code, expires_at, goal: Goal::SignIn, provider };
    let letter = compose(&mail, &sample(""));
    for (name, body) in bodies(&letter) {
        assert!(body.contains("gets in as you") && !body.contains("http://"), "{name}: {body}");
    }
    assert!(!letter.html.contains("<Evil>"));
}

#[test]
fn the_code_stands_in_one_piece_and_not_in_the_subject() {
    let letter = mail(Some(&contoso()), Goal::Redeem);
    assert_eq!(letter.subject, "Your code for Contoso");
    for (name, body) in bodies(&letter) {
        assert_eq!(body.matches("12345678").count(), 1, "{name}");
    }
    assert!(letter.text.contains("\n\n12345678\n\n"));
    insta::assert_snapshot!("code_text", letter.text);
    insta::assert_snapshot!("code_html", letter.html);
}

#[test]
fn t32_a_code_mail_has_no_link_at_all() {
    for organization in [Some(&contoso()), None] {
        for goal in [Goal::Redeem, Goal::Decline, Goal::SignIn, Goal::Link] {
            let letter = mail(organization, goal);
            for (name, body) in bodies(&letter) {
                for link in ["http", "href", "src=", "url(", "mailto:"] {
                    assert!(!body.contains(link), "{name}: {link}");
                }
                assert!(body.contains("guests.example"), "{name} says where the code belongs");
            }
        }
    }
}

#[test]
fn without_an_organization_the_service_speaks() {
    let letter = mail(None, Goal::SignIn);
    assert_eq!((letter.subject.as_str(), letter.from_name.as_str()), ("Your sign-in code", "Vestibule"));
    assert!(letter.reply_to.is_none() && letter.cc.is_none());
    for (name, body) in bodies(&letter) {
        assert!(!body.contains('{') || name == "html", "{name} has a gap: {body}");
        assert!(!body.contains("mail."), "{name} lacks a word: {body}");
    }
}

#[test]
fn s118_an_organizations_name_stays_a_name() {
    let mut hostile = contoso();
    hostile.name = "<b>Evil</b>\r\nBcc: x\n http://evil.example".to_owned();
    let letter = mail(Some(&hostile), Goal::SignIn);
    assert!(!letter.subject.contains(['\r', '\n']) && !letter.from_name.contains(['\r', '\n']));
    assert!(!letter.html.contains("<b>"));
    for (name, body) in bodies(&letter) {
        assert!(!body.contains("http://"), "{name}");
    }
}

//! What an invitation says, with friendly and with hostile texts in it.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::address::EmailAddress;
use vestibule_domain::invitation::{Invitation as Life, InvitationState};
use vestibule_domain::time::Timestamp;
use vestibule_storage::apps::App;
use vestibule_storage::invitations::{Invitation, Inviter};
use vestibule_storage::organizations::Organization;

use super::{InvitationMail, compose};
use crate::config::tests::sample;
use crate::mail::compose::tests::{bodies, contoso};
use crate::mail::letter::Letter;

const LINK: &str = "https://guests.example/i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

fn invitation() -> Invitation {
    Invitation {
        organization: "contoso".to_owned(),
        id: "0193".to_owned(),
        user: "u".to_owned(),
        address: EmailAddress::parse("ana@partner.example").unwrap(),
        name: Some("Ana".to_owned()),
        life: Life {
            state: InvitationState::Pending,
            version: 1,
            expires_at: Timestamp::parse_rfc3339("2026-12-04T10:15:00Z").unwrap(),
        },
        inviter: Inviter {
            id: Some("m".to_owned()),
            name: "Ben Okri".to_owned(),
            email: Some("ben@contoso.example".to_owned()),
        },
        message: Some("Project Heron documents\nSee you on Monday".to_owned()),
        language: None,
        cc: None,
        redirect_url: "https://guests.example/apps".to_owned(),
        apps: vec!["heron".to_owned()],
        send_mail: true,
        created_at: Timestamp(0),
    }
}

fn heron() -> App {
    App {
        id: "heron".to_owned(),
        name: "Project Heron".to_owned(),
        description: None,
        kind: "site".to_owned(),
        launch_url: "https://heron.contoso.example/".to_owned(),
        owner_name: None,
        owner_email: None,
        collection: None,
    }
}

fn mail(organization: &Organization, invitation: &Invitation) -> Letter {
    compose(&InvitationMail { organization, invitation, link: LINK, shared: &[heron()] }, &sample(""))
}

#[test]
fn an_invitation_says_everything_in_order() {
    let letter = mail(&contoso(), &invitation());
    assert_eq!(letter.subject, "Ben Okri invited you to Contoso");
    assert_eq!(letter.from_name, "Contoso via Vestibule");
    assert_eq!(letter.reply_to.as_ref().unwrap().display(), "ben@contoso.example");
    assert!(letter.text.starts_with("Accept only what you expect."), "the warning comes first");
    let order = [
        "Accept only",
        "Organization: Contoso (contoso.example)",
        "Invited by: Ben Okri (ben@contoso.example)",
        "Ben Okri wrote:",
        "> Project Heron documents\n> See you on Monday",
        "- Project Heron",
        LINK,
        "4 December 2026, 10:15 UTC",
        "This isn’t for me",
        "abuse@contoso.example",
        "contoso.example/privacy",
        "guests.example on behalf of Contoso",
    ];
    let places: Vec<Option<usize>> = order.iter().map(|part| letter.text.find(part)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{places:?}\n{}", letter.text);
    insta::assert_snapshot!("invitation_text", letter.text);
    insta::assert_snapshot!("invitation_html", letter.html);
}

#[test]
fn t32_r19_one_link_and_it_leads_to_the_configured_host() {
    let mut hostile = invitation();
    hostile.message = Some("https://evil.example/x www.evil.example mailto:x@evil.example".to_owned());
    hostile.inviter.name = "http://evil.example".to_owned();
    hostile.redirect_url = "https://heron.contoso.example/deep".to_owned();
    let mut organization = contoso();
    organization.name = "https://evil.example".to_owned();
    organization.settings.privacy_url = Some("https://contoso.example/?u=http://evil.example".to_owned());
    organization.settings.report = Some("https://contoso.example/report".to_owned());
    for (organization, invitation) in [(&contoso(), &invitation()), (&organization, &hostile)] {
        let letter = mail(organization, invitation);
        for (name, body) in bodies(&letter) {
            assert_eq!(body.matches(LINK).count(), 1, "{name}: {body}");
            assert_eq!(body.matches("://").count(), 1, "{name}: {body}");
            assert!(!body.contains("mailto:"), "{name}");
        }
        assert_eq!(letter.html.matches("href=").count(), 1);
        for fetched in ["src=", "url(", "<img", "<link", "@import", "<script"] {
            assert!(!letter.html.contains(fetched), "nothing is fetched, so nobody is tracked: {fetched}");
        }
    }
}

#[test]
fn t23_s118_a_message_is_a_quotation_of_plain_text() {
    let mut invitation = invitation();
    invitation.message =
        Some("<img src=x onerror=alert(1)> & \"quoted\"\nhttps://evil.example/win".to_owned());
    let letter = mail(&contoso(), &invitation);
    assert!(letter.text.contains("\n> https[:]//evil[.]example/win\n"), "{}", letter.text);
    let quote = letter.html.split("<blockquote").nth(1).unwrap().split("</blockquote>").next().unwrap();
    assert!(
        quote.contains(
            "&lt;img src=x onerror=alert(1)&gt; &amp; &quot;quoted&quot;<br>https[:]//evil[.]example"
        )
    );
    assert!(!letter.html.contains("<img"));
}

#[test]
fn s118_names_stay_one_line_in_subject_and_sender() {
    let mut invitation = invitation();
    invitation.inviter.name = "Ben\r\nBcc: victim@evil.example\u{202e}".to_owned();
    let mut organization = contoso();
    organization.name = "Contoso\nX-Header: y".to_owned();
    let letter = mail(&organization, &invitation);
    for line in [&letter.subject, &letter.from_name] {
        assert!(!line.contains(['\r', '\n', '\u{202e}']), "{line:?}");
    }
}

#[test]
fn an_invitation_by_a_program_or_without_anything_to_share_is_whole() {
    let mut invitation = invitation();
    invitation.inviter = Inviter { id: None, name: "Contoso HR".to_owned(), email: None };
    (invitation.message, invitation.apps) = (None, Vec::new());
    let mut organization = contoso();
    (organization.settings.privacy_url, organization.settings.report) = (None, None);
    let link = LINK;
    let letter = compose(
        &InvitationMail { organization: &organization, invitation: &invitation, link, shared: &[] },
        &sample(""),
    );
    assert!(letter.reply_to.is_none());
    assert!(letter.text.contains("Invited by: Contoso HR\n"));
    assert!(letter.text.contains("Contoso has not given a privacy statement."));
    for absent in ["wrote:", "Shared with you", "Does it look wrong", "mail.inv", "{", "\n\n\n"] {
        assert!(!letter.text.contains(absent), "{absent}: {}", letter.text);
    }
}

#[test]
fn where_one_lands_is_named() {
    for (redirect, expected) in [
        ("https://guests.example/apps", "you see everything that Contoso shares"),
        ("/apps", "you see everything that Contoso shares"),
        ("https://heron.contoso.example/", "you are taken to Project Heron."),
        ("https://heron.contoso.example/deep", "you are taken to heron.contoso.example."),
    ] {
        let mut invitation = invitation();
        redirect.clone_into(&mut invitation.redirect_url);
        assert!(mail(&contoso(), &invitation).text.contains(expected), "{redirect}");
    }
}

#[test]
fn a_copy_goes_to_whom_the_inviter_named() {
    let mut invitation = invitation();
    invitation.cc = Some(EmailAddress::parse("lead@host.example").unwrap());
    assert_eq!(mail(&contoso(), &invitation).cc.unwrap().display(), "lead@host.example");
}

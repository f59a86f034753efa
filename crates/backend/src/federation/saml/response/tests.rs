//! Answers of providers that nobody here wrote.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::federation::answer::Names;

const KEYS: &str = include_str!("keys.txt");
const OPENSAML: &str = include_str!("opensaml_like.xml");
/// The assertion signed, the response, and both, by npm samlp on 21 November 2026.
const SAMLP: [&str; 3] =
    [include_str!("samlp_assertion.xml"), include_str!("samlp_response.xml"), include_str!("samlp_both.xml")];

fn settings(entity_id: &str) -> Saml {
    Saml {
        entity_id: entity_id.to_owned(),
        sso_url: "https://idp.partner.example/sso".to_owned(),
        certificates: Vec::new(),
        metadata_url: None,
        signing: None,
        name_id: NameId::Persistent,
        email_attribute: None,
    }
}

fn read_at(xml: &str, settings: &Saml, now: &str) -> Result<Person, Failure> {
    let keys: Vec<Key> = KEYS.lines().map(|line| Key::of_certificate(line).unwrap()).collect();
    let expected = Expected {
        settings,
        entity_id: "https://guests.example/federation/contoso/work/metadata",
        acs: "https://guests.example/federation/contoso/work/acs",
        request: "_request",
        now: Timestamp::parse_rfc3339(now).unwrap(),
    };
    read(xml, &keys, &expected)
}

fn ana(issuer: &str, subject: &str) -> Person {
    Person {
        issuer: issuer.to_owned(),
        subject: subject.to_owned(),
        email: Some(EmailAddress::parse("ana@partner.example").unwrap()),
        email_verified: true,
        by_domain_owner: false,
        names: Names::default(),
    }
}

#[test]
fn s59_answers_of_providers_that_nobody_here_wrote_are_read() {
    let partner = "https://idp.partner.example/saml";
    let read = read_at(OPENSAML, &settings(partner), "2026-11-20T10:01:00Z").unwrap();
    let names = Names { display: Some("\rAna\t\"<Ä>\" 𝔘".to_owned()), ..Names::default() };
    assert_eq!(read, Person { names, ..ana(partner, "AAdzZWNyZXQx&<7>") }, "each name is whole");
    for xml in SAMLP {
        let read = read_at(xml, &settings("urn:partner:idp"), "2026-11-21T20:05:00Z");
        assert_eq!(read, Ok(ana("urn:partner:idp", "a-1")));
    }
}

#[test]
fn s59_clocks_may_be_three_minutes_apart_and_no_more() {
    let at = |now| read_at(OPENSAML, &settings("https://idp.partner.example/saml"), now).map(drop);
    assert_eq!(at("2026-11-20T09:57:00.123Z"), Ok(()));
    assert_eq!(at("2026-11-20T09:57:00.122Z"), Err(Failure::IssuedAt));
    assert_eq!(at("2026-11-20T10:08:00.122Z"), Ok(()));
    assert_eq!(at("2026-11-20T10:08:00.123Z"), Err(Failure::Expired));
}

#[test]
fn s59_the_attribute_with_the_address_can_be_named() {
    let named = |name: &str| {
        let settings =
            Saml { email_attribute: Some(name.to_owned()), ..settings("https://idp.partner.example/saml") };
        read_at(OPENSAML, &settings, "2026-11-20T10:01:00Z").unwrap().email
    };
    assert_eq!(named("urn:oid:0.9.2342.19200300.100.1.3").unwrap().display(), "ana@partner.example");
    assert_eq!(named("urn:oid:2.16.840.1.113730.3.1.241"), None, "no address");
    assert_eq!(named("mail"), None, "not the name that it has there");
}

#[test]
fn s59_no_changed_removed_or_doubled_character_makes_somebody_else_of_it() {
    let settings = settings("https://idp.partner.example/saml");
    let right = read_at(OPENSAML, &settings, "2026-11-20T10:01:00Z");
    assert!(right.is_ok());
    let mut taken = 0;
    // All of them take a minute, and say the same.
    for (at, character) in OPENSAML.char_indices().step_by(17) {
        let (head, tail) = (&OPENSAML[..at], &OPENSAML[at + character.len_utf8()..]);
        let other = if character == '<' { '>' } else { '<' };
        let near = char::from_u32(u32::from(character) ^ 1).unwrap_or('x');
        for changed in [
            format!("{head}{other}{tail}"),
            format!("{head}{near}{tail}"),
            format!("{head}{tail}"),
            format!("{head}{character}{character}{tail}"),
        ] {
            let read = read_at(&changed, &settings, "2026-11-20T10:01:00Z");
            taken += usize::from(read.is_ok());
            assert!(read.is_err() || read == right, "{at}: {changed}");
        }
    }
    // What is not signed may change: the response around it, and the certificate that nobody looks at.
    assert!((50..600).contains(&taken), "{taken}");
}

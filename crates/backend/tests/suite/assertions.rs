//! SAML answers that are well signed and say something wrong (S59).

use base64::{Engine as _, prelude::BASE64_STANDARD};
use vestibule_domain::provider::Failure;

use crate::abroad::{continued, present, url};
use crate::asserter::{ENTITY, Sign, asked, assertion};
use crate::client::message;
use crate::evil::{Row, between, each_is_refused, said, same};
use crate::people::ANA;
use crate::saml::{raw, world};

const EVIL: &[Row] = &[
    // What it answers.
    said(
        "another request",
        |x| x.replacen("InResponseTo=\"_", "InResponseTo=\"_x", 1),
        Failure::InResponseTo,
    ),
    said("no request", |x| without(x, "InResponseTo", 1), Failure::InResponseTo),
    said(
        "another request in the assertion",
        |x| x.replace("Data InResponseTo=\"_", "Data InResponseTo=\"_x"),
        Failure::InResponseTo,
    ),
    said("no request in the assertion", |x| without(x, "InResponseTo", 2), Failure::InResponseTo),
    said(
        "another destination",
        |x| x.replace("Destination=\"http", "Destination=\"https"),
        Failure::Destination,
    ),
    said("no destination", |x| without(x, "Destination", 1), Failure::Destination),
    said(
        "refused there",
        |x| {
            x.replace("status:Success\">", "status:Responder\"><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:AuthnFailed\"></samlp:StatusCode>")
        },
        Failure::Denied,
    ),
    said("a fault there", |x| x.replace("status:Success", "status:Responder"), Failure::ProviderError),
    Row {
        what: "a fault there, unsigned",
        before: |x| x.replace("status:Success", "status:Requester").replace(assertion(x), ""),
        sign: Sign::Nothing,
        after: same,
        reason: Failure::ProviderError,
    },
    // Whom it is for, and from whom.
    said(
        "another issuer of the response",
        |x| x.replacen(ENTITY, "https://evil.example", 1),
        Failure::Issuer,
    ),
    said("another issuer of the assertion", |x| last(x, ENTITY, "https://evil.example"), Failure::Issuer),
    said("another recipient", |x| x.replace("Recipient=\"", "Recipient=\"x"), Failure::Confirmation),
    said("no recipient", |x| without(x, "Recipient", 1), Failure::Confirmation),
    said("for the holder of a key", |x| x.replace("cm:bearer", "cm:holder-of-key"), Failure::Confirmation),
    said(
        "another audience",
        |x| x.replace("/metadata</saml:Audience>", "</saml:Audience>"),
        Failure::Audience,
    ),
    said(
        "no audience",
        |x| {
            between(x, "<saml:AudienceRestriction>", "</saml:AudienceRestriction>", "")
                .replace("<saml:AudienceRestriction></saml:AudienceRestriction>", "")
        },
        Failure::Audience,
    ),
    said(
        "an unknown condition",
        |x| x.replace("</saml:Conditions>", "<saml:Condition></saml:Condition></saml:Conditions>"),
        Failure::Claims,
    ),
    // When.
    said(
        "expired",
        |x| {
            x.replace(
                "NotBefore=\"2026-11-20T09:59:00Z\" NotOnOrAfter=\"2026-11-20T10:05",
                "NotBefore=\"2026-11-20T09:00:00Z\" NotOnOrAfter=\"2026-11-20T09:57",
            )
        },
        Failure::Expired,
    ),
    said(
        "not valid yet",
        |x| x.replace("NotBefore=\"2026-11-20T09:59:00Z", "NotBefore=\"2026-11-20T10:03:01Z"),
        Failure::IssuedAt,
    ),
    said(
        "a bearer too late",
        |x| x.replacen("NotOnOrAfter=\"2026-11-20T10:05", "NotOnOrAfter=\"2026-11-20T09:57", 1),
        Failure::Expired,
    ),
    said("a bearer for ever", |x| without(x, "NotOnOrAfter", 1), Failure::Expired),
    said("a time in words", |x| x.replace("2026-11-20T10:05:00Z", "tomorrow"), Failure::Expired),
    said(
        "a session that is over",
        |x| x.replace("SessionIndex=\"_s\"", "SessionNotOnOrAfter=\"2026-11-20T09:00:00Z\""),
        Failure::Expired,
    ),
    // Who.
    said(
        "no sign-in",
        |x| {
            between(x, "<saml:AuthnStatement", "</saml:AuthnStatement>", "")
                .replace("<saml:AuthnStatement</saml:AuthnStatement>", "")
        },
        Failure::NoAuthentication,
    ),
    said("a name for one visit", |x| x.replace("format:persistent", "format:transient"), Failure::NameId),
    said(
        "an address for a name",
        |x| x.replace("SAML:2.0:nameid-format:persistent", "SAML:1.1:nameid-format:emailAddress"),
        Failure::NameId,
    ),
    said(
        "a name from elsewhere",
        |x| {
            x.replace("<saml:NameID ", "<saml:NameID NameQualifier=\"x\" ").replace(
                "NameQualifier=\"x\" Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\"",
                "Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\" NameQualifier=\"x\"",
            )
        },
        Failure::NameId,
    ),
    said("nobody", |x| x.replace(">ana-1<", "><"), Failure::Subject),
    said("a long name", |x| x.replace(">ana-1<", &format!(">{}<", "x".repeat(256))), Failure::Subject),
    said("more than a name", |x| x.replace(">ana-1<", ">ana<saml:x></saml:x>-1<"), Failure::Subject),
];

/// Without the so-manieth attribute of a name.
fn without(xml: &str, name: &str, which: usize) -> String {
    let (at, _) = xml.match_indices(&format!(" {name}=\"")).nth(which - 1).unwrap();
    let end = xml[at..].match_indices('"').nth(1).unwrap().0;
    format!("{}{}", &xml[..at], &xml[at + end + 1..])
}

fn last(xml: &str, from: &str, to: &str) -> String {
    let at = xml.rfind(from).unwrap();
    format!("{}{to}{}", &xml[..at], &xml[at + from.len()..])
}

#[tokio::test]
async fn s59_f06_whatever_a_well_signed_answer_says_wrongly_it_is_refused_and_the_code_is_left() {
    each_is_refused(EVIL).await;
}

#[tokio::test]
async fn s59_a_posted_text_that_is_no_base64_or_no_utf8_is_no_answer() {
    let (world, _) = world().await;
    for posted_text in ["%%%", "*", &BASE64_STANDARD.encode([0xff, 0xfe, 0x3c])] {
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let state = asked(url(&away)).query["RelayState"].clone();
        let mut form = url::form_urlencoded::Serializer::new(String::new());
        form.append_pair("SAMLResponse", posted_text).append_pair("RelayState", &state);
        let answer = raw(&world, "work", form.finish()).await;
        ana.page(answer.header("location").unwrap()).await;
        assert_eq!(message(&present(&mut ana, &away).await), "provider_failed", "{posted_text}");
    }
    let reasons = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(reasons.len() == 3 && reasons.iter().all(|reason| reason.contains("malformed")), "{reasons:?}");
}

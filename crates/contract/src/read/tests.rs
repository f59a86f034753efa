//! Both ways of reading read the same.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

use super::{Read, from_tree, parse};
use crate::corpus::examples;
use crate::{Problem, ProblemCode, StepDocument, brand, desk, discovery, graph, panel, session};

#[test]
fn every_example_reads_alike() {
    for example in examples() {
        let text = serde_json::to_string(&example.document).unwrap();
        assert_eq!(from_str::<StepDocument>(&text).unwrap(), example.document, "{}", example.name);
    }
}

fn from_str<T: Read>(text: &str) -> Option<T> {
    from_tree(&parse(text)?)
}

/// What serde reads from the value, and writes, reads the same here.
fn check<T: Read + Serialize + DeserializeOwned + PartialEq + std::fmt::Debug>(value: &serde_json::Value) {
    let by_serde: T = serde_json::from_value(value.clone()).unwrap();
    let written = serde_json::to_string(&by_serde).unwrap();
    assert_eq!(from_str::<T>(&written).unwrap(), by_serde);
    assert_eq!(from_str::<T>(&value.to_string()).unwrap(), by_serde);
}

#[test]
fn every_other_type_reads_alike() {
    let card = json!({ "id": "contoso", "name": "Contoso", "domain": "contoso.example", "logo": "/logo" });
    let at = "2026-11-20T10:15:00Z";
    check::<discovery::Discovery>(&json!({
        "contract": "1.0", "profiles": ["redeem"], "issuer": "https://id.example", "deployment": "same-site",
        "locales": ["en"], "redirect_origins": ["https://a.example"],
        "endpoints": { "flows": "/f", "session": "/s", "me": "/m", "brand": "/b", "desk": "/d" },
    }));
    check::<session::Session>(&json!({
        "account": "a@b.example", "method": "email_code", "authenticated_at": at, "expires_at": at,
        "organizations": ["contoso"], "form_token": "t",
    }));
    check::<panel::Me>(&json!({
        "id": "1", "name": "Ana", "email": "a@b.example", "role": "inviter", "organization": card,
        "may_invite": true, "locale": "pt-BR",
    }));
    check::<panel::Apps>(&json!({ "total": 1, "next_cursor": "c", "items": [{
        "id": "wiki", "name": "Wiki", "description": "d", "kind": "site", "launch_url": "/w",
        "why": { "granted_by": "Mira", "reason": "r" }, "since": at, "until": at,
        "owner": { "name": "Mira", "email": "m@c.example" }, "collection": "Spring",
    }] }));
    check::<panel::Organizations>(&json!({ "items": [
        { "organization": card, "role": "guest", "since": at, "current": true }
    ] }));
    check::<panel::Consents>(&json!({ "items": [{
        "id": "1", "organization": card, "given_at": at, "revoked_at": at, "permissions": ["log_activity"],
        "shared": [{ "claim": "email", "value": "a@b.example" }],
    }] }));
    check::<panel::Activity>(&json!({ "items": [{ "at": at, "action": "session.started" }] }));
    let palette = json!({ "accent": "#000000", "on_accent": "#ffffff", "ground": "#eeeeee" });
    check::<brand::Brand>(&json!({
        "organization": card, "light": palette, "dark": palette, "radius": 8, "font": "serif", "layout": "split",
        "privacy_url": "https://p.example", "terms_url": "https://t.example", "help": "mailto:h@c.example",
    }));
    check::<desk::InviteOptions>(&json!({
        "organization": card, "apps": [{ "id": "wiki", "name": "Wiki", "kind": "site" }], "languages": ["en"],
        "defaultExpiresInDays": 30, "maxExpiresInDays": 90, "maxMessageLength": 500,
        "domains": { "kind": "deny", "domains": ["bad.example"] }, "sender": "Door <d@c.example>",
    }));
    check::<desk::InvitePreview>(&json!({ "from": "f", "to": "t", "subject": "s", "text": "x" }));
    check::<graph::Invitation>(&json!({
        "@odata.context": "c", "id": "1", "inviteRedeemUrl": "https://l.example", "invitedUserDisplayName": "Ana",
        "invitedUserType": "Guest", "invitedUserEmailAddress": "a@b.example", "sendInvitationMessage": true,
        "resetRedemption": false, "inviteRedirectUrl": "/apps", "status": "Completed",
        "invitedUserMessageInfo": {
            "ccRecipients": [{ "emailAddress": { "name": "C", "address": "c@b.example" } }],
            "customizedMessageBody": "Hi", "messageLanguage": "en",
        },
        "invitedUser": { "id": "2" },
        "vestibule": {
            "state": "accepted", "apps": ["wiki"], "createdAt": at, "expiresAt": at, "delivery": "sent",
        },
    }));
    check::<graph::ErrorEnvelope>(&json!({ "error": {
        "code": "BadRequest", "message": "m", "target": "apps",
        "innerError": { "date": at, "request-id": "V-1", "client-request-id": "c" },
    } }));
    let mut problem = Problem::new(ProblemCode::StaleRevision).detail("d");
    problem.reference = Some("V-1".to_owned());
    problem.step = Some(Box::new(examples().remove(0).document));
    check::<Problem>(&serde_json::to_value(problem).unwrap());
}

#[test]
fn s75_what_is_of_another_type_does_not_read() {
    for text in [
        "",
        "null",
        "[]",
        "7",
        "\"x\"",
        "{}",
        "{\"items\":7,\"total\":1}",
        "{\"items\":[null],\"total\":1}",
        "{\"items\":[],\"total\":-1}",
        "{\"items\":[],\"total\":1e99}",
    ] {
        assert!(from_str::<panel::Apps>(text).is_none(), "{text}");
    }
}

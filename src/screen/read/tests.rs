//! What the server embeds is what the browser reads.
#![expect(clippy::unwrap_used, reason = "tests")]

use serde_json::json;
use vestibule_contract::corpus::examples;
use vestibule_contract::read::{from_tree, parse};

use crate::screen::{Chrome, Failure, FailureKind, Page, Screen, StepScreen, Values};

fn reads_as_itself(screen: Screen) {
    let page = Page { chrome: Chrome { host: "h".into(), locale: "en".into(), ..Chrome::default() }, screen };
    let text = serde_json::to_string(&page).unwrap();
    assert_eq!(from_tree::<Page>(&parse(&text).unwrap()).unwrap(), page);
}

#[test]
fn steps_and_failures_read_as_themselves() {
    for example in examples() {
        let draft = Values::from([("email".to_owned(), "a@b.example".to_owned())]);
        reads_as_itself(Screen::Step(Box::new(StepScreen { document: example.document, draft })));
    }
    for kind in FailureKind::ALL {
        reads_as_itself(Screen::Failure(Failure { kind: *kind, reference: Some("V-1".into()) }));
    }
}

#[test]
fn the_inner_screens_read_as_serde_reads_them() {
    let card = json!({ "id": "c", "name": "C", "domain": "c.example" });
    let me = json!({ "id": "1", "name": "A", "email": "a@b.example", "role": "guest", "organization": card,
        "may_invite": true });
    let list = json!({ "items": [] });
    let apps = json!({ "items": [], "total": 0 });
    let options = json!({ "organization": card, "apps": [], "languages": ["en"], "defaultExpiresInDays": 30,
        "maxExpiresInDays": 90, "maxMessageLength": 500, "domains": { "kind": "any", "domains": [] }, "sender": "s" });
    for screen in [
        json!({ "Panel": { "me": me, "organizations": list, "apps": apps, "query": "q" } }),
        json!({ "Account": { "me": me, "organizations": list, "consents": list, "activity": list } }),
        json!({ "Invite": { "me": me, "options": options, "draft": { "name": "N" }, "errors": [], "preview": null,
            "sent": null } }),
    ] {
        reads_as_itself(serde_json::from_value(screen).unwrap());
    }
}

#[test]
fn anything_else_is_no_page() {
    for text in ["null", "{}", r#"{"chrome":{},"screen":"Loading"}"#, r#"{"screen":{"Step":{},"Panel":{}}}"#]
    {
        assert!(from_tree::<Page>(&parse(text).unwrap()).is_none(), "{text}");
    }
}

//! The body of a request, byte by byte as connectors know it.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Claims, Point, body};

const TIER: &str = "extension_0123456789abcdef0123456789abcdef_tier";

fn claims(values: &Value) -> Claims {
    let values: BTreeMap<String, Value> = serde_json::from_value(values.clone()).unwrap();
    Claims {
        email: "jo@partner.example".to_owned(),
        identity: Some(("mail".to_owned(), "jo@partner.example".to_owned())),
        values,
        ui_locales: "pt-PT".to_owned(),
    }
}

fn everything() -> Claims {
    claims(&json!({
        "displayName": "Jo Vega", "givenName": "Jo", "surname": "Vega", "jobTitle": "Buyer",
        "streetAddress": "Rua 1", "city": "Porto", "postalCode": "4000", "state": "Norte", "country": "Portugal",
        TIER: "2",
    }))
}

fn identities() -> Value {
    json!([{ "signInType": "federated", "issuer": "mail", "issuerAssignedId": "jo@partner.example" }])
}

#[test]
fn t21_after_federation_few_claims_are_sent_and_the_last_name_is_last_name() {
    let expected = json!({
        "email": "jo@partner.example", "identities": identities(), "displayName": "Jo Vega", "givenName": "Jo",
        "lastName": "Vega", "ui_locales": "pt-PT",
    });
    assert_eq!(body(Point::AfterFederation, &everything()), expected);
}

#[test]
fn before_creation_everything_that_was_asked_is_sent_and_the_last_name_is_surname() {
    let expected = json!({
        "email": "jo@partner.example", "identities": identities(), "displayName": "Jo Vega", "givenName": "Jo",
        "surname": "Vega", "jobTitle": "Buyer", "streetAddress": "Rua 1", "city": "Porto", "postalCode": "4000",
        "state": "Norte", "country": "Portugal", TIER: "2", "ui_locales": "pt-PT",
    });
    assert_eq!(body(Point::BeforeCreation, &everything()), expected);
}

#[test]
fn what_has_no_value_is_absent_and_never_null() {
    let mut nobody = claims(&json!({
        "displayName": "", "givenName": null, "surname": " ", "jobTitle": {}, "city": [], TIER: null,
    }));
    nobody.identity = None;
    let least = json!({ "email": "jo@partner.example", "ui_locales": "pt-PT" });
    assert_eq!(body(Point::AfterFederation, &nobody), least);
    assert_eq!(body(Point::BeforeCreation, &nobody), least);
}

#[test]
fn values_that_look_empty_and_are_not_are_sent() {
    let sent = body(Point::BeforeCreation, &claims(&json!({ TIER: false, "state": 0, "city": ["Porto"] })));
    assert_eq!((&sent[TIER], &sent["state"], &sent["city"]), (&json!(false), &json!(0), &json!(["Porto"])));
}

#[test]
fn t21_nothing_is_sent_that_the_contract_does_not_name() {
    let others = claims(&json!({
        "userType": "Guest", "isAdmin": true, "id": "1", "lastName": "Vega", "email": "other@partner.example",
        "identities": [], "ui_locales": "de",
        "extension_tier": "2", "extension_0123_tier": "2", "extension_0123456789abcdef0123456789abcdef_": "2",
    }));
    for point in [Point::AfterFederation, Point::BeforeCreation] {
        let sent = body(point, &others);
        let names: Vec<&String> = sent.as_object().unwrap().keys().collect();
        assert_eq!(names, ["email", "identities", "ui_locales"], "{point:?}");
        assert_eq!((&sent["email"], &sent["ui_locales"]), (&json!("jo@partner.example"), &json!("pt-PT")));
    }
}

#[test]
fn points_have_the_names_of_graph() {
    for (point, name) in [
        (Point::AfterFederation, "post_federation_signup"),
        (Point::BeforeCreation, "post_attribute_collection"),
    ] {
        assert_eq!((point.as_str(), Point::parse(name)), (name, Ok(point)));
    }
    assert!(Point::parse("postFederationSignup").is_err());
}

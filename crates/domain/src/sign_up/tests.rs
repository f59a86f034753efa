//! What a user flow may ask, and what it may not.

#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

fn flow(attributes: &str) -> Result<UserFlow, String> {
    let text = format!(r#"{{ "id": "suppliers", "name": "Suppliers", "attributes": [{attributes}] }}"#);
    serde_json::from_str(&text).map_err(|error| error.to_string())
}

fn refused(attributes: &str) -> String {
    flow(attributes).unwrap().validate().unwrap_err().to_string()
}

#[test]
fn a_flow_asks_built_in_attributes_by_name_and_others_by_their_own_words() {
    let right = flow(
        r#"{ "id": "displayName", "required": true }, { "id": "country" },
        { "id": "tier", "kind": "radio", "label": "Tier", "options": [{ "value": "1", "label": "Gold" }],
          "texts": { "de": { "label": "Stufe", "options": { "1": "Gold" } } } },
        { "id": "since", "kind": "date", "label": "Since", "min": "2000-01-01", "max": "2030-12-31" },
        { "id": "people", "kind": "integer", "label": "People", "min": "-1", "max": "10" }"#,
    )
    .unwrap();
    assert_eq!(right.validate(), Ok(()));
    assert_eq!(right.attributes[1].kind(), AttributeKind::Country);
    let tier = &right.attributes[2];
    for (locale, label) in
        [("de", Some("Stufe")), ("de-AT", Some("Stufe")), ("DE", Some("Stufe")), ("en", None)]
    {
        assert_eq!(tier.texts(locale).and_then(|texts| texts.label.as_deref()), label, "{locale}");
    }
    assert!(right.enabled && right.offers("anything") && right.offers("email"));
}

#[test]
fn s105_no_form_asks_for_credentials() {
    for (id, label) in [
        ("password", "x"),
        ("myPassword", "x"),
        ("a", "Your Password"),
        ("a", "Passwort"),
        ("a", "Le mot de passe"),
        ("card_number", "x"),
        ("cardNumber", "x"),
        ("a", "Credit-Card"),
        ("a", "PIN"),
        ("a", "One-time code"),
        ("a", "CVV2"),
    ] {
        let said = refused(&format!(r#"{{ "id": "{id}", "label": "{label}" }}"#));
        assert!(said.contains("asks for a password"), "{id} {label}: {said}");
    }
    for label in ["Opinion", "Postal code", "Business card", "Number", "Spin", "Member number", "Happiness"] {
        assert!(!asks_for_credential(label), "{label}");
    }
    let other = r#"{ "id": "a", "label": "A", "texts": { "de": { "hint": "Ihr Kennwort" } } }"#;
    assert!(refused(other).contains("asks for a password"), "in any language");
}

#[test]
fn what_cannot_work_is_refused_with_what_to_do() {
    for (attributes, told) in [
        (r#"{ "id": "1st", "label": "x" }"#, "no name of an attribute"),
        (r#"{ "id": "a-b", "label": "x" }"#, "no name of an attribute"),
        (r#"{ "id": "email", "label": "x" }"#, "no name of an attribute"),
        (r#"{ "id": "rev", "label": "x" }"#, "no name of an attribute"),
        (r#"{ "id": "Email", "label": "x" }"#, "no name of an attribute"),
        (r#"{ "id": "a", "label": "x" }, { "id": "A", "label": "x" }"#, "asked twice"),
        (r#"{ "id": "city", "kind": "integer" }"#, "leave out its `kind`"),
        (r#"{ "id": "a" }"#, "say what is asked"),
        (r#"{ "id": "a", "label": "x", "kind": "select" }"#, "say what can be chosen"),
        (r#"{ "id": "a", "label": "x", "options": [{ "value": "1", "label": "1" }] }"#, "are for select"),
        (
            r#"{ "id": "a", "label": "x", "kind": "checkboxes", "options": [{ "value": "a b", "label": "1" }] }"#,
            "has a space in it",
        ),
        (
            r#"{ "id": "a", "label": "x", "kind": "radio", "options": [{ "value": "a", "label": "1" }, { "value": "a", "label": "2" }] }"#,
            "the same `value`",
        ),
        (r#"{ "id": "a", "label": "x", "min": "1" }"#, "`min` and `max`"),
        (r#"{ "id": "a", "label": "x", "kind": "integer", "min": "9", "max": "1" }"#, "`min` and `max`"),
        (r#"{ "id": "a", "label": "x", "kind": "date", "min": "yesterday" }"#, "`min` and `max`"),
    ] {
        let said = refused(attributes);
        assert!(said.contains(told), "{attributes}: {said}");
    }
    let long = |text: &str, times: usize| text.repeat(times);
    for attribute in [
        format!(r#"{{ "id": "a", "label": "{}" }}"#, long("x", 501)),
        format!(r#"{{ "id": "a", "label": "x", "texts": {{ "de": {{ "hint": "{}" }} }} }}"#, long("x", 501)),
        format!(
            r#"{{ "id": "a", "label": "x", "kind": "radio", "options": [{{ "value": "1", "label": "{}" }}] }}"#,
            long("x", 201)
        ),
    ] {
        assert!(refused(&attribute).contains("more than 500 characters"), "s110");
    }
    let choice = |n: usize| format!(r#"{{ "value": "{n}", "label": "{}" }}"#, long("x", 190));
    let choices: Vec<String> = (0..100).map(choice).collect();
    let menu = |n: usize| {
        format!(r#"{{ "id": "m{n}", "label": "x", "kind": "select", "options": [{}] }}"#, choices.join(","))
    };
    let all: Vec<String> = (0..11).map(menu).collect();
    assert!(refused(&all.join(",")).contains("200000 are allowed"), "s110");
    let many: Vec<String> = (0..61).map(|n| format!(r#"{{ "id": "a{n}", "label": "x" }}"#)).collect();
    assert!(refused(&many.join(",")).contains("60 attributes at most"));
    assert!(flow(r#"{ "id": "a", "kind": "password", "label": "x" }"#).is_err(), "there is no such kind");
}

#[test]
fn an_approval_needs_somebody_and_some_time() {
    let with = |approvers: &[&str], days| {
        let approval = Approval { approvers: approvers.iter().map(|it| (*it).to_owned()).collect(), days };
        UserFlow { approval: Some(approval), ..flow("").unwrap() }.validate()
    };
    assert_eq!(with(&["mira@contoso.example"], 14), Ok(()));
    assert_eq!(with(&[], 14), Err(UserFlowError::Approvers));
    assert_eq!(with(&["mira"], 14), Err(UserFlowError::Approver("mira".to_owned())));
    assert_eq!(with(&["mira@contoso.example"], 0), Err(UserFlowError::Days(0)));
    assert_eq!(with(&["mira@contoso.example"], 91), Err(UserFlowError::Days(91)));
}

//! Values on their way to a connector and back.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::account::Identity;
use vestibule_domain::address::EmailAddress;

use super::*;

fn flow() -> UserFlow {
    serde_json::from_str(
        r#"{ "id": "it", "name": "It", "attributes": [
            { "id": "displayName" }, { "id": "country" },
            { "id": "tier", "kind": "radio", "label": "Tier", "options": [{ "value": "1", "label": "Gold" }] },
            { "id": "goods", "kind": "checkboxes", "label": "Goods",
              "options": [{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }] },
            { "id": "people", "kind": "integer", "label": "People", "max": "10" },
            { "id": "rules", "kind": "boolean", "label": "Rules" } ] }"#,
    )
    .unwrap()
}

fn account(provider: &str, issuer: &str) -> Account {
    let address = EmailAddress::parse("zoe@supplier.example").unwrap();
    let identity = Identity {
        provider: provider.to_owned(),
        issuer: issuer.to_owned(),
        subject: "s-1".to_owned(),
        organization: Some("contoso".to_owned()),
    };
    Account { address, identity }
}

#[test]
fn each_kind_is_told_as_its_own_type_under_its_own_name() {
    let values = [
        ("displayName", "Zoë"),
        ("country", "PT"),
        ("tier", "1"),
        ("goods", "a b"),
        ("people", "3"),
        ("rules", "true"),
    ];
    let values = values.into_iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    let claims =
        told("contoso", &flow(), &account("google", "https://accounts.google.com"), &values, "pt-PT");
    let app = custom("contoso", "x").replace("_x", "");
    let expected = [
        ("country".to_owned(), json!("Portugal")),
        ("displayName".to_owned(), json!("Zoë")),
        (format!("{app}_goods"), json!(["a", "b"])),
        (format!("{app}_people"), json!(3)),
        (format!("{app}_rules"), json!(true)),
        (format!("{app}_tier"), json!("1")),
    ];
    assert_eq!(claims.values.into_iter().collect::<Vec<_>>(), expected);
    assert!(crate::connectors::request::is_custom(&format!("{app}_goods")), "{app}");
    assert_ne!(custom("contoso", "x"), custom("fabrikam", "x"));
    assert_eq!((claims.email.as_str(), claims.ui_locales.as_str()), ("zoe@supplier.example", "pt-PT"));
    assert_eq!(claims.identity, Some(("google.com".to_owned(), "s-1".to_owned())));
}

#[test]
fn an_identity_is_told_where_the_published_contract_has_a_name_for_it() {
    let mailbox = Account::of_mailbox(EmailAddress::parse("zoe@supplier.example").unwrap());
    assert_eq!(identity(&mailbox), Some(("mail".to_owned(), "zoe@supplier.example".to_owned())));
    assert_eq!(identity(&account("work", "https://login.supplier.example")), None);
}

#[test]
fn t22_what_fits_the_form_is_taken_and_nothing_else() {
    let long = format!("extension_{}_tier", "0".repeat(32));
    for (name, value, expected) in [
        ("displayName", json!(" Zoë "), Some(("displayName", "Zoë"))),
        ("city", json!("Porto"), Some(("city", "Porto"))),
        ("country", json!("portugal"), Some(("country", "PT"))),
        ("country", json!("pt"), Some(("country", "PT"))),
        ("country", json!("Atlantis"), None),
        (&long, json!("1"), Some(("tier", "1"))),
        ("extension_tier", json!("1"), Some(("tier", "1"))),
        ("tier", json!("1"), Some(("tier", "1"))),
        ("tier", json!("2"), None),
        ("goods", json!(["b", "a"]), Some(("goods", "b a"))),
        ("goods", json!("a,b"), Some(("goods", "a b"))),
        ("goods", json!(["a", 1]), None),
        ("people", json!(7), Some(("people", "7"))),
        ("people", json!(11), None),
        ("people", json!(1.5), None),
        ("rules", json!(true), Some(("rules", "true"))),
        ("rules", json!("yes"), None),
        ("displayName", json!({ "a": 1 }), None),
        ("displayName", json!("a\u{0}b"), None),
        ("displayName", json!("\u{202e}Zoë"), Some(("displayName", "Zoë"))),
        ("displayName", json!(["\u{202e}evil", "\u{200b}"]), Some(("displayName", "evil"))),
        ("displayName", json!(""), None),
        ("displayName", json!("\u{200b}"), None),
        ("isAdmin", json!(true), None),
        ("role", json!("administrator"), None),
        ("email", json!("mira@contoso.example"), None),
    ] {
        let claims = BTreeMap::from([(name.to_owned(), value.clone())]);
        let expected: Vec<_> =
            expected.iter().map(|(id, text)| ((*id).to_owned(), (*text).to_owned())).collect();
        assert_eq!(
            taken(&flow().attributes, &claims).into_iter().collect::<Vec<_>>(),
            expected,
            "{name} {value}"
        );
    }
}

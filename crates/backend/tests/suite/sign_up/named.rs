//! What people are called, by themselves, by their provider, by a connector: as it is seen.

use super::{SUPPLIERS, ZOE, agreed, begin, filled, world};
use crate::abroad::{present, url};
use crate::asserter::{Asserter, Sign};
use crate::client::step;
use crate::saml;
use axum::http::StatusCode;
use serde_json::json;

#[tokio::test]
async fn s118_what_cannot_be_seen_is_no_part_of_a_name() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let empty = json!({ "displayName": "\u{200b}\u{2066}\u{200d}" });
    assert_eq!(zoe.act(&form, "continue", empty).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let mut values = filled();
    values["displayName"] = json!("\u{202e}Mira\u{200b} Lind\u{ad}qvist\u{2069} می\u{200c}خواهم");
    assert_eq!(step(&zoe.act(&form, "continue", values).await.ok()), "done");
    let name = world.rows("SELECT name FROM users WHERE user_flow IS NOT NULL").await;
    assert_eq!(name, ["Mira Lindqvist می\u{200c}خواهم"], "and what a language is spelled with stays");
    world.check().await;
}

#[tokio::test]
async fn s59_what_a_saml_provider_calls_somebody_is_shown_before_and_stands_in_the_form() {
    let work = Asserter::new();
    let flow = SUPPLIERS.replace("{ id = \"country\" },", "{ id = \"givenName\" }, { id = \"surname\" },");
    let world = world(&format!("{flow}{}", work.entry("work", "\"supplier.example\""))).await;
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let away = zoe.act(&entry, "choose", json!({ "provider": "work" })).await.ok();
    let named = |name: &str, value: &str| {
        format!(
            "<saml:Attribute Name=\"{name}\"><saml:AttributeValue>{value}</saml:AttributeValue></saml:Attribute>"
        )
    };
    let more = [
        named("displayName", "Zoë \u{202e}Ferreira"),
        named("urn:oid:2.5.4.42", "Zoë"),
        named("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname", &"x".repeat(65)),
    ];
    let plain = Asserter::response(url(&away), "z-1", ZOE);
    let response =
        plain.replace("</saml:AttributeStatement>", &[&more.concat(), "</saml:AttributeStatement>"].concat());
    saml::back(&world, &mut zoe, url(&away), &work.signed(&response, Sign::Both)).await;
    let consent = present(&mut zoe, &away).await;
    assert_eq!(consent["step"]["data"]["shared"][1], json!({ "claim": "name", "value": "Zoë Ferreira" }));
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    let fields = form["actions"][0]["fields"].as_array().unwrap();
    let known: Vec<_> = fields.iter().map(|field| field["value"].as_str()).collect();
    assert_eq!(known[..3], [Some("Zoë Ferreira"), Some("Zoë"), None], "what is too long was not said");
    assert_eq!(world.mails_to(ZOE).await.len(), 0);
    world.check().await;
}

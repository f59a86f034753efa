//! A consent is what was shown, when it was given: whatever is filled in, corrected and decided afterwards.

use std::time::Duration;

use serde_json::{Value, json};

use super::connector::{Connector, entry, goes_on};
use super::{SUPPLIERS, ZOE, agreed, begin, filled, world};
use crate::abroad::{back, present, url};
use crate::client::{Client, step};
use crate::people::{TOM, sign_in};
use crate::provider::Provider;
use crate::world::{START, World};

const DESK: &str = "/desk/signups?organization=contoso";
const APPROVAL: &str = "approval = { approvers = [\"tom@contoso.example\"], days = 7 }\napps = ";

/// A world with somebody's own account at work, whose name is what the consent shows.
async fn with_work(more: &str) -> (World, Provider) {
    let work = Provider::start().await;
    let world = world(&format!("{more}{}", work.entry("work", "\"supplier.example\""))).await;
    work.told().claims = |claims| claims["name"] = json!("Zoë of work");
    (world, work)
}

/// Zoe, who is shown her name of work, and agrees seven minutes after the start.
async fn agreed_as_of_work(world: &World, work: &Provider) -> (Client, Value) {
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let away = zoe.act(&entry, "choose", json!({ "provider": "work" })).await.ok();
    back(&mut zoe, "work", &work.sign_in(url(&away), "z-1", ZOE)).await;
    let consent = present(&mut zoe, &away).await;
    assert_eq!(consent["step"]["data"]["shared"], shown(), "{consent}");
    world.advance(Duration::from_mins(7));
    let next = zoe.act(&consent, "accept", json!({})).await.ok();
    (zoe, next)
}

fn shown() -> Value {
    json!([{ "claim": "email", "value": ZOE }, { "claim": "name", "value": "Zoë of work" }])
}

/// The one consent that is stored for the one guest: when it was given, and what it says is shared.
async fn stored(world: &World) -> (i64, Value) {
    let given = world.rows("SELECT given_at FROM consents").await;
    let record = world.rows("SELECT record FROM consents").await;
    assert_eq!((given.len(), record.len()), (1, 1));
    let record: Value = serde_json::from_str(&record[0]).unwrap();
    (given[0].parse().unwrap(), record["shared"].clone())
}

/// Seven minutes after the start.
fn then() -> i64 {
    START.plus(Duration::from_mins(7)).0
}

async fn name(world: &World) -> Vec<String> {
    world.rows("SELECT name FROM users WHERE user_flow IS NOT NULL").await
}

#[tokio::test]
async fn a_consent_stays_what_was_shown_when_the_form_and_a_connector_change_the_name() {
    let (connector, address) = Connector::start(&[goes_on(&json!({ "displayName": "ZOË" }))]).await;
    let flow = SUPPLIERS.replace("apps = ", "before_creation = \"check\"\napps = ");
    let (world, work) = with_work(&format!("{flow}{}", entry(&address, ""))).await;
    let (mut zoe, form) = agreed_as_of_work(&world, &work).await;
    world.advance(Duration::from_mins(20));
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    assert_eq!(connector.told()[0]["displayName"], "Zoë Ferreira", "as the form has it");
    assert_eq!(name(&world).await, ["ZOË"], "and then the connector");
    assert_eq!(stored(&world).await, (then(), shown()));
    let read = zoe.get("/api/v1/me/consents?organization=contoso").await.ok();
    let first = &read["items"][0];
    assert_eq!((&first["given_at"], &first["shared"]), (&json!("2026-11-20T10:07:00Z"), &shown()));
    world.check().await;
}

#[tokio::test]
async fn a_consent_stays_what_was_shown_when_a_connector_fills_the_form_in() {
    let (_, address) = Connector::start(&[goes_on(&json!({ "displayName": "Zoë of the register" }))]).await;
    let flow = SUPPLIERS.replace("apps = ", "after_federation = \"check\"\napps = ");
    let (world, work) = with_work(&format!("{flow}{}", entry(&address, ""))).await;
    let (mut zoe, form) = agreed_as_of_work(&world, &work).await;
    assert_eq!(form["actions"][0]["fields"][0]["value"], "Zoë of the register");
    world.advance(Duration::from_mins(20));
    let values = json!({ "displayName": "Zoë of the register" });
    assert_eq!(step(&zoe.act(&form, "continue", values).await.ok()), "done");
    assert_eq!(name(&world).await, ["Zoë of the register"]);
    assert_eq!(stored(&world).await, (then(), shown()));
}

#[tokio::test]
async fn a_consent_is_of_when_it_was_given_though_somebody_decides_days_later() {
    let (world, work) = with_work(&SUPPLIERS.replace("apps = ", APPROVAL)).await;
    let (mut zoe, form) = agreed_as_of_work(&world, &work).await;
    world.advance(Duration::from_mins(20));
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&waits), "pending_approval");
    assert_eq!(world.count("SELECT COUNT(*) FROM consents").await, 0, "nobody is there to have given one");
    world.advance(Duration::from_hours(24 * 5));
    let mut tom = sign_in(&world, TOM).await;
    let page = tom.page(DESK).await;
    let (csrf, id) = (page.hidden("csrf"), page.hidden("id"));
    let done = tom.form(DESK, &[("csrf", &csrf), ("id", &id), ("action", "approve"), ("reason", "")]).await;
    assert_eq!(done.status, 200, "{}", done.text);
    assert_eq!(name(&world).await, ["Zoë Ferreira"], "as she filled in");
    assert_eq!(stored(&world).await, (then(), shown()));
    let made = START.plus(Duration::from_mins(27)).plus(Duration::from_hours(24 * 5));
    let created = world.count("SELECT created_at FROM users WHERE user_flow IS NOT NULL").await;
    assert_eq!(created, made.0, "the guest is of today");
    world.check().await;
}

#[tokio::test]
async fn who_was_shown_no_name_has_agreed_to_none() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    world.advance(Duration::from_mins(20));
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    let expected = json!([{ "claim": "email", "value": ZOE }]);
    assert_eq!(stored(&world).await, (START.0, expected));
    assert_eq!(name(&world).await, ["Zoë Ferreira"]);
}

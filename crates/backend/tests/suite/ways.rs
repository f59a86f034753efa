//! The way that fits somebody: by the organization's order, by what this browser used last, and by who answers.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::cli::apply::put;
use vestibule_domain::provider::Failure;

use crate::abroad::{CONTOSO, back, choose, continued, present, url, world};
use crate::client::{Client, message, step};
use crate::people::ANA;
use crate::world::World;

fn ids(document: &Value) -> Vec<&str> {
    assert_eq!(step(document), "choose_provider", "{document}");
    let ways = document["step"]["data"]["providers"].as_array().unwrap();
    ways.iter().map(|way| way["id"].as_str().unwrap()).collect()
}

async fn entry(client: &mut Client) -> Value {
    client.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await
}

/// Contoso's file with an order of its own.
fn ordered(order: &str, providers: &str) -> String {
    let settings = format!("[settings.redemption_order]\n{order}\n\n[brand]");
    format!("{}{providers}", CONTOSO.replace("[brand]", &settings))
}

#[tokio::test]
async fn the_order_is_the_organizations_and_holds_for_whoever_comes_next() {
    let (world, work, social) = world().await;
    let both = format!("{}{}", work.entry("work", "\"partner.example\""), social.entry("social", ""));
    let mut ana = world.client();
    assert_eq!(step(&continued(&world, &mut ana, ANA).await), "federate");
    world.apply("contoso", &ordered("primary = []", &both)).await;
    assert_eq!(ids(&continued(&world, &mut ana, ANA).await), ["work", "social", "email"]);
    world.apply("contoso", &ordered("primary = []\nfallback = \"emailOneTimePasscode\"", &both)).await;
    let code = continued(&world, &mut ana, ANA).await;
    assert_eq!(step(&code), "email_code");
    assert_eq!(ids(&ana.act(&code, "back", json!({})).await.ok()), ["work", "social", "email"], "other ways");
    world.apply("contoso", &ordered("email_code = false", &both)).await;
    let chooser = continued(&world, &mut ana, "bob@home.example").await;
    assert_eq!(ids(&chooser), ["work", "social"], "no code");
    // Typed at the entry, an address that nobody speaks for gets no code either.
    let chooser = entry(&mut ana).await;
    let answer = ana.act(&chooser, "continue", json!({ "email": "bob@home.example" })).await.ok();
    assert_eq!((step(&answer), message(&answer)), ("choose_provider", "provider_none"));
}

#[tokio::test]
async fn an_order_that_leaves_no_way_is_refused_when_it_is_saved() {
    let (world, ..) = world().await;
    for (order, providers, reason) in [
        ("email_code = false", "", "nobody could sign in"),
        ("primary = [\"externalFederation\", \"externalFederation\"]", "", "twice"),
    ] {
        let error = put(&world.app, "contoso", &ordered(order, providers)).await.unwrap_err();
        assert!(format!("{error:#}").contains(reason), "{error:#}");
    }
}

#[tokio::test]
async fn a_guest_is_taken_back_to_the_provider_of_before_and_only_by_the_invitation() {
    let (world, _, social) = world().await;
    let bob = "bob@home.example";
    redeem_with_social(&world, &social, bob).await;
    // The next invitation knows; whoever only types the address is told nothing about where Bob signs in (S97).
    let mut later = world.client();
    let away = continued(&world, &mut later, bob).await;
    assert!(url(&away).starts_with(&social.issuer), "{away}");
    let mut somebody = world.client();
    let chooser = entry(&mut somebody).await;
    assert_eq!(step(&somebody.act(&chooser, "continue", json!({ "email": bob })).await.ok()), "email_code");
}

/// Redeems an invitation with an account whose provider does not speak for the address.
async fn redeem_with_social(world: &World, social: &crate::provider::Provider, address: &str) -> Client {
    let mut client = world.client();
    let chooser = continued(world, &mut client, address).await;
    let away = choose(&mut client, &chooser, "social").await;
    back(&mut client, "social", &social.sign_in(url(&away), "bob-1", address)).await;
    let asked = present(&mut client, &away).await;
    let consent = client.verify(&asked, &world.code_for(address).await).await.ok();
    assert_eq!(step(&client.act(&consent, "accept", json!({})).await.ok()), "done");
    client
}

#[tokio::test]
async fn what_this_browser_used_last_stands_first_and_says_so() {
    let (world, _, social) = world().await;
    let mut client = redeem_with_social(&world, &social, "bob@home.example").await;
    client.delete("/api/v1/session").await;
    let chooser = entry(&mut client).await;
    assert_eq!((ids(&chooser), &chooser["progress"]["index"]), (vec!["social", "work"], &json!(1)));
    let marked: Vec<bool> = chooser["step"]["data"]["providers"]
        .as_array()
        .unwrap()
        .iter()
        .map(|way| way["last_used"].as_bool().unwrap())
        .collect();
    assert_eq!(marked, [true, false]);
    let page = client.page("/?organization=contoso").await;
    assert!(page.text.find("social account").unwrap() < page.text.find("work account").unwrap());
    // What the cookie says is no proof of anything, whatever is in it.
    for strange in ["", "contoso", "contoso.nobody", "fabrikam.social", "....", "<script>"] {
        client.cookies.insert("__Host-vestibule-last-used".into(), strange.into());
        assert_eq!(ids(&entry(&mut client).await), ["work", "social"], "{strange}");
    }
}

#[tokio::test]
async fn f06_a_provider_that_does_not_answer_is_marked_and_the_others_are_as_before() {
    let (world, work, _) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let query = work.sign_in(url(&away), "ana-1", ANA);
    work.told().answer = Some((503, "maintenance"));
    let answer = back(&mut ana, "work", &query).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let chooser = present(&mut ana, &away).await;
    assert_eq!(message(&chooser), "provider_failed");
    let down = |document: &Value| -> Vec<String> {
        let ways = document["step"]["data"]["providers"].as_array().unwrap();
        let down = ways.iter().filter(|way| way["unavailable"] == true);
        down.map(|way| way["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(down(&chooser), ["work"]);
    let written = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(written.len() == 1 && written[0].contains(Failure::Unreachable.as_str()), "{written:?}");
    // The next guest of that domain is not sent there in vain, and hears it before choosing.
    let mut next = world.client();
    let chooser = continued(&world, &mut next, "eva@partner.example").await;
    assert_eq!(down(&chooser), ["work"]);
    // After a while it is tried again.
    world.advance(Duration::from_mins(3));
    let mut later = world.client();
    assert_eq!(step(&continued(&world, &mut later, "kim@partner.example").await), "federate");
}

#[tokio::test]
async fn where_codes_are_no_way_in_one_from_elsewhere_is_none_either() {
    let (world, work, social) = world().await;
    let both = format!("{}{}", work.entry("work", ""), social.entry("social", ""));
    let bob = "bob@home.example";
    let mut client = world.client();
    let chooser = continued(&world, &mut client, bob).await;
    let ready = choose(&mut client, &chooser, "email").await;
    let consent = client.verify(&ready, &world.code_for(bob).await).await.ok();
    assert_eq!(step(&client.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(client.get("/api/v1/me?organization=contoso").await.status, StatusCode::OK);
    world.apply("contoso", &ordered("email_code = false", &both)).await;
    assert!(client.get("/api/v1/me?organization=contoso").await.status.is_client_error());
    assert_eq!(ids(&entry(&mut client).await), ["work", "social"]);
    // Nor does a code for no organization in particular.
    let mut later = world.client();
    let asked = later.start(&json!({ "intent": "sign-in" })).await;
    let sent = later.act(&asked, "continue", json!({ "email": bob })).await.ok();
    assert_eq!(step(&sent), "email_code", "nobody is told");
    assert_eq!(world.mails_to(bob).await.len(), 2, "the invitation and the first code");
    // And an invitation waits for an account.
    let mut kim = crate::people::with_session(&world, "kim@home.example").await;
    let chooser = continued(&world, &mut kim, "kim@home.example").await;
    assert_eq!(ids(&chooser), ["work", "social"]);
}

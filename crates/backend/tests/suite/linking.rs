//! Another way to sign in, added from the account page: the present way is proven, and the other.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::abroad::{back, choose, continued, identities, present, url, world};
use crate::client::{Client, message, step};
use crate::people::ANA;
use crate::provider::Provider;
use crate::world::World;

const BOB: &str = "bob@home.example";

/// Bob has redeemed by a code.
async fn bob(world: &World) -> Client {
    let mut bob = world.client();
    let chooser = continued(world, &mut bob, BOB).await;
    let ready = choose(&mut bob, &chooser, "email").await;
    let consent = bob.verify(&ready, &world.code_for(BOB).await).await.ok();
    assert_eq!(step(&bob.act(&consent, "accept", json!({})).await.ok()), "done");
    bob
}

fn link() -> Value {
    json!({ "intent": "link", "organization": "contoso" })
}

/// Goes to the provider and comes back. Gives the flow afterwards.
async fn add(client: &mut Client, chooser: &Value, social: &Provider, subject: &str, email: &str) -> Value {
    let away = choose(client, chooser, "social").await;
    back(client, "social", &social.sign_in(url(&away), subject, email)).await;
    present(client, &away).await
}

#[tokio::test]
async fn a_guest_adds_an_account_with_another_address_and_signs_in_by_either() {
    let (world, _, social) = world().await;
    let mut bob = bob(&world).await;
    assert_eq!(bob.get("/api/v1/me?organization=contoso").await.ok()["may_link"], true);
    let chooser = bob.start(&link()).await;
    let done = add(&mut bob, &chooser, &social, "bobby", "bobby@quickpost.example").await;
    assert_eq!(step(&done), "done");
    assert_eq!(done["step"]["data"]["redirect"], "/apps/account?organization=contoso");
    assert_eq!(identities(&world).await, ["social bobby"]);
    let activity = bob.get("/api/v1/me/activity?organization=contoso").await.ok();
    assert!(activity.to_string().contains("identity.linked"), "{activity}");
    // The other way leads to the same guest, without any code.
    let mut later = world.client();
    let entry = later.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let done = add(&mut later, &entry, &social, "bobby", "bobby@quickpost.example").await;
    assert_eq!(step(&done), "done");
    assert_eq!(later.get("/api/v1/me?organization=contoso").await.ok()["email"], BOB);
    world.check().await;
}

#[tokio::test]
async fn s52_t33_a_session_of_long_ago_proves_nothing_until_the_mailbox_is_asked() {
    let (world, _, social) = world().await;
    let mut bob = bob(&world).await;
    world.advance(Duration::from_mins(11));
    let asked = bob.start(&link()).await;
    assert_eq!(
        (step(&asked), &asked["step"]["data"]["sent_to"]),
        ("email_code", &json!("b•••@home.example"))
    );
    // No way around the code: back leaves, a provider cannot be chosen.
    let refused = bob.act(&asked, "choose", json!({ "provider": "social" })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(step(&bob.act(&asked, "back", json!({})).await.ok()), "done");
    let asked = bob.start(&link()).await;
    let sent = bob.act(&asked, "send", json!({})).await.ok();
    let chooser = bob.verify(&sent, &world.code_for(BOB).await).await.ok();
    // The provider's clock goes on as ours does.
    social.told().claims = |c| {
        for at in ["iat", "exp"] {
            c[at] = json!(c[at].as_i64().unwrap() + 660);
        }
    };
    assert_eq!(step(&add(&mut bob, &chooser, &social, "bobby", "x@else.example").await), "done");
    assert_eq!(identities(&world).await, ["social bobby"]);
}

#[tokio::test]
async fn s50_an_account_of_another_guest_stays_that_guests() {
    let (world, work, _) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    back(&mut ana, "work", &work.sign_in(url(&away), "ana-1", ANA)).await;
    let consent = present(&mut ana, &away).await;
    ana.act(&consent, "accept", json!({})).await.ok();
    let mut bob = bob(&world).await;
    let chooser = bob.start(&link()).await;
    let away = choose(&mut bob, &chooser, "work").await;
    back(&mut bob, "work", &work.sign_in(url(&away), "ana-1", ANA)).await;
    let told = present(&mut bob, &away).await;
    assert_eq!((step(&told), message(&told)), ("choose_provider", "provider_taken"));
    assert_eq!(bob.get("/api/v1/me?organization=contoso").await.ok()["email"], BOB);
    // Her own once more is nothing new, and no fault.
    let chooser = ana.start(&link()).await;
    let away = choose(&mut ana, &chooser, "work").await;
    back(&mut ana, "work", &work.sign_in(url(&away), "ana-1", ANA)).await;
    assert_eq!(step(&present(&mut ana, &away).await), "done");
    assert_eq!(identities(&world).await, ["work ana-1"]);
}

#[tokio::test]
async fn nobody_adds_anything_who_is_not_signed_in_there() {
    let (world, ..) = world().await;
    let mut bob = bob(&world).await;
    for (mut client, request) in [
        (world.client(), link()),
        (bob.clone(), json!({ "intent": "link", "organization": "fabrikam" })),
        (bob.clone(), json!({ "intent": "link" })),
    ] {
        assert_eq!(client.post("/api/v1/flows", &request).await.status, StatusCode::BAD_REQUEST, "{request}");
    }
    let page = world.client().page("/apps/account/link?organization=contoso").await;
    assert_eq!(page.status, StatusCode::SEE_OTHER);
    let page = bob.page("/apps/account/link?organization=contoso").await;
    assert!(page.status == StatusCode::OK && page.text.contains("social account"), "{}", page.text);
}

#[tokio::test]
async fn s53_a_guest_who_was_turned_off_meanwhile_adds_nothing() {
    let (world, _, social) = world().await;
    let mut bob = bob(&world).await;
    let chooser = bob.start(&link()).await;
    let away = choose(&mut bob, &chooser, "social").await;
    world.sql("UPDATE users SET disabled_at = 1 WHERE role = 'guest'").await;
    back(&mut bob, "social", &social.sign_in(url(&away), "bobby", BOB)).await;
    assert_eq!(step(&present(&mut bob, &away).await), "blocked");
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s87_who_has_signed_out_meanwhile_adds_nothing() {
    let (world, _, social) = world().await;
    let mut bob = bob(&world).await;
    let chooser = bob.start(&link()).await;
    // As at another device of his, which has ended it everywhere.
    world.sql("UPDATE sessions SET ended_at = 1").await;
    // Somebody else sits down at the browser, and finds the page in its history.
    let done = add(&mut bob, &chooser, &social, "eve", "eve@else.example").await;
    assert_eq!(step(&done), "done");
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s86_t33_a_session_makes_itself_no_younger() {
    let (world, ..) = world().await;
    let mut bob = bob(&world).await;
    world.advance(Duration::from_mins(20));
    // A consent that was taken back is given again by whoever is signed in: a session, and no proof.
    let consents = bob.get("/api/v1/me/consents?organization=contoso").await.ok();
    let id = consents["items"][0]["id"].as_str().unwrap().to_owned();
    assert!(bob.delete(&format!("/api/v1/me/consents/{id}")).await.status.is_success());
    let entry = bob.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    assert_eq!(step(&bob.act(&entry, "accept", json!({})).await.ok()), "done");
    assert_eq!(step(&bob.start(&link()).await), "email_code", "the sign-in was twenty minutes ago");
}

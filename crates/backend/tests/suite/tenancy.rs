//! What the provider of one organization says is worth nothing in another: whoever administers an organization chooses whom
//! it believes, and could choose to be anybody (T08, S50).

use axum::http::StatusCode;
use serde_json::json;

use crate::abroad::{CONTOSO, LOCAL, present, url};
use crate::client::{Client, step};
use crate::people::{ANA, invite, invite_open, open};
use crate::provider::Provider;
use crate::world::{GENEROUS, World};

const FABRIKAM: &str = include_str!("../../../../demo/organizations/fabrikam.toml");

/// Two organizations with a provider of the same id and issuer. Fabrikam's claims to speak for Ana's domain.
async fn world() -> (World, Provider) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let provider = Provider::start().await;
    world.apply("contoso", &format!("{CONTOSO}{}", provider.entry("work", ""))).await;
    world.apply("fabrikam", &format!("{FABRIKAM}{}", provider.entry("work", "\"partner.example\""))).await;
    (world, provider)
}

/// Somebody comes into Fabrikam as Ana, by the word of Fabrikam's provider, and has a session.
async fn at_fabrikam(world: &World, provider: &Provider, subject: &str) -> Client {
    let token = invite_open(world, ANA).await;
    let mut client = world.client();
    let document = open(&mut client, &token).await;
    let away = client.act(&document, "continue", json!({})).await.ok();
    let query = provider.sign_in(url(&away), subject, ANA);
    client.page(&format!("/federation/fabrikam/work/callback?{query}")).await;
    let consent = present(&mut client, &away).await;
    assert_eq!(step(&client.act(&consent, "accept", json!({})).await.ok()), "done");
    client
}

#[tokio::test]
async fn t08_s50_the_same_provider_and_subject_elsewhere_open_nothing_here() {
    let (world, provider) = world().await;
    // Ana at Contoso, by the account `one` and one code.
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let chooser = ana.act(&document, "continue", json!({})).await.ok();
    let away = ana.act(&chooser, "choose", json!({ "provider": "work" })).await.ok();
    let query = provider.sign_in(url(&away), "one", ANA);
    ana.page(&format!("/federation/contoso/work/callback?{query}")).await;
    let asked = present(&mut ana, &away).await;
    let consent = ana.verify(&asked, &world.code_for(ANA).await).await.ok();
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(ana.get("/api/v1/me?organization=contoso").await.status, StatusCode::OK);
    // Whoever is that account by Fabrikam's word is nobody at Contoso.
    let mut eve = at_fabrikam(&world, &provider, "one").await;
    assert_eq!(eve.get("/api/v1/me?organization=fabrikam").await.status, StatusCode::OK);
    for path in ["/api/v1/me", "/api/v1/me/apps", "/api/v1/me/consents", "/api/v1/me/activity"] {
        let answer = eve.get(&format!("{path}?organization=contoso")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.text);
    }
    let organizations = eve.get("/api/v1/me/organizations").await.ok();
    assert!(!organizations.to_string().contains("contoso"), "{organizations}");
    let entry = eve.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    assert_eq!(step(&entry), "choose_provider", "asked like everybody else");
}

#[tokio::test]
async fn t08_t03_a_session_elsewhere_redeems_no_invitation_here() {
    let (world, provider) = world().await;
    let mut eve = at_fabrikam(&world, &provider, "eve").await;
    assert_eq!(eve.get("/api/v1/session").await.ok()["account"], ANA);
    let token = invite(&world, ANA).await;
    // Not by signing in, here or without saying where,
    for request in [json!({ "intent": "sign-in", "organization": "contoso" }), json!({ "intent": "sign-in" })]
    {
        let entry = eve.start(&request).await;
        assert_ne!(step(&entry), "consent", "{entry}");
        assert_ne!(
            entry["flow"]["organization"],
            if request["organization"].is_null() { "contoso" } else { "" }
        );
    }
    // and not with the link: the mailbox has to be proven to Contoso.
    let document = open(&mut eve, &token).await;
    assert_eq!(step(&document), "invitation");
    let asked = eve.act(&document, "continue", json!({})).await.ok();
    assert_eq!(step(&asked), "choose_provider");
    // A code proves it to everybody: it is the installation's own.
    let ready = eve.act(&asked, "choose", json!({ "provider": "email" })).await.ok();
    let consent = eve.verify(&ready, &world.code_for(ANA).await).await.ok();
    assert_eq!(step(&consent), "consent");
    world.check().await;
}

#[tokio::test]
async fn t08_t23_a_provider_ends_no_mails_of_other_organizations() {
    let (world, provider) = world().await;
    let token = invite_open(&world, ANA).await;
    let mut client = world.client();
    let document = open(&mut client, &token).await;
    let away = client.act(&document, "continue", json!({})).await.ok();
    client
        .page(&format!("/federation/fabrikam/work/callback?{}", provider.sign_in(url(&away), "eve", ANA)))
        .await;
    let consent = present(&mut client, &away).await;
    let refused = client.act(&consent, "cancel", json!({})).await.ok();
    let document = client.act(&refused, "restart", json!({})).await.ok();
    let asked = client.act(&document, "decline", json!({})).await.ok();
    let declined = client.act(&asked, "decline_with_code", json!({})).await.ok();
    assert_eq!(declined["step"]["data"]["reason"], "invitation_declined", "{declined}");
    assert!(declined["links"]["unsubscribe"].is_null(), "{declined}");
}

#[tokio::test]
async fn s53_r07_a_session_counts_no_more_when_its_provider_is_turned_off() {
    let (world, provider) = world().await;
    let mut ana = at_fabrikam(&world, &provider, "one").await;
    assert_eq!(ana.get("/api/v1/me?organization=fabrikam").await.status, StatusCode::OK);
    // Somebody else is at the consent already.
    let token = invite_open(&world, "kim@partner.example").await;
    let mut kim = world.client();
    let document = open(&mut kim, &token).await;
    let away = kim.act(&document, "continue", json!({})).await.ok();
    let query = provider.sign_in(url(&away), "two", "kim@partner.example");
    kim.page(&format!("/federation/fabrikam/work/callback?{query}")).await;
    let consent = present(&mut kim, &away).await;
    assert_eq!(step(&consent), "consent");
    let off = format!("{FABRIKAM}{}enabled = false\n", provider.entry("work", "\"partner.example\""));
    world.apply("fabrikam", &off).await;
    let answer = ana.get("/api/v1/me?organization=fabrikam").await;
    assert!(answer.status.is_client_error(), "{}", answer.status);
    assert_eq!(step(&kim.act(&consent, "accept", json!({})).await.ok()), "choose_provider");
    assert_eq!(world.count("SELECT COUNT(*) FROM identities WHERE subject = 'two'").await, 0);
}

#[tokio::test]
async fn s50_who_was_invited_does_not_enter_what_somebody_else_has_redeemed() {
    let (world, provider) = world().await;
    // Bob redeems what Ana was invited to, as Fabrikam allows.
    let token = invite_open(&world, ANA).await;
    let mut bob = world.client();
    let document = open(&mut bob, &token).await;
    let away = bob.act(&document, "continue", json!({})).await.ok();
    let query = provider.sign_in(url(&away), "bob", "bob@partner.example");
    bob.page(&format!("/federation/fabrikam/work/callback?{query}")).await;
    let asked = present(&mut bob, &away).await;
    assert_eq!(step(&asked), "wrong_account");
    let consent = bob.act(&asked, "continue", json!({})).await.ok();
    assert_eq!(step(&bob.act(&consent, "accept", json!({})).await.ok()), "done");
    // Ana's account is not Bob's guest.
    let mut ana = world.client();
    let entry = ana.start(&json!({ "intent": "sign-in", "organization": "fabrikam" })).await;
    let away = ana.act(&entry, "continue", json!({ "email": ANA })).await.ok();
    let query = provider.sign_in(url(&away), "ana", ANA);
    ana.page(&format!("/federation/fabrikam/work/callback?{query}")).await;
    assert_eq!(step(&present(&mut ana, &away).await), "blocked");
    assert_eq!(world.count("SELECT COUNT(*) FROM identities WHERE subject = 'ana'").await, 0);
    world.check().await;
}

#[tokio::test]
async fn s85_a_sign_in_by_a_provider_ends_the_session_before_it() {
    let (world, provider) = world().await;
    let mut ana = at_fabrikam(&world, &provider, "one").await;
    let live = "SELECT COUNT(*) FROM sessions WHERE ended_at IS NULL AND address LIKE 'ana%'";
    assert_eq!(world.count(live).await, 1);
    let token = invite_open(&world, "lee@partner.example").await;
    let document = open(&mut ana, &token).await;
    let wrong = ana.act(&document, "continue", json!({})).await.ok();
    let away = ana.act(&wrong, "switch", json!({})).await.ok();
    let query = provider.sign_in(url(&away), "lee", "lee@partner.example");
    ana.page(&format!("/federation/fabrikam/work/callback?{query}")).await;
    let consent = present(&mut ana, &away).await;
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(world.count(live).await, 0);
}

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

//! Forwarded invitations, other accounts and addresses that look alike (T03, T04, T05, R45).

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::cli::apply;

use crate::client::{Client, step};
use crate::people::{ANA, MIRA, TOM, invite, invite_open, open, redeem, to_consent, with_session};
use crate::world::{GENEROUS, World};

/// Tom, who was not invited, goes on as himself.
async fn tom_at_consent(world: &World, token: &str) -> (Client, Value) {
    let mut tom = with_session(world, TOM).await;
    let document = open(&mut tom, token).await;
    let wrong = tom.act(&document, "continue", json!({})).await.ok();
    let consent = tom.act(&wrong, "continue", json!({})).await.ok();
    (tom, consent)
}

#[tokio::test]
async fn t03_t04_r45_a_strict_invitation_waits_for_the_invited_mailbox() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut tom = with_session(&world, TOM).await;
    let document = open(&mut tom, &token).await;
    let wrong = tom.act(&document, "continue", json!({})).await;
    assert_eq!(wrong.json()["step"]["data"], json!({ "invited": "a•••@partner.example", "active": TOM }));
    assert!(!wrong.text.contains(ANA), "the whole address is not told");
    let names: Vec<_> =
        wrong.json()["actions"].as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["switch"]);
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"], "not burned");
    let sent = tom.act(&wrong.json(), "switch", json!({})).await.ok();
    let consent = tom.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(step(&tom.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(tom.get("/api/v1/session").await.ok()["account"], ANA);
    world.check().await;
}

#[tokio::test]
async fn t03_an_open_invitation_is_redeemed_by_another_account_and_both_are_recorded() {
    let world = World::with(GENEROUS).await;
    let token = invite_open(&world, ANA).await;
    let (mut tom, consent) = tom_at_consent(&world, &token).await;
    assert_eq!(consent["step"]["data"]["account"], TOM);
    assert_eq!(step(&tom.act(&consent, "accept", json!({})).await.ok()), "done");
    let detail = world.rows("SELECT detail FROM audit WHERE action = 'invitation.accepted'").await.remove(0);
    let detail: serde_json::Value = serde_json::from_str(&detail).unwrap();
    assert_eq!((detail["invited"].as_str(), detail["redeemed"].as_str()), (Some(ANA), Some(TOM)));
    world.check().await;
}

#[tokio::test]
async fn t03_an_open_invitation_does_not_admit_a_domain_that_the_organization_denies() {
    let world = World::with(GENEROUS).await;
    let token = invite_open(&world, ANA).await;
    let mut stranger = with_session(&world, "eve@blocked.example").await;
    let document = open(&mut stranger, &token).await;
    let mut at = stranger.act(&document, "continue", json!({})).await.ok();
    for _ in 0..3 {
        if step(&at) == "wrong_account" {
            at = stranger.act(&at, "continue", json!({})).await.ok();
        } else if step(&at) == "consent" {
            at = stranger.act(&at, "accept", json!({})).await.ok();
        }
    }
    assert_eq!(at["step"]["data"]["reason"], "domain_blocked", "{at}");
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"]);
}

#[tokio::test]
async fn t03_an_organization_that_becomes_strict_ends_what_it_allowed() {
    let world = World::with(GENEROUS).await;
    let token = invite_open(&world, ANA).await;
    let (mut tom, consent) = tom_at_consent(&world, &token).await;
    world.apply_changed("fabrikam", "redemption = \"open\"", "redemption = \"strict\"").await;
    let refused = tom.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&refused), "wrong_account");
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"]);
}

#[tokio::test]
async fn t11_a_consent_is_of_the_account_that_it_showed() {
    let world = World::with(GENEROUS).await;
    let token = invite_open(&world, ANA).await;
    let (mut tom, consent) = tom_at_consent(&world, &token).await;
    assert_eq!(consent["step"]["data"]["account"], TOM);
    // In another tab somebody else signs in; the consent that is still open was Tom's.
    let other = with_session(&world, "pat@partner.example").await;
    tom.cookies.extend(other.cookies);
    let again = tom.act(&consent, "accept", json!({})).await.ok();
    assert_eq!((step(&again), &again["step"]["data"]["account"]), ("consent", &json!("pat@partner.example")));
    assert_eq!(world.count("SELECT COUNT(*) FROM consents").await, 0);
    assert_eq!(step(&tom.act(&again, "accept", json!({})).await.ok()), "done");
}

#[tokio::test]
async fn t05_look_alike_addresses_are_strangers() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    redeem(&world, &token, ANA).await;
    let others = [
        "ana@partner.examp1e",
        "аna@partner.example",
        "ana@pаrtner.example",
        "ana+1@partner.example",
        "a.na@partner.example",
        "ana@partner.example.",
        "ana@xn--prtner-4ve.example",
        "ána@partner.example",
        "ana@pártner.example",
        "ana@partner.example@evil.example",
        "\"ana\"@partner.example",
        "ana(x)@partner.example",
        "ana@partner.example%0a",
        "=?utf-8?q?ana?=@partner.example",
        "ana@partner\u{ff0e}example",
        "\u{212a}ana@partner.example",
    ];
    let before = world.mails_to(ANA).await.len();
    for other in others {
        let mut client = world.client();
        let document = client.start(&json!({ "intent": "sign-in" })).await;
        let answer = client.act(&document, "continue", json!({ "email": other })).await;
        assert!([200, 422].contains(&answer.status.as_u16()), "{other}: {}", answer.text);
        world.mails().await;
    }
    let mails = world.mails().await;
    assert_eq!(world.mails_to(ANA).await.len(), before, "none of them is Ana");
    let known = [ANA, MIRA];
    assert!(
        mails.iter().flat_map(|mail| &mail.to).all(|to| known.contains(&to.as_str())),
        "nobody else got mail"
    );
}

#[tokio::test]
async fn t05_mail_goes_to_the_stored_address_and_not_to_the_typed_one() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    redeem(&world, &token, ANA).await;
    invite(&world, "Zoe@Partner.example").await;
    for (typed, stored) in [
        ("ANA@PARTNER.example", ANA),
        ("Ana@partner.EXAMPLE", ANA),
        ("zoe@partner.example", "Zoe@Partner.example"),
    ] {
        let before = world.mails().await.len();
        let mut client = world.client();
        let document = client.start(&json!({ "intent": "sign-in" })).await;
        client.act(&document, "continue", json!({ "email": typed })).await.ok();
        let mails = world.mails().await;
        assert_eq!(mails.len(), before + 1);
        assert_eq!(mails[0].to[0].to_lowercase(), stored.to_lowercase());
        let local = |address: &str| address.split('@').next().unwrap().to_owned();
        assert_eq!(local(&mails[0].to[0]), local(stored), "typed {typed}");
    }
}

#[tokio::test]
async fn t03_the_invited_session_skips_the_code_and_another_does_not() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = with_session(&world, ANA).await;
    let document = open(&mut ana, &token).await;
    assert_eq!(step(&ana.act(&document, "continue", json!({})).await.ok()), "consent");
    let consent = to_consent(&world, &mut world.client(), &token, ANA).await;
    assert_eq!(consent["step"]["data"]["account"], ANA);
    assert_eq!(ana.delete("/api/v1/session").await.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn an_account_that_redeemed_for_somebody_else_is_not_made_a_member_silently() {
    let world = World::with(GENEROUS).await;
    let token = invite_open(&world, ANA).await;
    let (mut tom, consent) = tom_at_consent(&world, &token).await;
    assert_eq!(step(&tom.act(&consent, "accept", json!({})).await.ok()), "done");
    let before = world.census().await;
    let file = include_str!("../../../../demo/organizations/fabrikam.toml");
    let member = format!("[[members]]\naddress = \"{TOM}\"\nname = \"Tom\"\nrole = \"member\"\n\n[[apps]]");
    let refused = apply::put(&world.app, "fabrikam", &file.replacen("[[apps]]", &member, 1)).await;
    let said = format!("{:#}", refused.unwrap_err());
    assert!(said.contains(TOM) && said.contains("another guest"), "{said}");
    assert_eq!(world.census().await, before);
    // The same file without it can be applied as often as one likes.
    world.apply("fabrikam", file).await;
    world.check().await;
}

#[tokio::test]
async fn an_account_of_a_disabled_guest_is_nobody_elses() {
    let world = World::with(GENEROUS).await;
    let token = invite_open(&world, ANA).await;
    let (mut tom, consent) = tom_at_consent(&world, &token).await;
    assert_eq!(step(&tom.act(&consent, "accept", json!({})).await.ok()), "done");
    world.sql("UPDATE users SET disabled_at = 1 WHERE organization = 'fabrikam' AND role = 'guest'").await;
    // Invited by his own address, he is still the guest that he was: one identity is never two people (I6).
    let token = invite_open(&world, TOM).await;
    let mut tom = world.client();
    let consent = to_consent(&world, &mut tom, &token, TOM).await;
    assert_eq!(step(&tom.act(&consent, "accept", json!({})).await.ok()), "wrong_account");
    world.check().await;
}

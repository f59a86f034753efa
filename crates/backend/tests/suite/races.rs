//! One invitation, many at once: exactly one redemption, on one node and on two (T14, P2, T35).

use std::time::Duration;

use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Client, step};
use crate::people::{ANA, TOM, invite, invite_open, open, revoke_for, to_consent, try_revoke, with_session};
use crate::world::{GENEROUS, World};

/// Browsers at the consent of one invitation, each signed in as the invited person.
async fn at_consent(world: &World, token: &str, how_many: usize) -> Vec<(Client, Value)> {
    let mut all = Vec::new();
    for _ in 0..how_many {
        let mut client = with_session(world, ANA).await;
        let document = open(&mut client, token).await;
        let consent = client.act(&document, "continue", json!({})).await.ok();
        assert_eq!(step(&consent), "consent", "{consent}");
        all.push((client, consent));
    }
    all
}

/// All agree at once; each is told that it is done.
async fn all_accept(browsers: Vec<(Client, Value)>) {
    let answers = join_all(
        browsers
            .into_iter()
            .map(|(mut client, consent)| async move { client.act(&consent, "accept", json!({})).await }),
    )
    .await;
    let first = answers[0].json();
    for answer in answers {
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        assert_eq!(answer.json()["step"], first["step"], "the same answer for everybody");
    }
    assert_eq!(step(&first), "done");
}

/// One guest, one identity, one consent, one record of the redemption.
async fn redeemed_once(world: &World) {
    for query in [
        "SELECT COUNT(*) FROM users WHERE organization = 'contoso' AND role = 'guest' AND state = 'accepted'",
        "SELECT COUNT(*) FROM users WHERE organization = 'contoso' AND address_key = 'ana@partner.example'",
        "SELECT COUNT(*) FROM identities WHERE organization = 'contoso' AND subject = 'ana@partner.example'",
        "SELECT COUNT(*) FROM consents WHERE organization = 'contoso'",
        "SELECT COUNT(*) FROM audit WHERE organization = 'contoso' AND action = 'invitation.accepted'",
        "SELECT COUNT(*) FROM audit WHERE organization = 'contoso' AND action = 'consent.given'",
        "SELECT COUNT(*) FROM invitations WHERE organization = 'contoso' AND state = 'accepted'",
    ] {
        assert_eq!(world.count(query).await, 1, "{query}");
    }
    world.check().await;
}

#[tokio::test]
async fn t14_of_two_hundred_parallel_redemptions_one_redeems() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let browsers = at_consent(&world, &token, 200).await;
    all_accept(browsers).await;
    redeemed_once(&world).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t14_t35_two_nodes_on_one_database_redeem_once() {
    let world = World::with(GENEROUS).await;
    let other = world.twin().await;
    let token = invite(&world, ANA).await;
    let mut browsers = at_consent(&world, &token, 60).await;
    let there = at_consent(&other, &token, 60).await;
    // Alternating, so that neither node is through before the other begins.
    let at = |index: usize| (index * 2 + 1).min(119);
    for (index, browser) in there.into_iter().enumerate() {
        browsers.insert(at(index), browser);
    }
    all_accept(browsers).await;
    redeemed_once(&world).await;
}

#[tokio::test]
async fn t16_an_invitation_that_is_revoked_at_the_consent_is_refused() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = to_consent(&world, &mut ana, &token, ANA).await;
    revoke_for(&world, ANA).await;
    let refused = ana.act(&consent, "accept", json!({})).await;
    assert!(refused.set_cookies().is_empty());
    assert_eq!(refused.json()["step"]["data"]["reason"], "invitation_revoked");
    assert_eq!(world.count("SELECT COUNT(*) FROM consents").await, 0);
    world.check().await;
}

#[tokio::test]
async fn t16_r04_expiry_counts_at_the_use_without_any_sweep() {
    for (early, reached) in [(Duration::from_millis(1), "done"), (Duration::ZERO, "blocked")] {
        let world = World::with(GENEROUS).await;
        let token = invite(&world, ANA).await;
        world.advance(Duration::from_hours(30 * 24).checked_sub(Duration::from_mins(5)).unwrap());
        let mut ana = world.client();
        let consent = to_consent(&world, &mut ana, &token, ANA).await;
        world.advance(Duration::from_mins(5).checked_sub(early).unwrap());
        let end = ana.act(&consent, "accept", json!({})).await.ok();
        assert_eq!(step(&end), reached, "{early:?} before the end: {end}");
        assert_eq!(
            world.client().page(&format!("/i/{token}")).await.status,
            if reached == "done" { 200 } else { 410 }
        );
        world.check().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t16_revocation_and_redemption_at_once_have_one_winner() {
    let world = World::with(GENEROUS).await;
    for round in 0..20 {
        let address = format!("g{round}@partner.example");
        let token = invite(&world, &address).await;
        let mut guest = with_session(&world, &address).await;
        let document = open(&mut guest, &token).await;
        let consent = guest.act(&document, "continue", json!({})).await.ok();
        let accept = guest.act(&consent, "accept", json!({}));
        // Whoever comes second finds the row changed: `false`, or a refusal.
        let revoke = try_revoke(&world, &address);
        let (accepted, revoked) = if round % 2 == 0 {
            tokio::join!(accept, revoke)
        } else {
            let (revoked, accepted) = tokio::join!(revoke, accept);
            (accepted, revoked)
        };
        let reached = if revoked { "blocked" } else { "done" };
        assert_eq!(step(&accepted.ok()), reached, "round {round}");
    }
    world.check().await;
}

#[tokio::test]
async fn i6_one_account_is_never_two_guests() {
    let world = World::with(GENEROUS).await;
    // Tom is a guest of Fabrikam already when he comes with Ana's invitation, which others may redeem there.
    let his = invite_open(&world, TOM).await;
    let mut tom = with_session(&world, TOM).await;
    for token in [his, invite_open(&world, ANA).await] {
        let document = open(&mut tom, &token).await;
        let mut at = tom.act(&document, "continue", json!({})).await.ok();
        if step(&at) == "wrong_account" {
            at = tom.act(&at, "continue", json!({})).await.ok();
        }
        let end = tom.act(&at, "accept", json!({})).await.ok();
        assert_ne!(step(&end), "consent", "asking again and again leads nowhere: {end}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM identities WHERE subject = 'tom@contoso.example' AND organization = 'fabrikam'").await, 1);
    assert_eq!(
        world.count("SELECT COUNT(*) FROM invitations WHERE state = 'pending'").await,
        1,
        "Ana's is not spent"
    );
    world.check().await;
}

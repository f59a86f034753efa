//! Codes: short-lived, used once, the newest only, bound to where and what for they were asked; never seen (S91, S92,
//! S95).

use std::time::Duration;

use serde_json::json;

use crate::client::{message, step};
use crate::people::{ANA, BOB, MIRA, guest, invite, invite_open, open, redeem, to_code};
use crate::world::{GENEROUS, World};

#[tokio::test]
async fn s91_a_code_works_for_ten_minutes() {
    for (age, reached) in
        [(Duration::from_millis(599_999), "consent"), (Duration::from_mins(10), "email_code")]
    {
        let world = World::new().await;
        let token = invite(&world, ANA).await;
        let mut ana = world.client();
        let sent = to_code(&mut ana, &token).await;
        let code = world.code_for(ANA).await;
        world.advance(age);
        let next = ana.verify(&sent, &code).await.ok();
        assert_eq!(step(&next), reached);
        assert!(reached == "consent" || message(&next) == "code_expired");
    }
}

#[tokio::test]
async fn t26_a_clock_that_jumps_revives_no_code_and_ends_none_early() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let sent = to_code(&mut ana, &token).await;
    let code = world.code_for(ANA).await;
    let noon = world.app.now();
    // A day ahead the code is over. Told so once, it stays over when the clock is set right again.
    world.advance(Duration::from_hours(24));
    let late = ana.verify(&sent, &code).await;
    assert!(late.status == 410 || message(&late.json()) == "code_expired", "{}", late.text);
    world.clock.set(noon);
    let mut ben = world.client();
    let sent = to_code(&mut ben, &token).await;
    let code = world.code_for(ANA).await;
    // Half a minute and an hour back, as daylight saving set by hand does: the code is as good as before.
    for back in [Duration::from_secs(30), Duration::from_hours(1)] {
        world.clock.set(noon.minus(back));
        let wrong = ben.act(&sent, "verify", json!({ "code": "00000000" })).await;
        assert!(wrong.status == 200 || wrong.status == 409, "{}", wrong.text);
    }
    let now = ben.get(&crate::client::flow_path(&sent)).await.ok();
    assert_eq!(step(&ben.verify(&now, &code).await.ok()), "consent");
    world.check().await;
}

#[tokio::test]
async fn s91_only_the_newest_code_works() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let sent = to_code(&mut ana, &token).await;
    let older = world.code_for(ANA).await;
    world.advance(Duration::from_secs(31));
    let again = ana.act(&sent, "resend", json!({})).await.ok();
    assert_eq!(message(&again), "code_resent");
    let newer = world.code_for(ANA).await;
    assert_ne!(older, newer);
    let wrong = ana.verify(&again, &older).await.ok();
    assert_eq!((step(&wrong), message(&wrong)), ("email_code", "code_wrong"));
    assert_eq!(step(&ana.verify(&wrong, &newer).await.ok()), "consent");
}

#[tokio::test]
async fn s91_a_code_works_once() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let sent = to_code(&mut ana, &token).await;
    let code = world.code_for(ANA).await;
    assert_eq!(step(&ana.verify(&sent, &code).await.ok()), "consent");
    // Not at the old revision, and not in another flow of the same browser.
    assert_eq!(ana.verify(&sent, &code).await.code(), "stale_revision");
    let again = to_code(&mut ana, &token).await;
    assert_eq!(message(&ana.verify(&again, &code).await.ok()), "code_wrong");
    assert_eq!(world.count("SELECT COUNT(*) FROM codes WHERE state = 'used'").await, 1);
}

#[tokio::test]
async fn s92_a_code_of_another_flow_tab_purpose_organization_or_address_is_wrong() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let elsewhere = invite_open(&world, ANA).await;
    let other = invite(&world, BOB).await;
    let mut ana = world.client();
    let mut codes = Vec::new();
    // Another tab of the same browser.
    to_code(&mut ana, &token).await;
    codes.push(("tab", world.code_for(ANA).await));
    // Another browser.
    to_code(&mut world.client(), &token).await;
    codes.push(("browser", world.code_for(ANA).await));
    // Another organization.
    to_code(&mut ana, &elsewhere).await;
    codes.push(("organization", world.code_for(ANA).await));
    // Another address.
    to_code(&mut ana, &other).await;
    codes.push(("address", world.code_for(BOB).await));
    // Another purpose: to decline, and to sign in.
    let document = open(&mut ana, &token).await;
    let blocked = ana.act(&document, "decline", json!({})).await.ok();
    ana.act(&blocked, "decline_with_code", json!({})).await.ok();
    codes.push(("declining", world.code_for(ANA).await));
    let document = ana.start(&json!({ "intent": "sign-in" })).await;
    ana.act(&document, "continue", json!({ "email": ANA })).await.ok();
    codes.push(("sign-in", world.code_for(ANA).await));

    for (what, code) in codes {
        let sent = to_code(&mut ana, &token).await;
        let wrong = ana.verify(&sent, &code).await.ok();
        assert_eq!((step(&wrong), message(&wrong)), ("email_code", "code_wrong"), "{what}");
        world.advance(Duration::from_mins(12));
    }
}

#[tokio::test]
async fn s92_within_one_flow_a_code_to_decline_does_not_redeem() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let blocked = ana.act(&document, "decline", json!({})).await.ok();
    let declining = ana.act(&blocked, "decline_with_code", json!({})).await.ok();
    let code = world.code_for(ANA).await;
    let back = ana.act(&declining, "back", json!({})).await.ok();
    let sent = ana.act(&back, "continue", json!({})).await.ok();
    assert_eq!(step(&sent), "email_code");
    assert_eq!(message(&ana.verify(&sent, &code).await.ok()), "code_wrong");
}

#[tokio::test]
async fn s95_neither_code_nor_link_is_in_an_answer_or_in_the_data() {
    let world = World::with(GENEROUS).await;
    let mut secrets = Vec::new();
    let mut answers = String::new();
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let sent = ana.act(&document, "continue", json!({})).await;
    answers.push_str(&sent.text);
    // Before the worker has sent it, too: the code lies in the outbox only sealed.
    let outbox = world.rows("SELECT sealed FROM outbox WHERE sealed IS NOT NULL").await;
    assert_eq!(outbox.len(), 1);
    let code = world.code_for(ANA).await;
    assert_eq!(
        world.count("SELECT COUNT(*) FROM outbox WHERE sealed IS NOT NULL").await,
        0,
        "erased once sent"
    );
    secrets.push(token.clone());
    secrets.push(code.clone());
    secrets.push(format!("{} {}", &code[..4], &code[4..]));
    answers.push_str(&ana.page(&format!("/flow/{}", document["flow"]["id"].as_str().unwrap())).await.text);
    let consent = ana.verify(&sent.json(), &code).await;
    answers.push_str(&consent.text);
    answers.push_str(&ana.act(&consent.json(), "accept", json!({})).await.text);
    for path in ["/apps", "/apps/account", "/api/v1/me/apps", "/api/v1/me/activity", "/api/v1/me/consents"] {
        answers.push_str(&ana.page(path).await.text);
    }
    let mut mira = crate::people::with_session(&world, MIRA).await;
    answers.push_str(&mira.get(crate::people::INVITATIONS).await.text);
    for secret in &secrets {
        assert!(!answers.contains(secret), "in an answer");
        for file in world.files() {
            let bytes = std::fs::read(&file).unwrap();
            assert!(
                !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()),
                "{}",
                file.display()
            );
        }
    }
}

#[tokio::test]
async fn s95_a_code_is_never_stored_as_a_plain_hash() {
    use sha2::{Digest as _, Sha256};
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    to_code(&mut world.client(), &token).await;
    let code = world.code_for(ANA).await;
    let plain = format!("{:x}", Sha256::digest(code.as_bytes()));
    assert!(!world.rows("SELECT hash FROM codes").await.contains(&plain));
    assert!(
        world.rows("SELECT key FROM limits").await.iter().all(|key| key.len() == 64 && !key.contains('@'))
    );
}

#[tokio::test]
async fn s92_a_redeemed_link_still_asks_for_a_proof() {
    let world = World::with(GENEROUS).await;
    guest(&world, BOB).await;
    let token = invite(&world, ANA).await;
    redeem(&world, &token, ANA).await;
    let sent = to_code(&mut world.client(), &token).await;
    assert_eq!(sent["step"]["data"]["sent_to"], "a•••@partner.example");
}

//! Sessions begin anew, end in time and are worth nothing to whoever planted or stole them (S85, S86, S98, R27, T10).

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Client, step};
use crate::people::{ANA, BOB, MIRA, TOM, guest, invite, sign_in, to_consent, with_session};
use crate::world::{GENEROUS, World};

const COOKIE: &str = "__Host-vestibule-session";

async fn alive(client: &mut Client) -> bool {
    let status = client.get("/api/v1/session").await.status;
    assert!([StatusCode::OK, StatusCode::UNAUTHORIZED].contains(&status));
    status == StatusCode::OK
}

#[tokio::test]
async fn s85_r27_the_session_changes_at_each_sign_in_and_the_old_one_ends() {
    let world = World::with(GENEROUS).await;
    let first = with_session(&world, MIRA).await;
    let mut browser = first.clone();
    // The same browser proves the mailbox again, to redeem.
    let token = invite(&world, ANA).await;
    let document = browser.start(&json!({ "intent": "redeem", "invitation": token })).await;
    let wrong = browser.act(&document, "continue", json!({})).await.ok();
    assert_eq!(step(&wrong), "wrong_account");
    let sent = browser.act(&wrong, "switch", json!({})).await.ok();
    let consent = browser.verify(&sent, &world.code_for(ANA).await).await.ok();
    browser.act(&consent, "accept", json!({})).await.ok();
    assert_ne!(browser.cookies[COOKIE], first.cookies[COOKIE]);
    assert!(alive(&mut browser).await);
    assert!(!alive(&mut first.clone()).await, "the session from before the sign-in has ended");
}

#[tokio::test]
async fn s85_t10_a_planted_cookie_is_not_adopted() {
    let world = World::new().await;
    let planted = "A".repeat(43);
    let mut victim = world.client();
    victim.cookies.insert(COOKIE.to_owned(), planted.clone());
    let document = victim.start(&json!({ "intent": "sign-in" })).await;
    let sent = victim.act(&document, "continue", json!({ "email": MIRA })).await.ok();
    victim.verify(&sent, &world.code_for(MIRA).await).await.ok();
    assert_ne!(victim.cookies[COOKIE], planted);
    let mut attacker = world.client();
    attacker.cookies.insert(COOKIE.to_owned(), planted);
    assert!(!alive(&mut attacker).await);
}

#[tokio::test]
async fn s85_t10_no_session_is_read_from_an_address_or_body() {
    let world = World::new().await;
    let mira = sign_in(&world, MIRA).await;
    let token = &mira.cookies[COOKIE];
    let mut other = world.client();
    for path in [
        format!("/api/v1/session?session={token}"),
        format!("/api/v1/session?{COOKIE}={token}"),
        format!("/api/v1/session;jsessionid={token}"),
    ] {
        assert_ne!(other.get(&path).await.status, StatusCode::OK);
    }
    other.bearer = Some(token.clone());
    assert!(!alive(&mut other).await, "a session is no bearer token");
    assert_eq!(other.get("/v1.0/invitations").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn s85_sessions_flows_and_links_are_stored_as_hashes() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = to_consent(&world, &mut ana, &token, ANA).await;
    ana.act(&consent, "accept", json!({})).await.ok();
    let secrets: Vec<String> = ana.cookies.values().cloned().chain([token]).collect();
    assert!(secrets.len() >= 3);
    assert!(secrets.iter().all(|secret| secret.len() == 43), "256 bits in base64url");
    for file in world.files() {
        let bytes = std::fs::read(&file).unwrap();
        for secret in &secrets {
            let found = bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
            assert!(!found, "{}", file.display());
        }
    }
}

#[tokio::test]
async fn s86_a_session_ends_after_an_hour_without_use() {
    let world = World::new().await;
    let mut mira = sign_in(&world, MIRA).await;
    for _ in 0..3 {
        world.advance(Duration::from_mins(59));
        assert!(alive(&mut mira).await);
    }
    world.advance(Duration::from_mins(61));
    assert!(!alive(&mut mira).await);
    // Set back, the clock revives nobody.
    world.clock.set(world.app.now().minus(Duration::from_hours(1)));
    world.advance(Duration::from_hours(1));
    assert!(!alive(&mut mira).await);
}

#[tokio::test]
async fn s86_a_session_ends_after_a_day_whatever_is_done() {
    let world = World::new().await;
    let mut mira = sign_in(&world, MIRA).await;
    for _ in 0..47 {
        world.advance(Duration::from_mins(30));
        assert!(alive(&mut mira).await);
    }
    world.advance(Duration::from_mins(29));
    assert!(alive(&mut mira).await);
    world.advance(Duration::from_mins(1) + Duration::from_millis(1));
    assert!(!alive(&mut mira).await);
}

#[tokio::test]
async fn s87_a_disabled_member_is_out_at_once() {
    let world = World::new().await;
    let mut tom = sign_in(&world, TOM).await;
    let member = "[[members]]\naddress = \"tom@contoso.example\"\nname = \"Tom Okafor\"\nrole = \"member\"\n";
    world.apply_changed("contoso", member, "").await;
    assert!(!alive(&mut tom).await);
    world.check().await;
}

#[tokio::test]
async fn s87_a_flow_left_open_at_a_consent_signs_nobody_in_after_the_sign_out() {
    let world = World::with(GENEROUS).await;
    let mut ana = guest(&world, ANA).await;
    let consents = ana.get("/api/v1/me/consents").await.ok();
    let id = consents["items"][0]["id"].as_str().unwrap();
    assert_eq!(ana.delete(&format!("/api/v1/me/consents/{id}")).await.status, StatusCode::NO_CONTENT);
    // Signed in but without a consent, she is asked for it again, and walks away.
    let consent = ana.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    assert_eq!(step(&consent), "consent");
    world.sql("UPDATE sessions SET ended_at = 1").await;
    let answer = ana.act(&consent, "accept", json!({})).await;
    assert_eq!(step(&answer.ok()), "identify");
    assert!(!alive(&mut ana).await);
    assert_eq!(world.count("SELECT COUNT(*) FROM consents WHERE revoked_at IS NULL").await, 0);
}

#[tokio::test]
async fn s87_signing_out_ends_the_walks_of_the_browser_with_what_was_proven_in_them() {
    for page in [false, true] {
        let world = World::with(GENEROUS).await;
        guest(&world, ANA).await;
        let token = invite(&world, BOB).await;
        let mut kiosk = world.client();
        // Bob has proven his mailbox, and goes for a coffee; Ana signs in beside that, and out.
        let consent = to_consent(&world, &mut kiosk, &token, BOB).await;
        let entry = kiosk.start(&json!({ "intent": "sign-in" })).await;
        let sent = kiosk.act(&entry, "continue", json!({ "email": ANA })).await.ok();
        assert_eq!(step(&kiosk.verify(&sent, &world.code_for(ANA).await).await.ok()), "done");
        let mut elsewhere = world.client();
        let another = elsewhere.start(&json!({ "intent": "sign-in" })).await;
        if page {
            let csrf = kiosk.page("/apps").await.hidden("csrf");
            assert_eq!(kiosk.form("/signout", &[("csrf", &csrf)]).await.status, StatusCode::SEE_OTHER);
        } else {
            assert_eq!(kiosk.delete("/api/v1/session").await.status, StatusCode::NO_CONTENT);
        }
        let answer = kiosk.act(&consent, "accept", json!({})).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::GONE, "flow_expired"));
        assert!(!alive(&mut kiosk).await);
        // Another browser's walks are its own.
        let sent = elsewhere.act(&another, "continue", json!({ "email": ANA })).await.ok();
        assert_eq!(step(&elsewhere.verify(&sent, &world.code_for(ANA).await).await.ok()), "done");
        world.check().await;
    }
}

#[tokio::test]
async fn s87_somebody_disabled_at_the_consent_is_not_signed_in() {
    let world = World::with(GENEROUS).await;
    let mut ana = guest(&world, ANA).await;
    let consents = ana.get("/api/v1/me/consents").await.ok();
    ana.delete(&format!("/api/v1/me/consents/{}", consents["items"][0]["id"].as_str().unwrap())).await;
    ana.delete("/api/v1/session").await;
    let document = ana.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let sent = ana.act(&document, "continue", json!({ "email": ANA })).await.ok();
    let consent = ana.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(step(&consent), "consent");
    world.sql("UPDATE users SET disabled_at = 1 WHERE address_key = 'ana@partner.example'").await;
    let answer = ana.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(answer["step"]["data"]["reason"], "account_disabled", "{answer}");
    assert!(!alive(&mut ana).await);
    world.check().await;
}

#[tokio::test]
async fn s98_a_code_by_mail_is_one_factor_and_nothing_says_otherwise() {
    let world = World::new().await;
    let mut mira = sign_in(&world, MIRA).await;
    let session = mira.get("/api/v1/session").await.ok();
    assert_eq!(session["method"], "email_code");
    for claim in ["acr", "amr", "mfa", "assurance"] {
        assert!(session.get(claim).is_none(), "{session}");
    }
    let factor = vestibule_domain::session::Method::EmailCode.assurance();
    assert!(factor < vestibule_domain::session::Assurance::MultiFactor);
}

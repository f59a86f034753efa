//! The secret of an invitation: opens that one, once, until it is replaced (T13, T17, T18, R01, R03).

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{flow_path, step};
use crate::people::{
    ANA, BOB, invite, invite_open, open, redeem, resend_for, revoke_for, to_code, to_consent, with_session,
};
use crate::world::{GENEROUS, World};

#[tokio::test]
async fn t17_r01_r31_changed_cut_and_made_up_links_are_nothing() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut wrong: Vec<String> = (1..token.len()).map(|length| token[..length].to_owned()).collect();
    wrong.extend((0..43).map(|at| {
        let mut bytes = token.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    }));
    wrong.extend([
        format!("{token}="),
        format!("{token}A"),
        format!(" {token}"),
        format!("{token}\n"),
        token.to_uppercase(),
        "A".repeat(43),
        "A".repeat(10_000),
        String::new(),
        "null".to_owned(),
        "eyJhbGciOiJub25lIn0.e30.".to_owned(),
        // Another spelling of the same bytes: the last character has bits to spare.
        token[..42].to_owned() + next_letter(&token[42..]).as_str(),
    ]);
    let before = world.census().await;
    for text in wrong.iter().filter(|text| **text != token) {
        let answer =
            world.client().post("/api/v1/flows", &json!({ "intent": "redeem", "invitation": text })).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, "not_found"), "{text:?}");
        assert_eq!(answer.json()["step"]["step"]["data"]["reason"], "unknown_invitation");
        assert!(answer.set_cookies().is_empty());
    }
    let limits = |census: Vec<(&'static str, i64)>| {
        census.into_iter().filter(|(table, _)| *table != "limits").collect::<Vec<_>>()
    };
    assert_eq!(limits(world.census().await), limits(before));
}

fn next_letter(last: &str) -> String {
    char::from(last.as_bytes()[0].wrapping_add(1)).to_string()
}

#[tokio::test]
async fn t17_r03_the_link_alone_says_which_invitation_it_is() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    invite_open(&world, BOB).await;
    let mut client = world.client();
    let request = json!({
        "intent": "redeem", "invitation": token, "organization": "fabrikam", "user_flow": "other", "login_hint": BOB,
        "return_to": "https://evil.example",
    });
    let document = client.start(&request).await;
    assert_eq!(document["flow"]["organization"], "contoso");
    assert_eq!(document["step"]["data"]["invited"], "a•••@partner.example");
    // For another intent it is nothing at all.
    let document = client.start(&json!({ "intent": "sign-in", "invitation": token })).await;
    assert_eq!(step(&document), "identify");
}

#[tokio::test]
async fn t17_the_id_of_a_flow_opens_nothing_in_another_browser() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = to_consent(&world, &mut ana, &token, ANA).await;
    let mut other = world.client();
    open(&mut other, &token).await;
    // Not with the cookie of another flow under this one's name either.
    let foreign = other.cookies.values().next().unwrap().clone();
    let name = ana.cookies.keys().find(|name| name.contains("flow")).unwrap().clone();
    other.cookies.insert(name, foreign);
    for mut browser in [world.client(), other, with_session(&world, ANA).await] {
        let answer = browser.act(&consent, "accept", json!({})).await;
        assert_eq!(answer.code(), "flow_bound_elsewhere");
        assert_eq!(browser.get(&flow_path(&consent)).await.code(), "flow_bound_elsewhere");
        let page = browser.page(&format!("/flow/{}", consent["flow"]["id"].as_str().unwrap())).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN);
        assert!(!page.text.contains(ANA));
    }
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"]);
}

#[tokio::test]
async fn t13_a_redeemed_invitation_is_the_same_persons_way_back_and_nobody_elses() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    redeem(&world, &token, ANA).await;
    // The same person proves the mailbox and is in; nothing is redeemed twice.
    let mut again = world.client();
    let sent = to_code(&mut again, &token).await;
    assert_eq!(step(&again.verify(&sent, &world.code_for(ANA).await).await.ok()), "done");
    // Somebody else is told that it was used.
    let mut bob = with_session(&world, BOB).await;
    let document = open(&mut bob, &token).await;
    let used = bob.act(&document, "continue", json!({})).await.ok();
    assert_eq!(used["step"]["data"]["reason"], "invitation_used");
    assert_eq!(world.count("SELECT COUNT(*) FROM audit WHERE action = 'invitation.accepted'").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM consents").await, 1);
    world.check().await;
}

#[tokio::test]
async fn t13_a_declined_invitation_stays_declined() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut waiting = world.client();
    let consent = to_consent(&world, &mut waiting, &token, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let blocked = ana.act(&document, "decline", json!({})).await.ok();
    let sent = ana.act(&blocked, "decline_with_code", json!({})).await.ok();
    let declined = ana.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(declined["step"]["data"]["reason"], "invitation_declined");
    let late = waiting.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(late["step"]["data"]["reason"], "invitation_declined");
    let answer =
        world.client().post("/api/v1/flows", &json!({ "intent": "redeem", "invitation": token })).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::GONE, "flow_expired"));
    // A new invitation is a new question.
    let newer = invite(&world, ANA).await;
    redeem(&world, &newer, ANA).await;
    world.check().await;
}

#[tokio::test]
async fn t13_a_newer_invitation_ends_the_older_one() {
    let world = World::with(GENEROUS).await;
    let older = invite(&world, ANA).await;
    let mut waiting = world.client();
    let consent = to_consent(&world, &mut waiting, &older, ANA).await;
    let newer = invite(&world, ANA).await;
    assert_ne!(older, newer);
    let late = waiting.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&late), "blocked", "{late}");
    assert_eq!(world.client().page(&format!("/i/{older}")).await.status, StatusCode::GONE);
    redeem(&world, &newer, ANA).await;
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE address_key = 'ana@partner.example'").await, 1);
    world.check().await;
}

#[tokio::test]
async fn t18_a_resent_invitation_has_one_link_and_the_old_one_says_so() {
    let world = World::with(GENEROUS).await;
    let older = invite(&world, ANA).await;
    let mut waiting = world.client();
    let consent = to_consent(&world, &mut waiting, &older, ANA).await;
    resend_for(&world, ANA).await;
    let newer = world.link_for(ANA).await;
    assert_ne!(older, newer);
    let answer =
        world.client().post("/api/v1/flows", &json!({ "intent": "redeem", "invitation": older })).await;
    assert_eq!(answer.json()["step"]["step"]["data"]["reason"], "invitation_replaced");
    // A walk that began with the old link ends too.
    let late = waiting.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(late["step"]["data"]["reason"], "invitation_replaced", "{late}");
    redeem(&world, &newer, ANA).await;
    world.check().await;
}

#[tokio::test]
async fn t16_a_revoked_link_says_so_for_ever() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    revoke_for(&world, ANA).await;
    let answer =
        world.client().post("/api/v1/flows", &json!({ "intent": "redeem", "invitation": token })).await;
    assert_eq!(answer.json()["step"]["step"]["data"]["reason"], "invitation_revoked");
    world.check().await;
}

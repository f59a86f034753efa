//! The same request again has the same answer, and no second effect (P3).

use std::time::Duration;

use axum::http::StatusCode;
use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Client, flow_path, step};
use crate::people::{
    ANA, INVITATIONS, MIRA, TOM, invite, least, open, to_consent, trusted_program, with_session,
};
use crate::world::{GENEROUS, World};

async fn invitations(world: &World) -> (i64, i64, i64) {
    (
        world.count("SELECT COUNT(*) FROM invitations").await,
        world.count("SELECT COUNT(*) FROM outbox").await,
        world.count("SELECT COUNT(*) FROM audit WHERE action = 'invitation.created'").await,
    )
}

#[tokio::test]
async fn p3_an_invitation_with_a_key_is_made_once() {
    let world = World::with(GENEROUS).await;
    let mut program = trusted_program(&world, "contoso").await;
    let first = program.post_once(INVITATIONS, "key-1", &least(ANA)).await;
    assert_eq!(first.status, StatusCode::CREATED);
    assert!(first.json()["inviteRedeemUrl"].is_string());
    world.advance(Duration::from_hours(23));
    let again = program.post_once(INVITATIONS, "key-1", &least(ANA)).await;
    assert_eq!((again.status, &again.text), (StatusCode::CREATED, &first.text), "with the very same link");
    let other = program.post_once(INVITATIONS, "key-1", &least("bea@partner.example")).await;
    assert_eq!(
        (other.status, other.json()["error"]["code"].clone()),
        (StatusCode::UNPROCESSABLE_ENTITY, json!("IdempotencyKeyReused"))
    );
    assert_eq!(invitations(&world).await, (1, 1, 1));
    world.check().await;
    // The kept answer holds a link, so it lies there sealed.
    let link = first.json()["inviteRedeemUrl"].as_str().unwrap().to_owned();
    let token = link.rsplit('/').next().unwrap();
    assert!(!world.rows("SELECT answer FROM idempotency").await[0].contains(token));
    // A day later the key is forgotten.
    world.advance(Duration::from_hours(1));
    assert_ne!(program.post_once(INVITATIONS, "key-1", &least(ANA)).await.json()["id"], first.json()["id"]);
}

#[tokio::test]
async fn p3_twenty_at_once_with_one_key_make_one() {
    let world = World::with(GENEROUS).await;
    let program = trusted_program(&world, "contoso").await;
    let answers = join_all((0..20).map(|_| {
        let mut client = program.clone();
        async move { client.post_once(INVITATIONS, "k", &least(ANA)).await }
    }))
    .await;
    assert!(
        answers.iter().all(|answer| answer.status == StatusCode::CREATED && answer.text == answers[0].text)
    );
    assert_eq!(invitations(&world).await, (1, 1, 1));
}

#[tokio::test]
async fn p3_keys_of_different_callers_do_not_meet() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut tom = with_session(&world, TOM).await;
    let mut program = trusted_program(&world, "fabrikam").await;
    let mut ids = Vec::new();
    for (client, path) in
        [(&mut mira, INVITATIONS), (&mut tom, INVITATIONS), (&mut program, "/v1.0/invitations")]
    {
        ids.push(client.post_once(path, "same", &least(ANA)).await.ok()["id"].clone());
    }
    assert!(ids[0] != ids[1] && ids[1] != ids[2], "{ids:?}");
}

#[tokio::test]
async fn p3_a_refused_request_keeps_no_answer() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut wrong = least(ANA);
    wrong["inviteRedirectUrl"] = json!("https://evil.example");
    assert_eq!(mira.post_once(INVITATIONS, "k", &wrong).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(mira.post_once(INVITATIONS, "k", &least(ANA)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn p3_a_key_that_is_none_is_refused() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    for key in ["", "two words", &"k".repeat(129)] {
        assert_eq!(
            mira.post_once(INVITATIONS, key, &least(ANA)).await.status,
            StatusCode::BAD_REQUEST,
            "{key:?}"
        );
    }
    assert_eq!(mira.post_once(INVITATIONS, &"k".repeat(128), &least(ANA)).await.status, StatusCode::CREATED);
}

/// Submits with a key.
async fn submit(
    client: &mut Client,
    document: &Value,
    key: &str,
    action: &str,
    values: Value,
) -> crate::client::Answer {
    let body = json!({ "rev": document["flow"]["rev"], "action": action, "values": values });
    client.post_once(&flow_path(document), key, &body).await
}

#[tokio::test]
async fn p3_a_submission_that_comes_again_gets_the_same_answer_and_sends_no_second_mail() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let first = submit(&mut ana, &document, "a", "continue", json!({})).await;
    let before = world.census().await;
    let again = submit(&mut ana, &document, "a", "continue", json!({})).await;
    assert_eq!((again.status, &again.text), (StatusCode::OK, &first.text));
    assert_eq!(world.census().await, before);
    let other = submit(&mut ana, &document, "a", "decline", json!({})).await;
    assert_eq!(
        (other.status, other.code().as_str()),
        (StatusCode::UNPROCESSABLE_ENTITY, "idempotency_key_reused")
    );
    // A wrong guess that comes again spends no second attempt.
    let sent = first.json();
    for _ in 0..3 {
        submit(&mut ana, &sent, "guess", "verify", json!({ "code": "00000000" })).await.ok();
    }
    assert_eq!(world.count("SELECT attempts_left FROM codes WHERE state = 'active'").await, 4);
}

#[tokio::test]
async fn p3_the_lost_answer_of_the_redemption_is_given_again_with_the_session() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = to_consent(&world, &mut ana, &token, ANA).await;
    // The answer gets lost: the browser has neither the document nor the cookie.
    let mut lost = ana.clone();
    let first = submit(&mut lost, &consent, "last", "accept", json!({})).await;
    assert_eq!(step(&first.json()), "done");
    let again = submit(&mut ana, &consent, "last", "accept", json!({})).await;
    assert_eq!(
        (again.text, again.headers["set-cookie"].clone()),
        (first.text, first.headers["set-cookie"].clone())
    );
    ana.get("/api/v1/session").await.ok();
    // Without the key, as after a reload, too.
    let mut reloaded = ana.clone();
    reloaded.cookies.remove("__Host-vestibule-session");
    let stale = reloaded.act(&consent, "accept", json!({})).await;
    assert_eq!(stale.code(), "stale_revision");
    reloaded.get("/api/v1/session").await.ok();
    // One session, one redemption.
    assert_eq!(world.count("SELECT COUNT(*) FROM sessions WHERE address = 'ana@partner.example'").await, 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM consents").await, 1);
    // Signed out, the same request gives no session any more.
    ana.delete("/api/v1/session").await;
    let late = submit(&mut ana, &consent, "last", "accept", json!({})).await;
    assert!(late.set_cookies().is_empty(), "{:?}", late.headers);
    assert_eq!(ana.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn p3_a_form_pressed_twice_invites_once() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let path = "/desk/invite?organization=contoso";
    let csrf = mira.page(path).await.hidden("csrf");
    let fields =
        [("csrf", csrf.as_str()), ("action", "send"), ("address", ANA), ("name", ""), ("message", "")];
    for _ in 0..3 {
        let answer = mira.form(path, &fields).await;
        assert!(
            answer.status.is_success() || answer.status.is_redirection(),
            "{} {}",
            answer.status,
            answer.text
        );
    }
    assert_eq!(invitations(&world).await, (1, 1, 1));
}

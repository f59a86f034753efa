//! No step can be skipped (S89): every action at every stage, out of order, empty, twice.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Client, flow_path, message, step};
use crate::people::{ANA, TOM, invite, invite_open, open, revoke_for, to_code, to_consent, with_session};
use crate::world::{GENEROUS, World};

/// Every action of the contract, and names that are none.
const ACTIONS: [&str; 20] = [
    "continue",
    "decline",
    "send",
    "verify",
    "resend",
    "back",
    "switch",
    "accept",
    "cancel",
    "restart",
    "decline_with_code",
    "choose",
    "complete",
    "check",
    "acknowledge",
    "deny",
    "",
    "ACCEPT",
    "accept ",
    "finish",
];

/// A browser at a stage.
struct At {
    stage: &'static str,
    client: Client,
    document: Value,
}

/// One browser at each stage.
async fn stages(world: &World) -> Vec<At> {
    let mut all = Vec::new();
    let mut put = |stage, client: &Client, document: &Value| {
        all.push(At { stage, client: client.clone(), document: document.clone() });
    };
    let token = invite(world, ANA).await;

    let mut ana = world.client();
    let invitation = open(&mut ana, &token).await;
    put("invitation", &ana, &invitation);
    let mut other = world.client();
    let document = open(&mut other, &token).await;
    let refused = other.act(&document, "decline", json!({})).await.ok();
    put("blocked: not for you", &other, &refused);

    let mut anybody = world.client();
    let identify = anybody.start(&json!({ "intent": "sign-in" })).await;
    put("identify", &anybody, &identify);

    let mut impatient = world.client();
    let mut document = open(&mut impatient, &token).await;
    for _ in 0..2 {
        let sent = impatient.act(&document, "continue", json!({})).await.ok();
        document = impatient.act(&sent, "back", json!({})).await.ok();
    }
    let ready = impatient.act(&document, "continue", json!({})).await.ok();
    assert_eq!(ready["step"]["data"]["state"], "ready", "{ready}");
    put("code: ready", &impatient, &ready);

    let mut tom = with_session(world, TOM).await;
    let document = open(&mut tom, &token).await;
    let wrong = tom.act(&document, "continue", json!({})).await.ok();
    put("wrong account: strict", &tom, &wrong);
    let elsewhere = invite_open(world, ANA).await;
    let document = open(&mut tom, &elsewhere).await;
    let wrong = tom.act(&document, "continue", json!({})).await.ok();
    put("wrong account: open", &tom, &wrong);

    let mut careful = world.client();
    let consent = to_consent(world, &mut careful, &token, ANA).await;
    let cancelled = careful.act(&consent, "cancel", json!({})).await.ok();
    put("blocked: consent refused", &careful, &cancelled);

    let mut sent = world.client();
    let document = to_code(&mut sent, &token).await;
    put("code: sent", &sent, &document);

    let mut agreeing = world.client();
    let consent = to_consent(world, &mut agreeing, &token, ANA).await;
    put("consent", &agreeing, &consent);

    let other = invite(world, "zoe@partner.example").await;
    let mut late = world.client();
    let document = to_code(&mut late, &other).await;
    let code = world.code_for("zoe@partner.example").await;
    revoke_for(world, "zoe@partner.example").await;
    let revoked = late.verify(&document, &code).await.ok();
    assert_eq!(revoked["step"]["data"]["reason"], "invitation_revoked");
    put("blocked: revoked", &late, &revoked);

    let token = invite(world, "eve@partner.example").await;
    let mut through = world.client();
    let consent = to_consent(world, &mut through, &token, "eve@partner.example").await;
    let done = through.act(&consent, "accept", json!({})).await.ok();
    put("done", &through, &done);
    all
}

#[tokio::test]
async fn s89_r14_r15_r16_an_action_that_is_not_offered_moves_nothing() {
    let world = World::with(GENEROUS).await;
    let mut tried = 0;
    for At { stage, mut client, document } in stages(&world).await {
        let offered: Vec<&str> = document["actions"]
            .as_array()
            .unwrap()
            .iter()
            .map(|action| action["name"].as_str().unwrap())
            .collect();
        for action in ACTIONS.into_iter().filter(|action| !offered.contains(action)) {
            let before = world.census().await;
            let answer = client.act(&document, action, json!({ "code": "12345678", "email": ANA })).await;
            assert_eq!(
                answer.status,
                StatusCode::UNPROCESSABLE_ENTITY,
                "{stage}: {action:?}: {}",
                answer.text
            );
            assert_eq!(answer.json()["errors"][0]["code"], "action_unknown", "{stage}: {action:?}");
            assert!(answer.set_cookies().is_empty(), "{stage}: {action:?}");
            assert_eq!(world.census().await, before, "{stage}: {action:?}");
            let now = client.get(&flow_path(&document)).await.ok();
            assert_eq!(
                (&now["flow"]["rev"], &now["step"]),
                (&document["flow"]["rev"], &document["step"]),
                "{stage}"
            );
            tried += 1;
        }
    }
    assert!(tried > 150, "{tried}");
    world.check().await;
}

#[tokio::test]
async fn s89_an_empty_or_malformed_post_moves_nothing() {
    let world = World::with(GENEROUS).await;
    for At { stage, mut client, document } in stages(&world).await {
        let path = flow_path(&document);
        let before = world.census().await;
        let rev = &document["flow"]["rev"];
        let bodies = [
            json!({}),
            json!([]),
            json!(null),
            json!({ "rev": rev }),
            json!({ "action": "accept" }),
            json!({ "rev": rev.to_string(), "action": "accept" }),
            json!({ "rev": -1, "action": "accept" }),
            json!({ "rev": rev, "action": ["accept"] }),
            json!({ "rev": rev, "action": "accept", "values": { "a": 1 } }),
            json!({ "rev": rev, "action": "accept", "stage": "Done" }),
        ];
        for body in bodies {
            let answer = client.post(&path, &body).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{stage}: {body}: {}", answer.text);
        }
        assert_eq!(world.census().await, before, "{stage}");
        assert_eq!(client.get(&path).await.ok()["flow"]["rev"], *rev, "{stage}");
    }
}

#[tokio::test]
async fn s89_a_post_for_another_revision_moves_nothing_and_shows_the_step() {
    let world = World::with(GENEROUS).await;
    for At { stage, mut client, document } in stages(&world).await {
        let rev = document["flow"]["rev"].as_u64().unwrap();
        let before = world.census().await;
        for other in [rev.wrapping_sub(1), rev + 1, 0, u64::MAX].into_iter().filter(|other| *other != rev) {
            for action in ["continue", "verify", "accept", "switch", "send", "decline_with_code"] {
                let body = json!({ "rev": other, "action": action, "values": { "code": "12345678" } });
                let answer = client.post(&flow_path(&document), &body).await;
                assert_eq!(
                    (answer.status, answer.code().as_str()),
                    (StatusCode::CONFLICT, "stale_revision"),
                    "{stage}"
                );
                assert_eq!(answer.json()["step"]["step"], document["step"], "{stage}");
                assert_eq!(message(&answer.json()["step"]), "moved_on");
            }
        }
        assert_eq!(world.census().await, before, "{stage}");
    }
}

#[tokio::test]
async fn s89_of_two_submissions_at_once_one_moves() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut client = world.client();
    let document = open(&mut client, &token).await;
    let mails = world.mails_to(ANA).await.len();
    let twice = futures_util::future::join_all((0..20).map(|_| {
        let (mut client, document) = (client.clone(), document.clone());
        async move { client.act(&document, "continue", json!({})).await.status }
    }))
    .await;
    assert_eq!(twice.iter().filter(|status| **status == StatusCode::OK).count(), 1, "{twice:?}");
    assert!(twice.iter().all(|status| [StatusCode::OK, StatusCode::CONFLICT].contains(status)), "{twice:?}");
    assert_eq!(world.mails_to(ANA).await.len(), mails + 1);
    assert_eq!(world.count("SELECT COUNT(*) FROM codes WHERE state = 'active'").await, 1);
}

#[tokio::test]
async fn s89_a_flow_cannot_go_on_where_another_one_stands() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut first = world.client();
    let consent = to_consent(&world, &mut first, &token, ANA).await;
    // The same browser begins again: what was proven in one flow is not proven in the next.
    let again = open(&mut first, &token).await;
    let sent = first.act(&again, "continue", json!({})).await.ok();
    assert_eq!(step(&sent), "email_code");
    assert_eq!(step(&first.act(&consent, "accept", json!({})).await.ok()), "done");
}

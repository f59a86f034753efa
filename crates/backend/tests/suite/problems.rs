//! Every code of the registry is given by something, or it is said why not.

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::json;
use vestibule_contract::ProblemCode;

use crate::client::{Answer, Client, flow_path};
use crate::people::{ANA, MIRA, guest, invite, open, with_session};
use crate::world::{GENEROUS, World};

/// Codes that nothing here gives, and why.
const NOT_GIVEN: [(ProblemCode, &str); 2] = [
    (
        ProblemCode::IdempotencyInProgress,
        "one writer: a second request with a key waits for the first and gets its answer",
    ),
    (
        ProblemCode::RequestTimeout,
        "needs fifteen seconds of a body that does not come; see http/body/tests.rs",
    ),
];

async fn given(world: &World) -> Vec<Answer> {
    let token = invite(world, ANA).await;
    let mut ana = guest(world, "bea@partner.example").await;
    let document = open(&mut ana, &token).await;
    let path = flow_path(&document);
    let raw = |method: Method, path: &str, kind: &str, body: &str| {
        let request = Client::build(method, path).header(header::CONTENT_TYPE, kind);
        request.body(Body::from(body.to_owned())).unwrap()
    };
    let mut all = vec![
        ana.post(&path, &json!({ "rev": "x" })).await,
        ana.send(raw(Method::POST, &path, "application/json", "{")).await,
        world.client().get("/api/v1/me").await,
        ana.send(
            Request::post("/api/v1/flows")
                .header(header::ORIGIN, "https://evil.example")
                .body(Body::empty())
                .unwrap(),
        )
        .await,
        world.client().get(&path).await,
        ana.get("/api/v1/nothing").await,
        ana.send(raw(Method::PUT, "/api/v1/me", "application/json", "")).await,
        ana.post(&path, &json!({ "rev": 7, "action": "continue" })).await,
        ana.send(raw(Method::POST, &path, "application/json", &"x".repeat(70_000))).await,
        ana.send(raw(Method::POST, &path, "text/plain", "{}")).await,
        ana.send(Request::get("/").header(header::HOST, "evil.example").body(Body::empty()).unwrap()).await,
        ana.act(&document, "accept", json!({})).await,
    ];
    ana.post_once(&path, "k", &json!({ "rev": 0, "action": "decline" })).await.ok();
    all.push(ana.post_once(&path, "k", &json!({ "rev": 0, "action": "continue" })).await);
    // A guest who has taken the consent back.
    let consents = ana.get("/api/v1/me/consents").await.ok();
    ana.delete(&format!("/api/v1/me/consents/{}", consents["items"][0]["id"].as_str().unwrap())).await;
    all.push(ana.get("/api/v1/me/apps").await);
    world.advance(std::time::Duration::from_hours(1));
    all.push(ana.get(&path).await);
    all.push(
        world
            .without_randomness()
            .await
            .client()
            .post("/api/v1/flows", &json!({ "intent": "sign-in" }))
            .await,
    );
    let mut mira = with_session(world, MIRA).await;
    world.sql("ALTER TABLE assignments RENAME TO gone").await;
    all.push(mira.get("/api/v1/me/apps").await);
    let narrow = World::with("[limits.start_per_ip]\nburst = 1\nper = \"1h\"\n").await;
    narrow.client().start(&json!({ "intent": "sign-in" })).await;
    all.push(narrow.client().post("/api/v1/flows", &json!({ "intent": "sign-in" })).await);
    all
}

#[tokio::test]
async fn every_problem_code_is_given_with_its_status_and_shape() {
    let world = World::with(GENEROUS).await;
    let mut seen = BTreeSet::new();
    for answer in given(&world).await {
        let problem = answer.json();
        let code: ProblemCode = serde_json::from_value(problem["code"].clone()).expect(&answer.text);
        assert_eq!(answer.status.as_u16(), code.status(), "{problem}");
        assert_eq!(problem["status"], code.status(), "{problem}");
        assert_eq!(problem["type"], format!("urn:vestibule:problem:{}", code.as_str()));
        assert_eq!(problem["title"], code.title());
        assert_eq!(answer.header("content-type"), Some("application/problem+json"));
        let has_reference =
            problem["reference"].as_str().is_some_and(|reference| reference.starts_with("V-"));
        assert_eq!(has_reference, code.status() == 403 || code.status() >= 500, "{problem}");
        assert_eq!(answer.header("retry-after").is_some(), [429, 503].contains(&code.status()), "{problem}");
        let has_step = problem.get("step").is_some();
        assert_eq!(has_step, ["stale_revision", "validation_failed"].contains(&code.as_str()), "{problem}");
        assert_eq!(problem.get("errors").is_some(), code == ProblemCode::ValidationFailed, "{problem}");
        if code == ProblemCode::FlowExpired || code == ProblemCode::Forbidden {
            assert_eq!(problem["links"]["restart"], "/?organization=contoso", "{problem}");
        }
        seen.insert(code.as_str());
    }
    for code in ProblemCode::ALL {
        let excused = NOT_GIVEN.iter().any(|(excused, _)| excused == code);
        assert_ne!(seen.contains(code.as_str()), excused, "{}", code.as_str());
    }
}

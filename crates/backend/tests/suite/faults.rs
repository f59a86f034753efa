//! Faults of ours say nothing but a reference, and leave nothing half done (S111, S115, F13).

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Client, flow_path, step};
use crate::people::{ANA, INVITATIONS, MIRA, guest, invite, least, open, to_code, to_consent, with_session};
use crate::routes::ROUTES;
use crate::world::{GENEROUS, World};

/// Nothing of what went wrong is told.
fn is_generic(text: &str, what: &str) {
    for word in
        ["SQL", "sql", "table", "panicked", ".rs", "/tmp", "rusqlite", "no such", "constraint", "database"]
    {
        assert!(!text.contains(word), "{what} tells {word}: {text}");
    }
}

#[tokio::test]
async fn s111_s115_without_its_tables_every_route_fails_closed_and_generic() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut mira = with_session(&world, MIRA).await;
    let document = open(&mut mira, &token).await;
    mira.page("/").await;
    world
        .sql(
            "ALTER TABLE flows RENAME TO gone1; ALTER TABLE organizations RENAME TO gone2; \
             ALTER TABLE identities RENAME TO gone3; ALTER TABLE invitation_links RENAME TO gone4; \
             ALTER TABLE limits RENAME TO gone5;",
        )
        .await;
    let mut failed = 0;
    let own = [flow_path(&document), format!("/i/{token}")];
    let paths = ROUTES
        .iter()
        .map(|route| (route.method, route.path))
        .chain([("GET", own[0].as_str()), ("GET", &own[1])]);
    for (method, path) in paths {
        for accept in ["application/json", "text/html"] {
            let mut client = mira.clone();
            let body = if path == "/api/v1/flows" { json!({ "intent": "sign-in" }) } else { least(ANA) };
            let request = Client::build(method.parse().unwrap(), path)
                .header("accept", accept)
                .header("content-type", "application/json")
                .body(axum::body::Body::from(body.to_string()));
            let answer = client.send(request.unwrap()).await;
            is_generic(&answer.text, path);
            if answer.status.is_server_error() {
                failed += 1;
                let has_reference = answer.text.contains("V-");
                assert!(has_reference, "{method} {path} for {accept}: {}", answer.text);
            }
        }
    }
    assert!(failed > 20, "{failed}");
    assert_eq!(world.client().get("/healthz").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s111_a_fault_in_the_middle_of_a_redemption_leaves_nothing() {
    for table in [
        "ALTER TABLE consents RENAME TO gone",
        "ALTER TABLE identities RENAME TO gone",
        "ALTER TABLE audit RENAME TO gone",
        "ALTER TABLE sessions RENAME COLUMN method TO gone",
    ] {
        let world = World::with(GENEROUS).await;
        let token = invite(&world, ANA).await;
        let mut ana = world.client();
        let consent = to_consent(&world, &mut ana, &token, ANA).await;
        world.sql(table).await;
        let answer = ana.act(&consent, "accept", json!({})).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            "{table}"
        );
        assert!(answer.json()["reference"].as_str().unwrap().starts_with("V-"));
        assert!(answer.set_cookies().is_empty());
        is_generic(&answer.text, table);
        assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"], "{table}");
        assert_eq!(
            world.count("SELECT COUNT(*) FROM users WHERE role = 'guest' AND state = 'accepted'").await,
            0
        );
        assert_eq!(
            ana.get(&flow_path(&consent)).await.ok()["flow"]["rev"],
            consent["flow"]["rev"],
            "{table}"
        );
    }
}

#[tokio::test]
async fn s111_the_management_plane_fails_in_its_own_envelope() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    world.sql("ALTER TABLE invitations RENAME TO gone").await;
    for answer in [mira.get(INVITATIONS).await, mira.post(INVITATIONS, &least(ANA)).await] {
        assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
        let error: Value = answer.json()["error"].clone();
        assert_eq!(error["code"], "InternalServerError");
        assert!(error["innerError"]["request-id"].as_str().unwrap().starts_with("V-"));
        is_generic(&answer.text, "graph");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE role = 'guest'").await, 0);
}

#[tokio::test]
async fn f13_without_randomness_nothing_weak_comes_out() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let mut mira = with_session(&world, MIRA).await;
    let before = world.census().await;
    let broken = world.without_randomness().await;
    let at = |client: &Client| Client { service: broken.service.clone(), ..client.clone() };
    let answers = [
        at(&ana).act(&document, "continue", json!({})).await,
        at(&ana).post("/api/v1/flows", &json!({ "intent": "sign-in" })).await,
        at(&mira).post(INVITATIONS, &least("new@partner.example")).await,
    ];
    for answer in answers {
        assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{}", answer.text);
        assert!(answer.set_cookies().is_empty());
    }
    assert_eq!(world.census().await, before);
    // With randomness again it goes on where it stood.
    assert_eq!(step(&ana.act(&document, "continue", json!({})).await.ok()), "email_code");
    mira.get(INVITATIONS).await.ok();
}

#[tokio::test]
async fn s115_a_mail_server_that_is_down_stops_no_redemption_with_a_session() {
    let world = World::with(GENEROUS).await;
    guest(&world, "bea@partner.example").await;
    let token = invite(&world, ANA).await;
    // Nothing is sent in this world unless the worker is asked to: the code waits sealed, the page says so.
    let sent = to_code(&mut world.client(), &token).await;
    assert_eq!(sent["step"]["data"]["state"], "sent");
    assert_eq!(world.count("SELECT COUNT(*) FROM outbox WHERE sent_at IS NULL").await, 1);
    let mut ana = with_session(&world, ANA).await;
    let document = open(&mut ana, &token).await;
    let consent = ana.act(&document, "continue", json!({})).await.ok();
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
}

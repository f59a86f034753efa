//! What is too large, too deep or too much is refused before it is worked on (S110).

use axum::body::Body;
use axum::http::{Method, StatusCode, header};
use serde_json::json;

use crate::client::{Client, flow_path};
use crate::people::{ANA, INVITATIONS, MIRA, invite, least, open, with_session};
use crate::routes::{ACS, ROUTES};
use crate::world::{GENEROUS, World};

fn post(path: &str, kind: &str, body: String) -> axum::http::Request<Body> {
    Client::build(Method::POST, path).header(header::CONTENT_TYPE, kind).body(Body::from(body)).unwrap()
}

#[tokio::test]
async fn s110_no_route_takes_more_than_64_kib() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    mira.page("/").await;
    let before = world.census().await;
    for route in ROUTES.iter().filter(|route| route.method == "POST" && route.pattern != ACS) {
        let kind = if route.takes_forms() { "application/x-www-form-urlencoded" } else { "application/json" };
        for size in [64 * 1024 + 1, 1024 * 1024] {
            let answer = mira.send(post(route.path, kind, "a".repeat(size))).await;
            assert_eq!(
                answer.status,
                StatusCode::PAYLOAD_TOO_LARGE,
                "{} {size}: {}",
                route.path,
                answer.text
            );
        }
    }
    assert_eq!(world.census().await, before);
}

#[tokio::test]
async fn s110_depth_keys_and_repetition_are_bounded() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut client = world.client();
    let document = open(&mut client, &token).await;
    let path = flow_path(&document);
    let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
    let deep_object = format!("{}1{}", "{\"a\":".repeat(1_000), "}".repeat(1_000));
    let keys = (0..100_000).map(|key| format!("\"k{key}\":\"\"")).collect::<Vec<_>>().join(",");
    let twice = "{\"rev\":0,\"action\":\"continue\",\"action\":\"decline\",\"values\":{}}".to_owned();
    let broken = "{\"rev\":0,\"action\":\"continue\"".to_owned();
    let not_utf8 = String::from("{\"rev\":0}\u{0}");
    for (what, body, status) in [
        ("deep array", format!("{{\"rev\":{deep}}}"), 400),
        ("deep object", format!("{{\"rev\":0,\"action\":\"x\",\"values\":{deep_object}}}"), 400),
        ("keys", format!("{{\"rev\":0,\"action\":\"x\",\"values\":{{{keys}}}}}"), 413),
        ("a member twice", twice, 400),
        ("cut off", broken, 400),
        ("a NUL after the end", not_utf8, 400),
    ] {
        let answer = client.send(post(&path, "application/json", body)).await;
        assert_eq!(answer.status.as_u16(), status, "{what}: {}", answer.text);
    }
    client.page("/").await;
    let fields = (0..600).map(|key| format!("k{key}=1")).collect::<Vec<_>>().join("&");
    for body in [fields, "action=a&action=b".to_owned()] {
        let answer = client.send(post("/", "application/x-www-form-urlencoded", body)).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    assert_eq!(client.get(&path).await.ok()["flow"]["rev"], 0);
}

#[tokio::test]
async fn s110_long_values_are_refused_or_cut_and_stored_nowhere_whole() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let long = "x".repeat(20_000);
    let mut message = least(ANA);
    message["invitedUserMessageInfo"] = json!({ "customizedMessageBody": "y".repeat(501) });
    let mut address = least(ANA);
    address["invitedUserEmailAddress"] = json!(format!("{long}@partner.example"));
    let mut apps = least(ANA);
    apps["vestibule"] = json!({ "apps": [long] });
    let mut language = least(ANA);
    language["invitedUserMessageInfo"] = json!({ "messageLanguage": long });
    for body in [message, address, apps, language] {
        let answer = mira.post(INVITATIONS, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{}", answer.text);
        assert!(answer.text.len() < 1_000, "nothing long is sent back: {}", answer.text.len());
    }
    let mut name = least(ANA);
    name["invitedUserDisplayName"] = json!(long);
    name["vestibule"] = json!({ "reason": long });
    assert!(mira.post(INVITATIONS, &name).await.text.len() < 2_000);
    assert!(world.count("SELECT MAX(LENGTH(name)) FROM invitations").await <= 120);
}

#[tokio::test]
async fn s110_odd_addresses_are_answered_as_problems() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    for path in [
        "/api/v1/brand",
        "/api/v1/brand?organization=a&organization=b",
        "/api/v1/me?organization=%ff%fe&organization=x",
        "/v1.0/invitations?$top=abc",
        "/v1.0/invitations?$top=0",
        "/v1.0/invitations?$top=1000",
        "/v1.0/invitations?$top=-1",
        "/v1.0/invitations?$top=1&$top=2",
        "/api/v1/flows/%ff",
        "/flow/%ff",
        "/i/%ff%fe",
        "/?organization=a&organization=b",
    ] {
        for accept in ["application/json", "text/html"] {
            let request =
                Client::build(Method::GET, path).header(header::ACCEPT, accept).body(Body::empty()).unwrap();
            let answer = mira.send(request).await;
            assert!(answer.status.is_client_error(), "{path}: {} {}", answer.status, answer.text);
            let kind = answer.header("content-type").unwrap();
            let right = ["application/problem+json", "application/json", "text/html; charset=utf-8"];
            assert!(right.contains(&kind), "{path}: {kind}: {}", answer.text);
        }
    }
}

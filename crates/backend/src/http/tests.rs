//! The layers together, in the order in which the server stacks them.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::header::{ACCEPT, HOST};
use axum::http::{HeaderMap, Request, StatusCode};
use axum::middleware::{from_fn_with_state, map_response};
use axum::routing::{get, post};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use vestibule_domain::testing::SeededEntropy;
use vestibule_storage::StoreError;

use super::body::JsonBody;
use super::problem::ApiProblem;
use super::{headers, host, origin, request_log};
use crate::config::tests::sample;

/// Routes that answer, refuse and fail, in all layers.
fn service() -> Router {
    let config = sample("server.extra_hosts = [\"health.internal:9000\"]");
    let failing = || async {
        let reason = "SELECT secret FROM /var/lib/vestibule".to_owned();
        Err::<(), _>(ApiProblem::from(StoreError::Inconsistent { table: "users", column: "name", reason }))
    };
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/i/{token}", get(|| async { "invitation" }))
        .route("/change", post(|| async { "changed" }))
        .route("/json", post(|JsonBody(_): JsonBody<serde_json::Value>| async { "taken" }))
        .route("/fails", get(failing))
        .layer(from_fn_with_state(origin::SameOrigin::new(&config), origin::check))
        .layer(from_fn_with_state(host::AllowedHosts::new(&config), host::check))
        .layer(map_response(headers::secure))
        .layer(from_fn_with_state(
            request_log::RequestLog(Arc::new(SeededEntropy::new(1))),
            request_log::record,
        ))
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: String,
}

pub(super) async fn send(request: Request<Body>) -> Answer {
    let response = service().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.unwrap().to_bytes();
    let body = String::from_utf8(bytes.to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A request for our host, as a browser's own page makes it.
pub(super) fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(HOST, "guests.example")
        .header("sec-fetch-site", "same-origin")
}

fn empty(builder: axum::http::request::Builder) -> Request<Body> {
    builder.body(Body::empty()).unwrap()
}

/// A request to everything that can answer: routes, refusals of each layer, faults.
fn everything() -> Vec<(&'static str, Request<Body>, u16)> {
    vec![
        ("route", empty(request("GET", "/")), 200),
        ("missing", empty(request("GET", "/nothing")), 404),
        ("method", empty(request("PUT", "/")), 405),
        ("fault", empty(request("GET", "/fails")), 500),
        ("body", empty(request("POST", "/json")), 415),
        ("host", empty(Request::builder().uri("/").header(HOST, "evil.example")), 421),
        ("host page", empty(Request::builder().uri("/").header(ACCEPT, "text/html")), 400),
        ("origin", empty(request("POST", "/change").header("origin", "https://evil.example")), 403),
    ]
}

#[tokio::test]
async fn s64_s69_s70_s71_s78_s80_every_response_is_secured() {
    for (name, request, status) in everything() {
        let Answer { status: got, headers, .. } = send(request).await;
        assert_eq!(got.as_u16(), status, "{name}");
        let value =
            |header: &str| headers.get(header).map(|value| value.to_str().unwrap()).unwrap_or_default();
        assert!(value("content-security-policy").starts_with("default-src 'none'"), "{name}");
        assert!(value("content-security-policy").contains("frame-ancestors 'none'"), "{name}");
        assert_eq!(value("cross-origin-opener-policy"), "same-origin", "{name}");
        assert_eq!(value("cross-origin-embedder-policy"), "require-corp", "{name}");
        assert_eq!(value("cross-origin-resource-policy"), "same-origin", "{name}");
        assert_eq!(value("origin-agent-cluster"), "?1", "{name}");
        assert_eq!(value("referrer-policy"), "no-referrer", "{name}");
        assert_eq!(value("x-content-type-options"), "nosniff", "{name}");
        assert_eq!(value("x-frame-options"), "DENY", "{name}");
        assert_eq!(value("strict-transport-security"), "max-age=63072000; includeSubDomains", "{name}");
        assert_eq!(value("cache-control"), "no-store", "{name}");
        for denied in ["camera=()", "geolocation=()", "payment=()", "usb=()", "clipboard-read=()"] {
            assert!(value("permissions-policy").contains(denied), "{name}: {denied}");
        }
        assert!(value("permissions-policy").contains("publickey-credentials-get=(self)"), "{name}");
        assert!(!headers.contains_key("server"), "{name}");
    }
}

#[tokio::test]
async fn s63_no_origin_is_ever_allowed_in() {
    for origin in
        ["null", "https://guests.example.evil", "http://guests.example", "https://guests.example:444"]
    {
        for method in ["GET", "OPTIONS", "POST"] {
            let asked = request(method, "/change")
                .header("origin", origin)
                .header("access-control-request-method", "POST")
                .header("access-control-request-headers", "authorization");
            let answer = send(empty(asked)).await;
            let cors = answer.headers.keys().find(|name| name.as_str().starts_with("access-control-"));
            assert!(cors.is_none(), "{method} {origin}: {cors:?}");
        }
    }
}

#[tokio::test]
async fn s111_a_fault_says_nothing_but_a_reference() {
    let answer = send(empty(request("GET", "/fails"))).await;
    assert_eq!(answer.headers["content-type"], "application/problem+json");
    let problem: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(problem["code"], "internal");
    let reference = problem["reference"].as_str().unwrap();
    assert!(reference.starts_with("V-") && reference.len() == 9, "{reference}");
    for leak in ["SELECT", "users", "name", "/var", "Inconsistent", "storage"] {
        assert!(!answer.body.contains(leak), "{leak}: {}", answer.body);
    }
}

#[tokio::test]
async fn refusals_are_pages_for_people_and_documents_for_programs() {
    let page = send(empty(
        request("POST", "/change")
            .header("origin", "null")
            .header("sec-fetch-site", "x")
            .header(ACCEPT, "text/html,application/xhtml+xml;q=0.9"),
    ))
    .await;
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    assert!(page.body.starts_with("<!doctype html>") && page.body.contains("Reference: V-"), "{}", page.body);
    let document = send(empty(request("POST", "/change").header("origin", "https://evil.example"))).await;
    assert_eq!(document.headers["content-type"], "application/problem+json");
    assert!(document.body.contains("origin_refused"));
}

#[tokio::test]
async fn s110_a_body_of_a_mebibyte_is_refused() {
    let large = format!("\"{}\"", "a".repeat(1024 * 1024));
    let request =
        request("POST", "/json").header("content-type", "application/json").body(Body::from(large)).unwrap();
    let answer = send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.body.contains("payload_too_large"));
}

//! Which hosts are ours, in headers and in request lines.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::body::Body;
use axum::http::Request;
use axum::http::header::HOST;

use super::AllowedHosts;
use crate::config::tests::sample;
use crate::http::tests::send;

#[test]
fn s108_only_our_hosts_are_admitted() {
    let allowed = AllowedHosts::new(&sample("server.extra_hosts = [\"health.internal:9000\"]"));
    for ours in ["guests.example", "GUESTS.Example", "guests.example:443", "health.internal:9000"] {
        assert!(allowed.admit(ours), "{ours}");
    }
    for other in [
        "",
        "evil.example",
        "guests.example.evil.example",
        "xguests.example",
        "guests.example:8443",
        "guests.example:80",
        "guests.example:",
        "guests.example:x",
        "guests.example:99999",
        "guests.example.",
        "user@guests.example",
        "evil.example@guests.example",
        "guests.example@evil.example",
        "health.internal",
        "guests.example/evil",
        "guests.example, evil.example",
        "guests.example evil.example",
        "[::1]",
        "127.0.0.1",
    ] {
        assert!(!allowed.admit(other), "{other}");
    }
}

async fn status(build: impl FnOnce(axum::http::request::Builder) -> axum::http::request::Builder) -> u16 {
    let request = build(Request::builder().method("GET").uri("/")).body(Body::empty()).unwrap();
    send(request).await.status.as_u16()
}

#[tokio::test]
async fn s108_an_unknown_missing_or_doubled_host_is_refused() {
    assert_eq!(status(|it| it.header(HOST, "guests.example")).await, 200);
    assert_eq!(status(|it| it.header(HOST, "evil.example")).await, 421);
    assert_eq!(status(|it| it).await, 400);
    assert_eq!(status(|it| it.header(HOST, "guests.example").header(HOST, "evil.example")).await, 400);
    assert_eq!(status(|it| it.header(HOST, "guests.example").header(HOST, "guests.example")).await, 400);
    assert_eq!(status(|it| it.header(HOST, b"\xff\xfe".as_slice())).await, 421);
}

#[tokio::test]
async fn s108_an_absolute_request_line_names_our_host_too() {
    let line = |uri: &'static str| move |it: axum::http::request::Builder| it.uri(uri);
    assert_eq!(status(|it| line("https://guests.example/")(it).header(HOST, "guests.example")).await, 200);
    assert_eq!(status(|it| line("http://evil.example/")(it).header(HOST, "guests.example")).await, 421);
    assert_eq!(status(|it| line("https://guests.example/")(it).header(HOST, "evil.example")).await, 421);
    assert_eq!(status(line("https://guests.example/")).await, 200);
    assert_eq!(status(line("https://evil.example/")).await, 421);
}

#[tokio::test]
async fn s108_r19_forwarded_headers_change_nothing() {
    for (name, value) in [
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "host=evil.example;proto=http"),
        ("x-original-url", "/change"),
        ("x-http-method-override", "POST"),
    ] {
        let request = Request::builder().uri("/").header(HOST, "guests.example").header(name, value);
        let answer = send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.body.as_str()), (200, "hello"), "{name}");
    }
}

//! Absolute addresses come from the configuration alone, callers from their connection (S108, S109, R19, R20).

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::json;

use crate::client::Client;
use crate::people::{ANA, INVITATIONS, MIRA, least, with_session};
use crate::world::{ORIGIN, World};

/// Headers in which proxies say where a request came in.
const FORWARDED: [(&str, &str); 9] = [
    ("x-forwarded-host", "evil.example"),
    ("x-forwarded-proto", "http"),
    ("x-forwarded-port", "81"),
    ("x-forwarded-prefix", "/evil"),
    ("forwarded", "host=evil.example;proto=http;for=1.2.3.4"),
    ("x-original-host", "evil.example"),
    ("x-host", "evil.example"),
    ("x-original-url", "/evil"),
    ("x-rewrite-url", "/evil"),
];

#[tokio::test]
async fn s108_r19_mails_and_redirects_name_the_configured_host() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    let mut request =
        Client::build(Method::POST, INVITATIONS).header(header::CONTENT_TYPE, "application/json");
    for (name, value) in FORWARDED {
        request = request.header(name, value);
    }
    let mut body = least(ANA);
    body["inviteRedirectUrl"] = json!(format!("{ORIGIN}/apps"));
    let answer = mira.send(request.body(Body::from(body.to_string())).unwrap()).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert!(!answer.text.contains("evil") && answer.text.contains(ORIGIN), "{}", answer.text);
    let mail = world.mails_to(ANA).await.remove(0);
    let whole = format!("{:?}{}{}", mail.headers, mail.text, mail.html);
    assert!(!whole.contains("evil") && whole.contains(&format!("{ORIGIN}/i/")), "{whole}");

    // The code's mail, which is caused by somebody who is not signed in.
    let mut request =
        Client::build(Method::POST, "/api/v1/flows").header(header::CONTENT_TYPE, "application/json");
    for (name, value) in FORWARDED {
        request = request.header(name, value);
    }
    let started = world
        .client()
        .send(request.body(Body::from(json!({ "intent": "sign-in" }).to_string())).unwrap())
        .await;
    assert!(started.header("location").unwrap().starts_with("/api/v1/flows/"));
    for path in ["/apps", "/desk", "/apps/account"] {
        let mut request = Request::get(path).header(header::ACCEPT, "text/html");
        for (name, value) in FORWARDED {
            request = request.header(name, value);
        }
        let answer = world.client().send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{path}");
        assert!(answer.header("location").unwrap().starts_with('/'), "{path}");
    }
}

#[tokio::test]
async fn s108_another_host_is_not_served() {
    let world = World::new().await;
    for host in [
        "evil.example",
        "localhost",
        "localhost:8081",
        "localhost:8080.evil.example",
        "evil.example:8080",
        "127.0.0.1:8080",
        "user@localhost:8080",
        "localhost:8080,evil.example",
        "[::1]:8080",
    ] {
        for path in ["/", "/i/x", "/api/v1/session", "/healthz"] {
            let request = Request::get(path).header(header::HOST, host).body(Body::empty()).unwrap();
            let answer = world.client().send(request).await;
            assert_eq!(answer.status.as_u16(), 421, "{host} {path}: {}", answer.text);
            assert_eq!(answer.code(), "misdirected_request");
            assert!(!answer.text.contains("evil"));
        }
    }
    let mut twice = Request::get("/").header(header::HOST, "localhost:8080").body(Body::empty()).unwrap();
    twice.headers_mut().append(header::HOST, "evil.example".parse().unwrap());
    assert_eq!(world.client().send(twice).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn s108_an_absolute_request_line_names_our_host_too() {
    let world = World::new().await;
    for (line, status) in [
        ("http://localhost:8080/healthz", 200),
        ("http://evil.example/healthz", 421),
        ("http://localhost:8080@evil.example/healthz", 421),
    ] {
        let request = Request::get(line).body(Body::empty()).unwrap();
        assert_eq!(world.client().send(request).await.status.as_u16(), status, "{line}");
    }
}

/// Starts a flow with a list of hops; whether it was admitted.
async fn start(client: &mut Client, hops: Option<&str>) -> bool {
    let mut request =
        Client::build(Method::POST, "/api/v1/flows").header(header::CONTENT_TYPE, "application/json");
    if let Some(hops) = hops {
        request = request.header("x-forwarded-for", hops);
    }
    let body = Body::from(json!({ "intent": "sign-in" }).to_string());
    client.send(request.body(body).unwrap()).await.status == StatusCode::CREATED
}

const ONE: &str = "[limits.start_per_ip]\nburst = 1\nper = \"1h\"\n";

#[tokio::test]
async fn s109_a_caller_from_the_internet_does_not_choose_its_address() {
    let world = World::with(ONE).await;
    let mut client = world.client();
    assert!(start(&mut client, None).await);
    for hops in ["203.0.113.9", "a", "", "1.1.1.1, 2.2.2.2", &"1.1.1.1, ".repeat(200)] {
        assert!(!start(&mut client, Some(hops)).await, "{hops:?}");
    }
    assert!(start(&mut world.client().from(7), Some("203.0.113.9")).await, "another peer is another caller");
}

#[tokio::test]
async fn s109_r20_a_trusted_proxys_last_hop_counts_and_nonsense_counts_as_the_proxy() {
    let world = World::with(&format!("[server]\ntrusted_proxies = [\"192.0.2.0/24\"]\n{ONE}")).await;
    let mut proxy = world.client();
    assert!(start(&mut proxy, Some("6.6.6.6, 203.0.113.1")).await);
    assert!(
        !start(&mut proxy, Some("7.7.7.7, 203.0.113.1")).await,
        "what the caller wrote before is not believed"
    );
    assert!(!start(&mut proxy, Some("203.0.113.1, 192.0.2.77")).await, "two proxies of ours");
    assert!(start(&mut proxy, Some("203.0.113.2")).await);
    // Nonsense is the proxy's own budget: not none, and one for all of it.
    assert!(start(&mut proxy, Some("nonsense")).await);
    for hops in ["a", "999.1.1.1", "203.0.113.3 203.0.113.4", "", "unknown", "_hidden"] {
        assert!(!start(&mut proxy, Some(hops)).await, "{hops:?}");
    }
}

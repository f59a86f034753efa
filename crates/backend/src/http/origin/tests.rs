//! Which requests count as made by our own pages.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::body::Body;
use axum::http::Request;
use axum::http::header::HOST;

use crate::http::tests::send;

async fn status(method: &str, headers: &[(&str, &str)]) -> u16 {
    let mut request = Request::builder().method(method).uri("/change").header(HOST, "guests.example");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    send(request.body(Body::empty()).unwrap()).await.status.as_u16()
}

const OURS: (&str, &str) = ("origin", "https://guests.example");
const NULL: (&str, &str) = ("origin", "null");

fn site(value: &'static str) -> (&'static str, &'static str) {
    ("sec-fetch-site", value)
}

#[tokio::test]
async fn s62_our_own_pages_get_through() {
    assert_eq!(status("POST", &[OURS, site("same-origin")]).await, 200);
    assert_eq!(status("POST", &[OURS]).await, 200, "a browser without Sec-Fetch-Site");
    assert_eq!(status("POST", &[site("same-origin")]).await, 200, "a browser without Origin");
    assert_eq!(status("POST", &[NULL, site("same-origin")]).await, 200, "a form of ours, under no-referrer");
}

#[tokio::test]
async fn s62_t11_everybody_else_is_refused() {
    let evil = ("origin", "https://evil.example");
    for headers in [
        vec![],
        vec![evil],
        vec![evil, site("same-origin")],
        vec![evil, site("cross-site")],
        vec![("origin", "https://other.guests.example"), site("same-site")],
        vec![("origin", "http://guests.example"), site("same-origin")],
        vec![("origin", "https://guests.example:8443"), site("same-origin")],
        vec![("origin", "https://guests.example.evil.example")],
        vec![("origin", "https://guests.example/"), site("same-origin")],
        vec![("origin", "HTTPS://GUESTS.EXAMPLE")],
        vec![("origin", "")],
        vec![NULL],
        vec![NULL, site("none")],
        vec![NULL, site("cross-site")],
        vec![OURS, site("cross-site")],
        vec![OURS, site("same-site")],
        vec![OURS, site("whatever")],
        vec![site("none")],
        vec![site("same-site")],
        vec![site("cross-site")],
        vec![OURS, evil],
        vec![OURS, site("same-origin"), site("cross-site")],
    ] {
        assert_eq!(status("POST", &headers).await, 403, "{headers:?}");
    }
}

#[tokio::test]
async fn s62_every_method_but_the_safe_ones_is_guarded() {
    for method in ["POST", "PUT", "PATCH", "DELETE", "TRACE", "BREW"] {
        assert_eq!(status(method, &[("origin", "https://evil.example")]).await, 403, "{method}");
    }
    for method in ["GET", "HEAD", "OPTIONS"] {
        assert_eq!(status(method, &[("origin", "https://evil.example")]).await, 405, "{method}");
    }
    let overridden = [("x-http-method-override", "POST"), ("origin", "https://evil.example")];
    assert_eq!(status("GET", &overridden).await, 405);
}

#[tokio::test]
async fn s62_a_bearer_token_needs_no_origin_and_nothing_else_is_one() {
    assert_eq!(status("POST", &[("authorization", "Bearer abc")]).await, 200);
    assert_eq!(status("POST", &[("authorization", "bearer abc")]).await, 200);
    for other in ["Basic YTpi", "Bearer", "Bearerabc", ""] {
        assert_eq!(status("POST", &[("authorization", other)]).await, 403, "{other}");
    }
}

//! The flags of our cookies, and reading what browsers and others send.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::time::Duration;

use axum::http::header::COOKIE;
use axum::http::{HeaderMap, HeaderValue};

use super::{CookieOptions, Cookies, FORM, SESSION, clear, flow_name, set};

fn cookies(values: &[&str]) -> Cookies {
    let mut headers = HeaderMap::new();
    for value in values {
        headers.append(COOKIE, HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    Cookies::read(&headers)
}

#[test]
fn s61_every_cookie_has_all_its_flags() {
    let token = "A".repeat(43);
    let flow = flow_name("01935f4e-8f5a-7c3b-9d2e-0123456789ab");
    let all = [
        (set(SESSION, &token, CookieOptions::SESSION), "SameSite=Strict"),
        (set(&flow, &token, CookieOptions::flow(Duration::from_hours(1))), "SameSite=Lax; Max-Age=3600"),
        (set(FORM, &token, CookieOptions::FORM), "SameSite=Lax"),
        (clear(SESSION), "SameSite=Strict; Max-Age=0"),
    ];
    for (header, last) in all {
        let text = header.to_str().unwrap();
        let (pair, attributes) = text.split_once("; ").unwrap();
        assert!(pair.starts_with("__Host-vestibule-"), "{text}");
        assert_eq!(attributes, format!("Path=/; Secure; HttpOnly; {last}"));
        assert!(!text.to_ascii_lowercase().contains("domain"), "{text}");
        assert!(text.len() < 4096 && header.is_sensitive());
    }
}

#[test]
fn a_flow_has_a_cookie_of_its_own() {
    assert_eq!(flow_name("01935f4e-8f5a-7c3b-9d2e-0123456789AB"), "__Host-vestibule-flow-0123456789ab");
    assert_eq!(flow_name("x; Domain=evil"), "__Host-vestibule-flow-dae");
    assert_eq!(flow_name(""), "__Host-vestibule-flow-");
}

#[test]
fn cookies_are_read_strictly() {
    let read = cookies(&["a=1; b=2;c=3", "d=4"]);
    for (name, value) in [("a", "1"), ("b", "2"), ("c", "3"), ("d", "4")] {
        assert_eq!(read.get(name), Some(value));
    }
    assert_eq!(read.get("e"), None);
    assert_eq!(cookies(&["a=x=y"]).get("a"), Some("x=y"));
    for malformed in ["a", "=1", "a=\"1\"", "a=1 2", "a b=1", "a=1\\2", "a=\u{e9}"] {
        assert!(cookies(&[malformed]).0.is_empty(), "{malformed}");
    }
}

#[test]
fn a_cookie_that_comes_twice_is_none() {
    assert_eq!(cookies(&["a=1; a=2"]).get("a"), None);
    assert_eq!(cookies(&["a=1", "a=1"]).get("a"), None);
    assert_eq!(cookies(&["a=1; a=2; a=3"]).get("a"), None);
}

#[test]
fn too_much_is_not_read() {
    assert_eq!(cookies(&[&format!("a={}", "x".repeat(17 * 1024))]).get("a"), None);
}

#[test]
fn s112_values_are_not_printed() {
    assert_eq!(format!("{:?}", cookies(&["__Host-x=canary"])), "{\"__Host-x\"}");
}

#[test]
#[should_panic(expected = "tokens of ours")]
fn nothing_gets_into_the_attributes() {
    set(SESSION, "x; Domain=evil.example", CookieOptions::SESSION);
}

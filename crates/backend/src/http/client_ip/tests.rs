//! Who counts as the caller, behind proxies and behind lies.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::http::{HeaderMap, HeaderValue};
use ipnet::IpNet;

use super::{caller, key_of};

fn key(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
    let mut headers = HeaderMap::new();
    for value in forwarded {
        headers.append("x-forwarded-for", HeaderValue::from_bytes(value.as_bytes()).unwrap());
    }
    let trusted: Vec<IpNet> = trusted.iter().map(|network| network.parse().unwrap()).collect();
    key_of(caller(peer.parse().unwrap(), &headers, &trusted))
}

#[test]
fn s109_strangers_cannot_choose_their_address() {
    assert_eq!(key("203.0.113.9", &["198.51.100.1"], &[]), "203.0.113.9");
    assert_eq!(key("203.0.113.9", &["198.51.100.1"], &["10.0.0.0/8"]), "203.0.113.9");
}

#[test]
fn s109_behind_our_proxies_the_last_address_before_them_counts() {
    let ours = &["10.0.0.0/8", "::1/128"];
    assert_eq!(key("10.0.0.1", &["198.51.100.1"], ours), "198.51.100.1");
    assert_eq!(key("10.0.0.1", &["1.1.1.1, 198.51.100.1, 10.0.0.2"], ours), "198.51.100.1");
    assert_eq!(key("10.0.0.1", &["1.1.1.1", "198.51.100.1", "10.0.0.2"], ours), "198.51.100.1");
    assert_eq!(key("10.0.0.1", &["198.51.100.1:1234"], ours), "198.51.100.1");
    assert_eq!(key("10.0.0.1", &[" 198.51.100.1 "], ours), "198.51.100.1");
    assert_eq!(key("::ffff:10.0.0.1", &["::ffff:198.51.100.1"], ours), "198.51.100.1");
    assert_eq!(key("10.0.0.1", &["10.0.0.3, 10.0.0.2"], ours), "10.0.0.1");
    assert_eq!(key("10.0.0.1", &[], ours), "10.0.0.1");
    let many = format!("198.51.100.1{}", ", 10.9.9.9".repeat(200));
    assert_eq!(key("10.0.0.1", &[&many], ours), "198.51.100.1");
}

#[test]
fn s109_r20_nonsense_is_counted_on_the_proxy() {
    for nonsense in
        ["a", "", ",", "198.51.100.1, a", "198.51.100.1,", "999.1.1.1", "unknown", "\u{fffd}", "1.1.1.1 x"]
    {
        assert_eq!(key("10.0.0.1", &[nonsense], &["10.0.0.0/8"]), "10.0.0.1", "{nonsense}");
    }
    // What a stranger wrote before the address that our proxy wrote is not even read.
    assert_eq!(key("10.0.0.1", &["a, 198.51.100.1"], &["10.0.0.0/8"]), "198.51.100.1");
}

#[test]
fn an_ipv6_caller_is_its_network() {
    assert_eq!(key("2001:db8:1:2:3:4:5:6", &[], &[]), "2001:db8:1:2::/64");
    assert_eq!(key("2001:db8:1:2:ffff::1", &[], &[]), "2001:db8:1:2::/64");
    assert_ne!(key("2001:db8:1:3::1", &[], &[]), key("2001:db8:1:2::1", &[], &[]));
}

//! What is the Internet's and what is not.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{is_listed, is_public};

#[test]
fn s47_only_the_internet_is_public() {
    for (text, expected) in [
        ("93.184.216.34", true),
        ("8.8.8.8", true),
        ("172.15.255.255", true),
        ("172.32.0.1", true),
        ("0.0.0.0", false),
        ("10.1.2.3", false),
        ("100.64.0.1", false),
        ("127.0.0.1", false),
        ("127.255.255.254", false),
        ("169.254.169.254", false),
        ("168.63.129.16", false),
        ("172.16.0.1", false),
        ("192.168.1.1", false),
        ("198.19.0.1", false),
        ("224.0.0.1", false),
        ("255.255.255.255", false),
        ("2606:4700::1111", true),
        ("::", false),
        ("::1", false),
        ("::ffff:127.0.0.1", false),
        ("::ffff:93.184.216.34", true),
        ("::127.0.0.1", false),
        ("64:ff9b::7f00:1", false),
        ("2001:db8::1", false),
        ("2001:0:1::1", false),
        ("2002:7f00:1::", false),
        ("fc00::1", false),
        ("fd12:3456::1", false),
        ("fe80::1", false),
        ("ff02::1", false),
    ] {
        assert_eq!(is_public(text.parse().unwrap()), expected, "{text}");
    }
}

#[test]
fn a_listed_network_is_found_in_either_spelling() {
    let networks = ["127.0.0.0/8".parse().unwrap(), "fd00::/8".parse().unwrap()];
    for (text, expected) in [
        ("127.0.0.1", true),
        ("::ffff:127.0.0.1", true),
        ("fd00::1", true),
        ("10.0.0.1", false),
        ("::1", false),
    ] {
        assert_eq!(is_listed(text.parse().unwrap(), &networks), expected, "{text}");
    }
}

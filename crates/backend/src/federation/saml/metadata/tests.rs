//! Descriptions of providers, good and bad.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;

/// As a provider gives them out: two keys for signing, one for encrypting, two ways to sign in.
const PARTNER: &str = include_str!("partner.xml");
/// An RSA key of 1024 bits.
const WEAK: &str = include_str!("weak.txt");

fn read_at(xml: &str) -> Result<Description, Unusable> {
    read(xml, None, Timestamp::parse_rfc3339("2026-11-20T10:00:00Z").unwrap())
}

#[test]
fn s59_metadata_tell_where_to_go_and_every_key_that_may_sign() {
    let described = read_at(PARTNER).unwrap();
    assert_eq!(described.entity_id, "https://idp.partner.example/saml");
    assert_eq!(described.sso_url.as_str(), "https://idp.partner.example/redirect?tenant=1");
    assert_eq!(described.certificates.len(), 2, "a key to come may sign too, one for encrypting may not");
    assert!(!described.wants_signed_requests);
    let marked = format!("\u{feff}<?xml version=\"1.0\"?>\n{PARTNER}\n");
    assert_eq!(read_at(&marked).unwrap(), described);
}

#[test]
fn s59_metadata_that_cannot_be_used_are_refused_with_the_reason() {
    let cases: [(&str, &str, &str); 14] = [
        ("<md:EntityDescriptor", "<md:EntitiesDescriptor", "not XML"),
        (PARTNER, "<html xmlns=\"x\"><p/></html>", "description of one provider"),
        (PARTNER, "Not found", "not XML"),
        (PARTNER, "<!DOCTYPE a><a/>", "DTD"),
        ("md:IDPSSODescriptor", "md:SPSSODescriptor", "no SAML 2.0 identity provider"),
        ("SAML:2.0:protocol", "SAML:1.1:protocol", "no SAML 2.0 identity provider"),
        ("entityID=\"https://idp.partner.example/saml\"", "", "not of the `issuer`"),
        ("validUntil=\"2027-", "validUntil=\"2026-", "valid until 2026-"),
        ("validUntil=\"2027-", "validUntil=\"soon", "valid until soon"),
        ("use=\"signing\"", "use=\"encryption\"", "no certificate for signing"),
        ("HTTP-Redirect", "HTTP-Artifact", "HTTP-Redirect"),
        ("https://idp.partner.example/redirect", "/redirect", "HTTP-Redirect"),
        ("MIID", "AAAA", "cannot be read"),
        ("MIID", "MII*", "cannot be read"),
    ];
    for (from, to, told) in cases {
        assert!(PARTNER.contains(from), "{from}");
        let refused = read_at(&PARTNER.replace(from, to)).expect_err(told).to_string();
        assert!(refused.contains(told), "{told}: {refused}");
    }
    let certificate = read_at(PARTNER).unwrap().certificates.remove(0);
    let one =
        PARTNER.split_ascii_whitespace().collect::<Vec<_>>().join(" ").replace(&certificate, WEAK.trim());
    let refused = read_at(&one).expect_err("weak").to_string();
    assert!(refused.contains("1024 bits"), "{refused}");
    let other =
        read(PARTNER, Some("https://idp.partner.example"), Timestamp(0)).expect_err("other").to_string();
    assert!(other.contains("https://idp.partner.example/saml"), "{other}");
}

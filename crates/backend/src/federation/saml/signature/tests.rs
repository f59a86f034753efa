//! Signatures of others, and what becomes of them when anything is changed.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::*;
use crate::federation::saml::xml::parse_plain;

/// Written and signed as Shibboleth does it, by libxml2 and OpenSSL.
const OPENSAML: &str = include_str!("../response/opensaml_like.xml");
/// By npm samlp.
const SAMLP: &str = include_str!("../response/samlp_assertion.xml");

/// An RSA key of 2048 bits, and one on P-384.
fn keys() -> Vec<Key> {
    include_str!("../response/keys.txt").lines().map(|line| Key::of_certificate(line).unwrap()).collect()
}

fn of_assertion(xml: &str, keys: &[Key]) -> Result<Option<String>, Failure> {
    let document = parse_plain(xml).unwrap();
    let find = |name| document.descendants().find(|node| node.tag_name().name() == name).unwrap();
    signed(&document, find("Assertion"), keys)
}

#[test]
fn s59_signatures_that_nobody_here_made_give_what_was_signed() {
    for (xml, name) in [(OPENSAML, "saml2:Assertion"), (SAMLP, "saml:Assertion")] {
        let text = of_assertion(xml, &keys()).unwrap().unwrap();
        assert!(text.starts_with(&format!("<{name} ")) && text.ends_with(&format!("</{name}>")), "{text}");
        assert!(!text.contains("SignedInfo"), "the signature is no part of it");
        assert!(parse_plain(&text).is_ok());
    }
}

#[test]
fn s59_a_key_counts_for_its_own_signatures_only() {
    let [rsa, ec] = &keys()[..] else { panic!("two keys") };
    for (xml, right, wrong) in [(OPENSAML, ec, rsa), (SAMLP, rsa, ec)] {
        assert!(of_assertion(xml, std::slice::from_ref(right)).is_ok());
        assert_eq!(of_assertion(xml, std::slice::from_ref(wrong)), Err(Failure::Key));
        assert_eq!(of_assertion(xml, &[]), Err(Failure::Key), "the key in the signature is nobody's");
    }
}

#[test]
fn s59_any_change_to_what_is_signed_or_to_the_signature_is_found() {
    let cases: [(&str, &str, Failure); 12] = [
        ("ana@partner", "eve@partner", Failure::Signature),
        ("xs:string", "xs:any", Failure::Signature),
        ("&#13;Ana", "\nAna", Failure::Signature),
        ("    <saml2:Subject>", "<saml2:Subject>", Failure::Signature),
        ("org/2001/XMLSchema\"", "org/evil\"", Failure::Signature),
        ("PrefixList=\"xs\"", "PrefixList=\"\"", Failure::Key),
        ("ecdsa-sha384", "ecdsa-sha1", Failure::Algorithm),
        ("ecdsa-sha384", "ecdsa-sha256", Failure::Key),
        ("<ds:KeyInfo>", "<ds:Object/><ds:KeyInfo>", Failure::Wrapped),
        ("<ds:SignatureMethod", "<ds:Other/><ds:SignatureMethod", Failure::Wrapped),
        ("ID=\"_assertion\"", "ID=\"_other\"", Failure::Wrapped),
        ("ID=\"_response\"", "xml:id=\"_assertion\"", Failure::Wrapped),
    ];
    for (from, to, reason) in cases {
        assert!(OPENSAML.contains(from), "{from}");
        assert_eq!(of_assertion(&OPENSAML.replace(from, to), &keys()), Err(reason), "{from} {to}");
    }
    // The same in another spelling is the same.
    assert!(of_assertion(&OPENSAML.replace("<saml2:Subject>", "<saml2:Subject  >"), &keys()).is_ok());
}

#[test]
fn s59_s110_what_is_written_before_anything_is_proven_is_short() {
    // A list of thousands of names, or thousands of elements, would keep the server busy for whoever asks.
    let names: Vec<String> = (0..40).map(|at| format!("q{at}")).collect();
    let names = names.join(" ");
    let list = format!("<ec:InclusiveNamespaces xmlns:ec=\"{EXCLUSIVE}\" PrefixList=\"{names}\"/>");
    let method = "CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"";
    let listed =
        SAMLP.replacen(&format!("<{method}/>"), &format!("<{method}>{list}</CanonicalizationMethod>"), 1);
    let padded = SAMLP.replacen("<Transforms>", &format!("{}<Transforms>", "<a/>".repeat(3_000)), 1);
    for wrong in [listed, padded] {
        assert_ne!(wrong, SAMLP);
        assert_eq!(of_assertion(&wrong, &keys()), Err(Failure::Document));
    }
}

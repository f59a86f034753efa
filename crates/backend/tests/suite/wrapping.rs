//! SAML answers that are signed wrongly, changed afterwards, or wrapped: all eight classic ways to wrap a signature (S59,
//! R39).

use vestibule_domain::provider::Failure;

use crate::asserter::{Asserter, Sign, assertion, signature};
use crate::evil::{Row, between, done, each_is_refused, same};

const EVIL: &[Row] = &[
    // Signatures.
    done("not signed", Sign::Nothing, same, Failure::Unsigned),
    done("by another key", Sign::Nothing, |x| Asserter::new().signed(x, Sign::Both), Failure::Key),
    done(
        "by SHA-1",
        Sign::Assertion,
        |x| x.replace("2001/04/xmldsig-more#ecdsa-sha256", "2000/09/xmldsig#rsa-sha1"),
        Failure::Algorithm,
    ),
    done(
        "another signature algorithm",
        Sign::Assertion,
        |x| x.replace("ecdsa-sha256", "rsa-sha256"),
        Failure::Key,
    ),
    done(
        "the signature's own text changed",
        Sign::Assertion,
        |x| x.replace("xmlenc#sha256", "xmlenc#sha512"),
        Failure::Key,
    ),
    done(
        "an empty signature value",
        Sign::Assertion,
        |x| between(x, "<ds:SignatureValue>", "</ds:SignatureValue>", ""),
        Failure::Key,
    ),
    done(
        "another canonicalization",
        Sign::Assertion,
        |x| x.replace("2001/10/xml-exc-c14n#", "TR/2001/REC-xml-c14n-20010315"),
        Failure::Algorithm,
    ),
    done("another address afterwards", Sign::Assertion, |x| x.replace("ana@", "mira@"), Failure::Signature),
    done("another person afterwards", Sign::Response, |x| x.replace(">ana-1<", ">eve<"), Failure::Signature),
    done(
        "one of two signatures wrong",
        Sign::Both,
        |x| x.replacen("ID=\"_r\"", "ID=\"_x\"", 1),
        Failure::Wrapped,
    ),
    done(
        "two signatures of one",
        Sign::Assertion,
        |x| x.replacen(signature(x), &signature(x).repeat(2), 1),
        Failure::Wrapped,
    ),
    done(
        "two references",
        Sign::Assertion,
        |x| x.replacen("</ds:Reference>", "</ds:Reference><ds:Reference></ds:Reference>", 1),
        Failure::Wrapped,
    ),
    done(
        "a signature of the whole document",
        Sign::Assertion,
        |x| x.replacen("URI=\"#_a\"", "URI=\"\"", 1),
        Failure::Key,
    ),
    done(
        "the same id twice",
        Sign::Assertion,
        |x| x.replacen("<samlp:Status>", "<samlp:Status Id=\"_a\">", 1),
        Failure::Wrapped,
    ),
    // Wrapping.
    Row {
        what: "two assertions",
        before: |x| x.replacen(assertion(x), &format!("{0}{0}", assertion(x)), 1),
        sign: Sign::Response,
        after: same,
        reason: Failure::Wrapped,
    },
    done("XSW1", Sign::Response, xsw1, Failure::Wrapped),
    done("XSW2", Sign::Response, xsw2, Failure::Wrapped),
    done(
        "XSW3",
        Sign::Assertion,
        |x| x.replacen(assertion(x), &format!("{}{}", evil(x), assertion(x)), 1),
        Failure::Wrapped,
    ),
    done(
        "XSW4",
        Sign::Assertion,
        |x| x.replacen(assertion(x), &inside(&evil(x), assertion(x)), 1),
        Failure::Wrapped,
    ),
    done("XSW5", Sign::Assertion, xsw5, Failure::Wrapped),
    done("XSW6", Sign::Assertion, |x| signature_with(x, &bare(assertion(x))), Failure::Wrapped),
    done("XSW7", Sign::Assertion, xsw7, Failure::Wrapped),
    done(
        "XSW8",
        Sign::Assertion,
        |x| signature_with(x, &format!("<ds:Object>{}</ds:Object>", bare(assertion(x)))),
        Failure::Wrapped,
    ),
    // Documents.
    done(
        "a comment in the name",
        Sign::Assertion,
        |x| x.replace(">ana-1<", ">ana<!-- -->-1<"),
        Failure::Document,
    ),
    done(
        "a comment in the address",
        Sign::Assertion,
        |x| x.replace("@partner", "@partner.example<!-- -->.evil"),
        Failure::Document,
    ),
    done(
        "a processing instruction",
        Sign::Assertion,
        |x| x.replace(">ana-1<", ">ana<?x?>-1<"),
        Failure::Document,
    ),
    done(
        "an external entity",
        Sign::Assertion,
        |x| {
            format!(
                "<!DOCTYPE r [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>{}",
                x.replace(">ana-1<", ">&e;<")
            )
        },
        Failure::Document,
    ),
    done(
        "entities without end",
        Sign::Assertion,
        |x| {
            format!(
                "<!DOCTYPE r [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]>{}",
                x.replace(">ana-1<", ">&b;<")
            )
        },
        Failure::Document,
    ),
    done(
        "too deep",
        Sign::Assertion,
        |x| {
            x.replace(
                "<samlp:Status>",
                &format!("{}{}<samlp:Status>", "<x>".repeat(9_000), "</x>".repeat(9_000)),
            )
        },
        Failure::Document,
    ),
    done(
        "too many attributes",
        Sign::Assertion,
        |x| x.replace("<samlp:Status>", &format!("<samlp:Status {}>", "a='' ".repeat(5_000))),
        Failure::Document,
    ),
    done(
        "too many namespaces",
        Sign::Assertion,
        |x| x.replace("<samlp:Status>", &format!("{}<samlp:Status>", "<x xmlns:y='z'/>".repeat(2_000))),
        Failure::Document,
    ),
    done("cut off", Sign::Assertion, |x| x[..x.len() - 10].to_owned(), Failure::Malformed),
    done("no response at all", Sign::Assertion, |x| assertion(x).to_owned(), Failure::Malformed),
    done("nothing", Sign::Assertion, |_| String::new(), Failure::Malformed),
    Row {
        what: "no assertion",
        before: |x| x.replace(assertion(x), ""),
        sign: Sign::Response,
        after: same,
        reason: Failure::Malformed,
    },
    Row {
        what: "encrypted",
        before: |x| {
            x.replace("saml:Assertion ", "saml:EncryptedAssertion ")
                .replace("saml:Assertion>", "saml:EncryptedAssertion>")
        },
        sign: Sign::Response,
        after: same,
        reason: Failure::Encrypted,
    },
];

/// An element without its signature.
fn bare(element: &str) -> String {
    element.replacen(signature(element), "", 1)
}

/// The assertion, as somebody else would like it.
fn evil(xml: &str) -> String {
    forged(&bare(assertion(xml)), "_evil")
}

fn forged(element: &str, id: &str) -> String {
    element.replace("ID=\"_a\"", &format!("ID=\"{id}\"")).replace(">ana-1<", ">eve<").replace("ana@", "mira@")
}

/// An element with another one as its last child.
fn inside(outer: &str, inner: &str) -> String {
    let at = outer.rfind("</").unwrap();
    format!("{}{inner}{}", &outer[..at], &outer[at..])
}

/// A forged response that holds the signature, and the signed response where `place` says.
fn around(xml: &str, place: fn(&str, &str) -> String) -> String {
    let forged = forged(&bare(xml), "_evil").replacen("ID=\"_r\"", "ID=\"_evil_response\"", 1);
    let placed = place(signature(xml), &bare(xml));
    forged.replacen("</saml:Issuer>", &format!("</saml:Issuer>{placed}"), 1)
}

fn xsw1(xml: &str) -> String {
    around(xml, inside)
}

fn xsw2(xml: &str) -> String {
    around(xml, |signature, original| format!("{original}{signature}"))
}

fn xsw5(xml: &str) -> String {
    let wrapped = assertion(xml).replace(">ana-1<", ">eve<").replace("ID=\"_a\"", "ID=\"_evil\"");
    inside(&xml.replacen(assertion(xml), &wrapped, 1), &bare(assertion(xml)))
}

fn xsw7(xml: &str) -> String {
    let extensions = format!("<samlp:Extensions>{}</samlp:Extensions>", forged(&bare(assertion(xml)), "_a"));
    xml.replacen("<samlp:Status>", &format!("{extensions}<samlp:Status>"), 1)
}

/// A forged assertion with the signature in it, and what was signed in the signature.
fn signature_with(xml: &str, original: &str) -> String {
    let own = assertion(xml);
    let wrapped = forged(own, "_evil").replacen(signature(own), &inside(signature(own), original), 1);
    xml.replacen(own, &wrapped, 1)
}

#[tokio::test]
async fn s59_r39_whatever_is_done_to_a_signed_answer_it_is_refused() {
    each_is_refused(EVIL).await;
}

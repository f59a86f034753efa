//! A SAML identity provider of the tests. What it says is written in canonical form by hand, so that its signatures do
//! not depend on the code that they are to prove.

use std::collections::HashMap;
use std::io::Read as _;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use flate2::read::DeflateDecoder;
use ring::rand::SystemRandom;
use ring::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use sha2::{Digest as _, Sha256};
use url::Url;

/// Who it is.
pub(crate) const ENTITY: &str = "https://idp.partner.example/saml";
const DS: &str = "http://www.w3.org/2000/09/xmldsig#";
const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// The provider.
pub(crate) struct Asserter {
    key: rcgen::KeyPair,
}

/// What it signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Assertion,
    Response,
    Both,
    Nothing,
}

/// A request of ours, as it arrives.
pub(crate) struct Asked {
    /// The query.
    pub(crate) query: HashMap<String, String>,
    /// The request in it.
    pub(crate) request: String,
}

/// Reads the address that a `federate` step gave.
pub(crate) fn asked(url: &str) -> Asked {
    let query: HashMap<String, String> = Url::parse(url).unwrap().query_pairs().into_owned().collect();
    let deflated = BASE64_STANDARD.decode(&query["SAMLRequest"]).unwrap();
    let mut request = String::new();
    DeflateDecoder::new(deflated.as_slice()).read_to_string(&mut request).unwrap();
    Asked { query, request }
}

/// The value of the first attribute of a name.
pub(crate) fn attribute<'x>(xml: &'x str, name: &str) -> &'x str {
    xml.split_once(&format!(" {name}=\"")).unwrap().1.split('"').next().unwrap()
}

impl Asserter {
    /// A provider with a key of its own.
    pub(crate) fn new() -> Self {
        Self { key: rcgen::KeyPair::generate().unwrap() }
    }

    /// Its certificate, as metadata have it.
    pub(crate) fn certificate(&self) -> String {
        let parameters = rcgen::CertificateParams::new(vec!["idp.partner.example".to_owned()]).unwrap();
        BASE64_STANDARD.encode(parameters.self_signed(&self.key).unwrap().der())
    }

    /// Its metadata.
    pub(crate) fn metadata(&self) -> String {
        let certificate = self.certificate();
        format!(
            "<md:EntityDescriptor xmlns:md=\"urn:oasis:names:tc:SAML:2.0:metadata\" entityID=\"{ENTITY}\">\
             <md:IDPSSODescriptor protocolSupportEnumeration=\"urn:oasis:names:tc:SAML:2.0:protocol\">\
             <md:KeyDescriptor use=\"signing\"><ds:KeyInfo xmlns:ds=\"{DS}\"><ds:X509Data><ds:X509Certificate>\
             {certificate}</ds:X509Certificate></ds:X509Data></ds:KeyInfo></md:KeyDescriptor>\
             <md:SingleSignOnService Binding=\"urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect\" \
             Location=\"https://idp.partner.example/sso\"/></md:IDPSSODescriptor></md:EntityDescriptor>"
        )
    }

    /// Its entry in an organization's file.
    pub(crate) fn entry(&self, id: &str, domains: &str) -> String {
        let metadata = self.metadata();
        format!(
            "\n[[providers]]\nid = \"{id}\"\nlabel = \"{id} account\"\nkind = \"saml\"\ndomains = [{domains}]\n\
             metadata = \'\'\'{metadata}\'\'\'\n"
        )
    }

    /// What it would post for somebody, unsigned: valid from 09:59 to 10:05.
    pub(crate) fn response(url: &str, subject: &str, email: &str) -> String {
        let asked = asked(url);
        let request = attribute(&asked.request, "ID");
        let acs = attribute(&asked.request, "AssertionConsumerServiceURL");
        let us = asked.request.split("<saml:Issuer>").nth(1).unwrap().split('<').next().unwrap();
        let (from, at, until) = ("2026-11-20T09:59:00Z", "2026-11-20T10:00:00Z", "2026-11-20T10:05:00Z");
        let (protocol, saml) =
            ("urn:oasis:names:tc:SAML:2.0:protocol", "urn:oasis:names:tc:SAML:2.0:assertion");
        format!(
            "<samlp:Response xmlns:samlp=\"{protocol}\" Destination=\"{acs}\" ID=\"_r\" InResponseTo=\"{request}\" \
             IssueInstant=\"{at}\" Version=\"2.0\"><saml:Issuer xmlns:saml=\"{saml}\">{ENTITY}</saml:Issuer>\
             <samlp:Status><samlp:StatusCode Value=\"urn:oasis:names:tc:SAML:2.0:status:Success\"></samlp:StatusCode>\
             </samlp:Status><saml:Assertion xmlns:saml=\"{saml}\" ID=\"_a\" IssueInstant=\"{at}\" Version=\"2.0\">\
             <saml:Issuer>{ENTITY}</saml:Issuer><saml:Subject>\
             <saml:NameID Format=\"urn:oasis:names:tc:SAML:2.0:nameid-format:persistent\">{subject}</saml:NameID>\
             <saml:SubjectConfirmation Method=\"urn:oasis:names:tc:SAML:2.0:cm:bearer\">\
             <saml:SubjectConfirmationData InResponseTo=\"{request}\" NotOnOrAfter=\"{until}\" Recipient=\"{acs}\">\
             </saml:SubjectConfirmationData></saml:SubjectConfirmation></saml:Subject>\
             <saml:Conditions NotBefore=\"{from}\" NotOnOrAfter=\"{until}\"><saml:AudienceRestriction>\
             <saml:Audience>{us}</saml:Audience></saml:AudienceRestriction></saml:Conditions>\
             <saml:AuthnStatement AuthnInstant=\"{at}\" SessionIndex=\"_s\"></saml:AuthnStatement>\
             <saml:AttributeStatement><saml:Attribute Name=\"mail\"><saml:AttributeValue>{email}\
             </saml:AttributeValue></saml:Attribute></saml:AttributeStatement></saml:Assertion></samlp:Response>"
        )
    }

    /// Signs what it would post.
    pub(crate) fn signed(&self, response: &str, sign: Sign) -> String {
        let mut response = response.to_owned();
        if matches!(sign, Sign::Assertion | Sign::Both) {
            let assertion = assertion(&response).to_owned();
            response = response.replace(&assertion, &self.enveloped(&assertion));
        }
        if matches!(sign, Sign::Response | Sign::Both) {
            response = self.enveloped(&response);
        }
        response
    }

    /// An element with its signature behind its issuer, as the schema wants it.
    fn enveloped(&self, element: &str) -> String {
        let digest = BASE64_STANDARD.encode(Sha256::digest(element));
        let id = attribute(element, "ID");
        let info = format!(
            "<ds:SignedInfo xmlns:ds=\"{DS}\"><ds:CanonicalizationMethod Algorithm=\"{EXCLUSIVE}\">\
             </ds:CanonicalizationMethod><ds:SignatureMethod \
             Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256\"></ds:SignatureMethod>\
             <ds:Reference URI=\"#{id}\"><ds:Transforms><ds:Transform Algorithm=\"{DS}enveloped-signature\">\
             </ds:Transform><ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform></ds:Transforms>\
             <ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>\
             <ds:DigestValue>{digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>"
        );
        let random = SystemRandom::new();
        let algorithm = &ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = EcdsaKeyPair::from_pkcs8(algorithm, &self.key.serialize_der(), &random).unwrap();
        let value = BASE64_STANDARD.encode(key.sign(&random, info.as_bytes()).unwrap());
        // Within a signature the declaration stands above, and canonically only there.
        let info = info.replacen(&format!(" xmlns:ds=\"{DS}\""), "", 1);
        let signature = format!(
            "<ds:Signature xmlns:ds=\"{DS}\">{info}<ds:SignatureValue>{value}</ds:SignatureValue></ds:Signature>"
        );
        element.replacen("</saml:Issuer>", &format!("</saml:Issuer>{signature}"), 1)
    }
}

/// The first assertion of a response.
pub(crate) fn assertion(response: &str) -> &str {
    part(response, "<saml:Assertion ", "</saml:Assertion>")
}

/// The first signature in an element.
pub(crate) fn signature(xml: &str) -> &str {
    part(xml, "<ds:Signature ", "</ds:Signature>")
}

fn part<'x>(xml: &'x str, begin: &str, end: &str) -> &'x str {
    let at = xml.find(begin).unwrap();
    &xml[at..at + xml[at..].find(end).unwrap() + end.len()]
}

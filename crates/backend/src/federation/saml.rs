//! SAML 2.0, as a service provider (Web Browser SSO: requests by HTTP-Redirect, answers by HTTP-POST).
//!
//! Pure, without clock, randomness or network: `xml` reads a document or refuses it, `c14n` writes it canonically,
//! `certificate` holds the keys that count, `signature` gives what was signed as a text of its own, and `response` reads
//! nothing but that text, with `attributes`. `metadata` reads the provider's description and `own` writes ours, `request` writes a request.
//! Around them: `begin` begins a journey, `consume` takes the answer that the provider lets the browser post, `answer`
//! gives what came of it to the browser that began, `renew` asks for changed certificates.

pub mod answer;
mod attributes;
pub mod begin;
pub mod c14n;
pub mod certificate;
pub mod consume;
pub mod metadata;
pub mod own;
pub mod renew;
pub mod request;
pub mod response;
pub mod signature;
pub mod xml;

/// Assertions (SAML Core 2.0).
pub const ASSERTION: &str = "urn:oasis:names:tc:SAML:2.0:assertion";
/// Protocol messages (SAML Core 2.0).
pub const PROTOCOL: &str = "urn:oasis:names:tc:SAML:2.0:protocol";
/// Metadata (SAML Metadata 2.0).
pub const METADATA: &str = "urn:oasis:names:tc:SAML:2.0:metadata";
/// Signatures (XML Signature 1.1).
pub const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

//! A provider's description of itself (SAML Metadata 2.0).

#[cfg(test)]
mod tests;

use axum::http::Request;
use roxmltree::Node;
use url::Url;
use vestibule_domain::time::Timestamp;

use super::certificate::{self, Key};
use super::xml::{Unreadable, children, only, parse, text};
use super::{METADATA, PROTOCOL, SIGNATURE};
use crate::outgoing::http::{Http, HttpError};

const REDIRECT: &str = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

/// What is needed of a description.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Description {
    /// Entity id.
    pub entity_id: String,
    /// Where requests go.
    pub sso_url: Url,
    /// Certificates of the keys that sign: X.509 in DER, base64 without breaks.
    pub certificates: Vec<String>,
    /// Whether requests have to be signed.
    pub wants_signed_requests: bool,
}

/// Why a description cannot be used. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// It could not be fetched.
    #[error("the metadata cannot be read: {0}")]
    Fetch(#[from] HttpError),
    /// The address answers something else.
    #[error("the metadata cannot be read: {0} answers with status {1}")]
    Status(String, u16),
    /// Not an address.
    #[error("`{0}` is not an address that metadata can be read from")]
    Address(String),
    /// Not XML that is read.
    #[error("the metadata is of no use: {0}. Give the provider's own XML, unchanged")]
    Xml(#[from] Unreadable),
    /// Not of one provider.
    #[error("the metadata is not an EntityDescriptor: give the description of one provider alone")]
    NotOne,
    /// Of something else than an identity provider.
    #[error(
        "the metadata describes no SAML 2.0 identity provider: it has no IDPSSODescriptor, or several. Ask for the \
         metadata of the identity provider, not of a service"
    )]
    NoProvider,
    /// Another provider.
    #[error("the metadata is of `{0}`, and not of the `issuer` in the file: correct one of them")]
    Issuer(String),
    /// Over.
    #[error("the metadata was valid until {0}: ask for the present one")]
    Over(String),
    /// Nothing to check its signatures by.
    #[error("the metadata has no certificate for signing: the provider has to sign what it says")]
    NoCertificate,
    /// One that is of no use.
    #[error("the metadata: {0}")]
    Certificate(#[from] certificate::Unusable),
    /// Nowhere to send people.
    #[error(
        "the metadata has no SingleSignOnService with the HTTP-Redirect binding: turn it on at the provider"
    )]
    NoRedirect,
}

/// Fetches a description as it is now.
///
/// # Errors
/// When nobody answers, or something else.
pub async fn fetch(http: &Http, url: &str) -> Result<String, Unusable> {
    let no_address = || Unusable::Address(url.to_owned());
    let request = Request::get(url).body(Vec::new()).map_err(|_| no_address())?;
    let answer = http.call(request).await?;
    if !answer.status().is_success() {
        return Err(Unusable::Status(url.to_owned(), answer.status().as_u16()));
    }
    String::from_utf8(answer.into_body()).map_err(|_| Unusable::Xml(Unreadable::Malformed))
}

/// Reads a description. Its own signature says nothing here: what counts is where it came from.
///
/// # Errors
/// When it cannot be used, with the reason.
pub fn read(xml: &str, issuer: Option<&str>, now: Timestamp) -> Result<Description, Unusable> {
    // A byte order mark is no part of the text.
    let document = parse(xml.trim_start_matches('\u{feff}').trim())?;
    let entity = document.root_element();
    if !entity.has_tag_name((METADATA, "EntityDescriptor")) {
        return Err(Unusable::NotOne);
    }
    let entity_id = entity.attribute("entityID").unwrap_or_default();
    if issuer.is_some_and(|issuer| issuer != entity_id) || entity_id.is_empty() {
        return Err(Unusable::Issuer(entity_id.to_owned()));
    }
    let role = only(entity, METADATA, "IDPSSODescriptor").ok_or(Unusable::NoProvider)?;
    let speaks = role.attribute("protocolSupportEnumeration").unwrap_or_default();
    if !speaks.split_ascii_whitespace().any(|protocol| protocol == PROTOCOL) {
        return Err(Unusable::NoProvider);
    }
    for until in [entity, role].into_iter().filter_map(|node| node.attribute("validUntil")) {
        if Timestamp::parse_rfc3339(until).map_or(true, |until| until <= now) {
            return Err(Unusable::Over(until.to_owned()));
        }
    }
    let certificates = certificates(role)?;
    if certificates.is_empty() {
        return Err(Unusable::NoCertificate);
    }
    let service = children(role, METADATA, "SingleSignOnService")
        .find(|service| service.attribute("Binding") == Some(REDIRECT));
    let location = service.and_then(|service| service.attribute("Location")).ok_or(Unusable::NoRedirect)?;
    let sso_url = Url::parse(location).ok().filter(|url| url.fragment().is_none() && url.has_host());
    Ok(Description {
        entity_id: entity_id.to_owned(),
        sso_url: sso_url.ok_or(Unusable::NoRedirect)?,
        certificates,
        wants_signed_requests: matches!(role.attribute("WantAuthnRequestsSigned"), Some("true" | "1")),
    })
}

/// All of those for signing: a provider that changes its key publishes the next one beforehand.
fn certificates(role: Node<'_, '_>) -> Result<Vec<String>, Unusable> {
    let mut found: Vec<String> = Vec::new();
    let keys = children(role, METADATA, "KeyDescriptor")
        .filter(|key| key.attribute("use").is_none_or(|purpose| purpose == "signing"));
    for node in keys.flat_map(|key| key.descendants()) {
        if node.has_tag_name((SIGNATURE, "X509Certificate")) {
            let certificate: String = text(node).unwrap_or_default().split_ascii_whitespace().collect();
            Key::of_certificate(&certificate)?;
            if !found.contains(&certificate) {
                found.push(certificate);
            }
        }
    }
    Ok(found)
}

//! A provider's answer: what it has to be, and who it says that somebody is (SAML Profiles 2.0, section 4.1.4).

#[cfg(test)]
mod tests;

use std::time::Duration;

use roxmltree::{Document, Node};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Failure;
use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::{NameId, Saml};

use super::attributes::{email, names};
use super::c14n::canonical;
use super::certificate::Key;
use super::signature::signed;
use super::xml::{Unreadable, children, only, parse_plain, text};
use super::{ASSERTION, PROTOCOL, SIGNATURE};
use crate::federation::answer::Person;

/// How far clocks may be apart.
const SKEW: Duration = Duration::from_mins(3);
/// The longest name of a person (SAML Core 2.0, section 8.3.7).
const LONGEST_NAME: usize = 255;
/// What an answer has to fit.
#[derive(Clone, Copy, Debug)]
pub struct Expected<'a> {
    /// The provider.
    pub settings: &'a Saml,
    /// Our own entity id.
    pub entity_id: &'a str,
    /// Where answers come to.
    pub acs: &'a str,
    /// Id of our request.
    pub request: &'a str,
    /// Now.
    pub now: Timestamp,
}

/// Who it is, by an answer that is signed by one of the keys.
///
/// # Errors
/// See [`Failure`].
pub fn read(answer: &str, keys: &[Key], expected: &Expected<'_>) -> Result<Person, Failure> {
    let document = document(answer)?;
    let response = document.root_element();
    if !response.has_tag_name((PROTOCOL, "Response")) || response.attribute("Version") != Some("2.0") {
        return Err(Failure::Malformed);
    }
    let assertion = sole_assertion(response)?;
    let whole = signed(&document, response, keys)?;
    let outer = whole.as_deref().map(self::document).transpose()?;
    let outer = outer.as_ref().unwrap_or(&document).root_element();
    check_response(outer, expected)?;
    let assertion = assertion.ok_or(Failure::Malformed)?;
    let inner = match (signed(&document, assertion, keys)?, &whole) {
        (Some(inner), _) => inner,
        (None, Some(_)) => {
            let covered = only(outer, ASSERTION, "Assertion").ok_or(Failure::Wrapped)?;
            canonical(covered, None, &[])
        }
        (None, None) => return Err(Failure::Unsigned),
    };
    // From here on nothing is looked at but what was signed.
    person(self::document(&inner)?.root_element(), expected)
}

fn document(text: &str) -> Result<Document<'_>, Failure> {
    parse_plain(text).map_err(|unreadable| match unreadable {
        Unreadable::Malformed => Failure::Malformed,
        Unreadable::Refused => Failure::Document,
    })
}

/// The one assertion, if there is any. Every way to wrap a signature takes a second one, a second response, or a
/// signature in an odd place.
fn sole_assertion<'a, 'i>(response: Node<'a, 'i>) -> Result<Option<Node<'a, 'i>>, Failure> {
    let assertion = only(response, ASSERTION, "Assertion");
    for node in response.descendants().filter(Node::is_element) {
        match node.tag_name().name() {
            "EncryptedAssertion" | "EncryptedID" | "EncryptedAttribute" => return Err(Failure::Encrypted),
            "Assertion" if Some(node) != assertion => return Err(Failure::Wrapped),
            "Response" if node != response => return Err(Failure::Wrapped),
            "Signature" if node.parent() != Some(response) && node.parent() != assertion => {
                return Err(Failure::Wrapped);
            }
            "Signature" if node.tag_name().namespace() != Some(SIGNATURE) => return Err(Failure::Wrapped),
            _ => {}
        }
    }
    Ok(assertion)
}

fn check_response(response: Node<'_, '_>, expected: &Expected<'_>) -> Result<(), Failure> {
    if response.attribute("InResponseTo") != Some(expected.request) {
        return Err(Failure::InResponseTo);
    }
    if response.attribute("Destination") != Some(expected.acs) {
        return Err(Failure::Destination);
    }
    if children(response, ASSERTION, "Issuer").any(|issuer| !is_issuer(issuer, expected)) {
        return Err(Failure::Issuer);
    }
    let status = only(response, PROTOCOL, "Status").and_then(|status| only(status, PROTOCOL, "StatusCode"));
    let status = status.ok_or(Failure::Malformed)?;
    let code = |node: Node<'_, '_>| {
        let code = node.attribute("Value").unwrap_or_default();
        code.strip_prefix("urn:oasis:names:tc:SAML:2.0:status:").unwrap_or_default().to_owned()
    };
    // What went wrong stands below the first code, or, at some providers, in its place.
    let why = only(status, PROTOCOL, "StatusCode").map_or_else(|| code(status), code);
    match (code(status).as_str(), why.as_str()) {
        ("Success", _) => Ok(()),
        (_, "AuthnFailed" | "RequestDenied" | "NoPassive" | "UnknownPrincipal") => Err(Failure::Denied),
        _ => Err(Failure::ProviderError),
    }
}

fn is_issuer(issuer: Node<'_, '_>, expected: &Expected<'_>) -> bool {
    text(issuer).is_some_and(|issuer| issuer == expected.settings.entity_id)
}

fn person(assertion: Node<'_, '_>, expected: &Expected<'_>) -> Result<Person, Failure> {
    if !only(assertion, ASSERTION, "Issuer").is_some_and(|issuer| is_issuer(issuer, expected)) {
        return Err(Failure::Issuer);
    }
    let subject = only(assertion, ASSERTION, "Subject").ok_or(Failure::Subject)?;
    confirmed(subject, expected)?;
    conditions(assertion, expected)?;
    let mut statements = children(assertion, ASSERTION, "AuthnStatement").peekable();
    if statements.peek().is_none() {
        return Err(Failure::NoAuthentication);
    }
    for statement in statements {
        within(None, statement.attribute("SessionNotOnOrAfter"), expected.now)?;
    }
    let name = only(subject, ASSERTION, "NameID").ok_or(Failure::Subject)?;
    let subject = name_id(name, expected)?;
    let email = email(assertion, expected.settings)
        .or_else(|| (format_of(name) == NameId::Email.format()).then(|| subject.clone()));
    Ok(Person {
        issuer: expected.settings.entity_id.clone(),
        subject,
        email: email.and_then(|email| EmailAddress::parse(&email).ok()),
        // SAML has no word for it: a provider that speaks for a domain knows its mailboxes, and for no other domain it
        // is asked.
        email_verified: true,
        by_domain_owner: false,
        names: names(assertion),
    })
}

/// Whether it is for the bearer, here, now, and for what we asked.
fn confirmed(subject: Node<'_, '_>, expected: &Expected<'_>) -> Result<(), Failure> {
    let bearer = children(subject, ASSERTION, "SubjectConfirmation")
        .filter(|one| one.attribute("Method") == Some("urn:oasis:names:tc:SAML:2.0:cm:bearer"))
        .map(|one| confirmation(one, expected));
    bearer.reduce(Result::or).unwrap_or(Err(Failure::Confirmation))
}

fn confirmation(one: Node<'_, '_>, expected: &Expected<'_>) -> Result<(), Failure> {
    let data = only(one, ASSERTION, "SubjectConfirmationData").ok_or(Failure::Confirmation)?;
    if data.attribute("Recipient") != Some(expected.acs) {
        return Err(Failure::Confirmation);
    }
    if data.attribute("InResponseTo") != Some(expected.request) {
        return Err(Failure::InResponseTo);
    }
    let until = data.attribute("NotOnOrAfter").ok_or(Failure::Expired)?;
    within(data.attribute("NotBefore"), Some(until), expected.now)
}

fn conditions(assertion: Node<'_, '_>, expected: &Expected<'_>) -> Result<(), Failure> {
    let conditions = only(assertion, ASSERTION, "Conditions").ok_or(Failure::Audience)?;
    within(conditions.attribute("NotBefore"), conditions.attribute("NotOnOrAfter"), expected.now)?;
    let mut restricted = false;
    for condition in conditions.children().filter(Node::is_element) {
        match condition.tag_name().name() {
            "AudienceRestriction" => {
                let mut audiences = children(condition, ASSERTION, "Audience").filter_map(text);
                if !audiences.any(|audience| audience == expected.entity_id) {
                    return Err(Failure::Audience);
                }
                restricted = true;
            }
            // Its answer is taken once anyway, and nothing is ever passed on.
            "OneTimeUse" | "ProxyRestriction" => {}
            // What is not understood cannot be kept (SAML Core 2.0, section 2.5.1).
            _ => return Err(Failure::Claims),
        }
    }
    if restricted { Ok(()) } else { Err(Failure::Audience) }
}

fn within(from: Option<&str>, until: Option<&str>, now: Timestamp) -> Result<(), Failure> {
    let read = |time: &str| Timestamp::parse_rfc3339(time);
    if let Some(from) = from
        && read(from).map_err(|_| Failure::IssuedAt)? > now.plus(SKEW)
    {
        return Err(Failure::IssuedAt);
    }
    if let Some(until) = until
        && read(until).map_err(|_| Failure::Expired)? <= now.minus(SKEW)
    {
        return Err(Failure::Expired);
    }
    Ok(())
}

fn format_of<'a>(name: Node<'a, '_>) -> &'a str {
    name.attribute("Format").unwrap_or(NameId::Unspecified.format())
}

fn name_id(name: Node<'_, '_>, expected: &Expected<'_>) -> Result<String, Failure> {
    if format_of(name) != expected.settings.name_id.format() {
        return Err(Failure::NameId);
    }
    // The same name from another source, or for another group of services, is another person's.
    let foreign = |attribute, ours| name.attribute(attribute).is_some_and(|qualifier| qualifier != ours);
    if foreign("NameQualifier", expected.settings.entity_id.as_str())
        || foreign("SPNameQualifier", expected.entity_id)
    {
        return Err(Failure::NameId);
    }
    let subject = text(name).ok_or(Failure::Subject)?;
    if subject.trim().is_empty() || subject.len() > LONGEST_NAME {
        return Err(Failure::Subject);
    }
    Ok(subject)
}

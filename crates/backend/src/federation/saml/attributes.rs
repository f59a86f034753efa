//! What an assertion says of a person besides who it is: attributes, which have other names at each provider.

use roxmltree::Node;
use vestibule_storage::providers::Saml;

use super::ASSERTION;
use super::xml::{children, text};
use crate::federation::answer::Names;

/// Names of the address: plain, by object identifier (RFC 4524), as Microsoft's servers say it.
const EMAIL: [&str; 4] = [
    "email",
    "mail",
    "urn:oid:0.9.2342.19200300.100.1.3",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress",
];
/// Names of the name that is shown (RFC 2798, section 2.3).
const DISPLAY: [&str; 3] = [
    "displayName",
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
];
/// Names of the given name (RFC 4519, section 2.12).
const GIVEN: [&str; 4] = [
    "givenName",
    "firstName",
    "urn:oid:2.5.4.42",
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/givenname",
];
/// Names of the family name (RFC 4519, section 2.32).
const FAMILY: [&str; 4] =
    ["sn", "lastName", "urn:oid:2.5.4.4", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/surname"];

/// The address, by the name that the organization's file gives it, or by those that are usual.
pub(super) fn email(assertion: Node<'_, '_>, settings: &Saml) -> Option<String> {
    match &settings.email_attribute {
        Some(name) => value(assertion, name),
        None => first(assertion, &EMAIL),
    }
}

/// What the person is called.
pub(super) fn names(assertion: Node<'_, '_>) -> Names {
    Names {
        display: first(assertion, &DISPLAY),
        given: first(assertion, &GIVEN),
        family: first(assertion, &FAMILY),
    }
}

fn first(assertion: Node<'_, '_>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| value(assertion, name))
}

/// The first value of the attribute of a name.
fn value(assertion: Node<'_, '_>, name: &str) -> Option<String> {
    children(assertion, ASSERTION, "AttributeStatement")
        .flat_map(|statement| children(statement, ASSERTION, "Attribute"))
        .find(|attribute| attribute.attribute("Name") == Some(name))
        .and_then(|attribute| children(attribute, ASSERTION, "AttributeValue").next())
        .and_then(text)
}

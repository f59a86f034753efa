//! What a connector is told: the claims of the published contract, and no others (T21).

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

/// Claims that every organization knows. The last name is called otherwise at [`Point::AfterFederation`].
pub const BUILT_IN: [&str; 9] = [
    "displayName",
    "givenName",
    SURNAME,
    "jobTitle",
    "streetAddress",
    "city",
    "postalCode",
    "state",
    "country",
];
/// The last name, as it is stored.
pub(super) const SURNAME: &str = "surname";
/// The last name, as it is called after federation.
pub(super) const LAST_NAME: &str = "lastName";
/// How the names of an organization's own attributes begin.
pub(super) const EXTENSION: &str = "extension_";
/// Built-in claims that are known before anybody was asked.
const AFTER_FEDERATION: [&str; 3] = ["displayName", "givenName", SURNAME];

/// Where in a sign-up a connector is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Point {
    /// After the guest was identified, before the form. What the connector gives fills the form in.
    AfterFederation,
    /// After the form, before the guest is created. What the connector gives counts instead of what was typed.
    BeforeCreation,
}

impl Point {
    /// Its name, as in Microsoft Graph.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::AfterFederation => "post_federation_signup",
            Self::BeforeCreation => "post_attribute_collection",
        }
    }

    /// The point of a name.
    ///
    /// # Errors
    /// When it is none.
    pub fn parse(text: &str) -> Result<Self, UnknownPoint> {
        [Self::AfterFederation, Self::BeforeCreation]
            .into_iter()
            .find(|point| point.as_str() == text)
            .ok_or(UnknownPoint)
    }
}

/// Not a point at which connectors are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected post_federation_signup or post_attribute_collection")]
pub struct UnknownPoint;

/// What is known of somebody who signs up.
#[derive(Clone, Debug, PartialEq)]
pub struct Claims {
    /// The address.
    pub email: String,
    /// Issuer, and the id that it gave: of a social account or a one-time code. Others have none to tell.
    pub identity: Option<(String, String)>,
    /// Values by name: one of [`BUILT_IN`], or `extension_`, 32 hexadecimal digits, `_` and the attribute's own name.
    pub values: BTreeMap<String, Value>,
    /// The language of the pages (BCP 47).
    pub ui_locales: String,
}

/// The body of a request. What has no value is absent: connectors look whether a name is there.
pub fn body(point: Point, claims: &Claims) -> Value {
    let mut body = Map::new();
    body.insert("email".to_owned(), json!(claims.email));
    if let Some((issuer, id)) = &claims.identity {
        let identity = json!({ "signInType": "federated", "issuer": issuer, "issuerAssignedId": id });
        body.insert("identities".to_owned(), json!([identity]));
    }
    for (name, value) in &claims.values {
        if let Some(name) = sent_as(point, name)
            && has_value(value)
        {
            body.insert(name.to_owned(), value.clone());
        }
    }
    body.insert("ui_locales".to_owned(), json!(claims.ui_locales));
    Value::Object(body)
}

/// How a claim is called at a point, if it is sent there.
fn sent_as(point: Point, name: &str) -> Option<&str> {
    match point {
        Point::AfterFederation if name == SURNAME => Some(LAST_NAME),
        Point::AfterFederation => AFTER_FEDERATION.contains(&name).then_some(name),
        Point::BeforeCreation => (BUILT_IN.contains(&name) || is_custom(name)).then_some(name),
    }
}

/// Whether a name is that of an organization's own attribute, in full.
pub fn is_custom(name: &str) -> bool {
    let parts = name.strip_prefix(EXTENSION).and_then(|rest| rest.split_once('_'));
    parts.is_some_and(|(app, own)| {
        app.len() == 32 && app.bytes().all(|byte| byte.is_ascii_hexdigit()) && !own.is_empty()
    })
}

fn has_value(value: &Value) -> bool {
    match value {
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
        // No attribute is one.
        Value::Null | Value::Object(_) => false,
    }
}

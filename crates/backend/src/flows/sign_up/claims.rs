//! Between what a guest filled in, as text, and what connectors are told and tell, as JSON.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use vestibule_contract::field::{Field, check};
use vestibule_domain::account::Account;
use vestibule_domain::message::visible;
use vestibule_domain::sign_up::{Attribute, AttributeKind, BuiltIn, UserFlow};

use super::form;
use crate::connectors::Claims;

/// What a connector is told of somebody.
pub(super) fn told(
    organization: &str,
    flow: &UserFlow,
    account: &Account,
    values: &BTreeMap<String, String>,
    locale: &str,
) -> Claims {
    let one = |(id, text): (&String, &String)| {
        let attribute = flow.attributes.iter().find(|it| it.id == *id);
        let kind = attribute.map_or(AttributeKind::Text, Attribute::kind);
        let built_in = BuiltIn::parse(id);
        let kind = built_in.map_or(kind, BuiltIn::kind);
        let name = if built_in.is_ok() { id.clone() } else { custom(organization, id) };
        (name, to_json(kind, text))
    };
    Claims {
        email: account.address.display().to_owned(),
        identity: identity(account),
        values: values.iter().map(one).collect(),
        ui_locales: locale.to_owned(),
    }
}

/// Accounts that the published contract has a name for.
fn identity(account: &Account) -> Option<(String, String)> {
    let issuer = match account.identity.issuer.as_str() {
        "https://accounts.google.com" => "google.com",
        "https://www.facebook.com" => "facebook.com",
        _ if account.identity.is_mailbox() => "mail",
        _ => return None,
    };
    let id = if issuer == "mail" { account.address.display() } else { &account.identity.subject };
    Some((issuer.to_owned(), id.to_owned()))
}

/// The name of an organization's own attribute. The id in it is that of no app: it is the same wherever the organization
/// is, and another's is another.
pub(crate) fn custom(organization: &str, id: &str) -> String {
    let hash = format!("{:x}", Sha256::digest(format!("extensions of {organization}")));
    format!("extension_{}_{id}", &hash[..32])
}

fn to_json(kind: AttributeKind, text: &str) -> Value {
    match kind {
        AttributeKind::Boolean => json!(text == "true"),
        AttributeKind::Integer => text.parse::<i64>().map_or_else(|_| json!(text), |number| json!(number)),
        AttributeKind::Checkboxes => json!(text.split(' ').collect::<Vec<_>>()),
        AttributeKind::Country => json!(country_name(text).unwrap_or(text)),
        _ => json!(text),
    }
}

/// Values by name, as a program gives them: of built-in attributes, and of those that a user flow asks.
///
/// # Errors
/// The first name that is none of these, or whose value does not fit.
pub(crate) fn named_values(
    flows: &[UserFlow],
    values: &BTreeMap<String, Value>,
) -> Result<BTreeMap<String, String>, String> {
    let mut taken_values = BTreeMap::new();
    for (name, value) in values {
        let one = BTreeMap::from([(name.clone(), value.clone())]);
        // The built-in ones need no flow that asks them.
        let asked = flows.iter().map(|flow| flow.attributes.as_slice()).chain([&[] as &[Attribute]]);
        let found = asked.into_iter().find_map(|attributes| taken(attributes, &one).pop_first());
        taken_values.extend([found.ok_or_else(|| name.clone())?]);
    }
    Ok(taken_values)
}

/// What a connector tells, as values of the attributes that it may set: those of the form, and the built-in ones. What fits
/// none of them, or would not pass the form, counts for nothing.
pub(crate) fn taken(asked: &[Attribute], claims: &BTreeMap<String, Value>) -> BTreeMap<String, String> {
    let mut values = BTreeMap::new();
    for (name, value) in claims {
        let id = own_name(name);
        let attribute = asked.iter().find(|attribute| attribute.id == id);
        let kind = match (attribute, BuiltIn::parse(id)) {
            (Some(attribute), _) => attribute.kind(),
            (None, Ok(built_in)) => built_in.kind(),
            (None, Err(_)) => continue,
        };
        let Some(text) = from_json(kind, value) else { continue };
        let field = attribute.map_or_else(|| bare(id), form::field_of);
        let field = Field { options: form::choices(&field), required: false, ..field };
        // What is left out stays as it is; nothing is blanked.
        if !text.is_empty() && check(&field, &text).is_none() {
            values.insert(id.to_owned(), text);
        }
    }
    values
}

fn bare(id: &str) -> Field {
    let attribute = Attribute { id: id.to_owned(), ..Attribute::default() };
    form::field_of(&attribute)
}

/// The attribute's own name in that of a claim: with the app's id before it, or without.
fn own_name(claim: &str) -> &str {
    let Some(rest) = claim.strip_prefix("extension_") else { return claim };
    match rest.split_once('_') {
        Some((app, own)) if app.len() == 32 && app.bytes().all(|byte| byte.is_ascii_hexdigit()) => own,
        _ => rest,
    }
}

fn from_json(kind: AttributeKind, value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::Array(items) => items.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join(" "),
        Value::Null | Value::Object(_) => return None,
    };
    let text = visible(&text);
    Some(match kind {
        AttributeKind::Country => country_code(&text)?.to_owned(),
        // Several are sent as an array, or as existing connectors do, with commas.
        AttributeKind::Checkboxes => text.replace(',', " ").split_whitespace().collect::<Vec<_>>().join(" "),
        _ => text,
    })
}

fn country_name(code: &str) -> Option<&'static str> {
    form::countries().iter().find(|country| country.value == code).map(|country| country.label.as_str())
}

fn country_code(text: &str) -> Option<&'static str> {
    let is = |country: &&vestibule_contract::field::Choice| {
        country.value.eq_ignore_ascii_case(text) || country.label.eq_ignore_ascii_case(text)
    };
    form::countries().iter().find(is).map(|country| country.value.as_str())
}

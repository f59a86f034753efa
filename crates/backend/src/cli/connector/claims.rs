//! Claims out of a file, in the shape in which connectors get them: what was seen once can be tried again.

use std::collections::BTreeMap;

use anyhow::{Context as _, Result, bail, ensure};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::connectors::request::{BUILT_IN, Claims, is_custom};

#[derive(Deserialize)]
struct File {
    email: String,
    #[serde(default)]
    identities: Vec<Identity>,
    #[serde(default = "english")]
    ui_locales: String,
    #[serde(flatten)]
    values: Map<String, Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Identity {
    issuer: String,
    issuer_assigned_id: String,
}

fn english() -> String {
    "en".to_owned()
}

/// Reads claims. A name that is never sent is a mistake that should not go unnoticed.
pub(super) fn read(json: &Value) -> Result<Claims> {
    let File { email, identities, ui_locales, values: given } = File::deserialize(json)
        .context("claims are a JSON object such as {\"email\": \"jo@partner.example\"}")?;
    ensure!(identities.len() <= 1, "`identities` has one entry at most");
    let mut values = BTreeMap::new();
    for (name, value) in given {
        let name = if name == "lastName" { "surname".to_owned() } else { name };
        if !BUILT_IN.contains(&name.as_str()) && !is_custom(&name) {
            bail!(
                "{name} is never sent: name one of {}, or extension_, 32 hexadecimal digits, _ and the attribute's name",
                BUILT_IN.join(", ")
            );
        }
        ensure!(!values.contains_key(&name), "the last name stands there twice");
        values.insert(name, value);
    }
    let identity = identities.into_iter().next().map(|one| (one.issuer, one.issuer_assigned_id));
    Ok(Claims { email, identity, values, ui_locales })
}

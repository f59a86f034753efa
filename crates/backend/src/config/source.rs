//! The values of a configuration before they mean anything: the file, overridden by the environment, every key known
//! and of the right kind.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use toml::{Table, Value};
use vestibule_domain::bound::BoundError;
use vestibule_domain::secret::SecretString;

use super::ConfigError;
use super::keys::{KEYS, Kind, known_near, variable};

/// What variables of ours begin with.
const PREFIX: &str = "VESTIBULE_";

/// Values by full key. There is deliberately no `Debug`: secrets are among them.
pub(super) struct Source(BTreeMap<&'static str, Value>);

impl Source {
    /// Reads the text of a file and what the environment overrides.
    pub(super) fn read(text: &str, env: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let table: Table = text.parse().map_err(|error| syntax(text, &error))?;
        let mut values = BTreeMap::new();
        take_table("", table, &mut values)?;
        for (name, text) in env {
            if let Some((key, kind)) = KEYS.iter().find(|(key, _)| variable(key) == name) {
                values.insert(*key, from_variable(key, *kind, text)?);
            } else if let Some(section) = section_of(&name) {
                return Err(ConfigError::Unknown { key: name, hint: known_near(section) });
            }
        }
        Ok(Self(values))
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.0.get(key).and_then(Value::as_str).map(str::to_owned)
    }

    pub(super) fn text_or(&self, key: &str, default: &str) -> String {
        self.text(key).unwrap_or_else(|| default.to_owned())
    }

    pub(super) fn secret(&self, key: &str) -> Option<SecretString> {
        self.text(key).map(SecretString::new)
    }

    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.0.get(key).and_then(Value::as_integer)
    }

    pub(super) fn list(&self, key: &str) -> Option<Vec<String>> {
        let items = self.0.get(key)?.as_array()?;
        Some(items.iter().filter_map(Value::as_str).map(str::to_owned).collect())
    }

    /// A whole section as one of the domain's policies, which has defaults for what is not set.
    pub(super) fn section<T: DeserializeOwned>(&self, section: &str) -> Result<T, ConfigError> {
        let prefix = format!("{section}.");
        let mut table = Table::new();
        for (key, value) in self.0.range(prefix.as_str()..).take_while(|(key, _)| key.starts_with(&prefix)) {
            put(&mut table, &key[prefix.len()..], value.clone());
        }
        Value::Table(table).try_into().map_err(|error: toml::de::Error| {
            ConfigError::value(section, error.message(), "correct this section")
        })
    }
}

/// A value that the domain refuses.
pub(super) fn out_of_bounds(section: &str, error: BoundError) -> ConfigError {
    let key = format!("{section}.{}", error.field);
    ConfigError::value(&key, "is out of bounds", format!("it must be {}", error.bound))
}

fn syntax(text: &str, error: &toml::de::Error) -> ConfigError {
    let start = error.span().map_or(0, |span| span.start.min(text.len()));
    let line = String::from_utf8_lossy(&text.as_bytes()[..start]).matches('\n').count() + 1;
    ConfigError::Syntax { line, reason: error.message().to_owned() }
}

/// Takes every value of the file whose key is known and whose kind is right.
fn take_table(
    prefix: &str,
    table: Table,
    into: &mut BTreeMap<&'static str, Value>,
) -> Result<(), ConfigError> {
    for (name, value) in table {
        let key = format!("{prefix}{name}");
        if let Some((key, kind)) = KEYS.iter().find(|(known, _)| *known == key) {
            if !kind.fits(&value) {
                return Err(ConfigError::value(
                    key,
                    "is of the wrong kind",
                    format!("set it to {}", kind.words()),
                ));
            }
            into.insert(key, value);
        } else if let Value::Table(inner) = value
            && is_section(&key)
        {
            take_table(&format!("{key}."), inner, into)?;
        } else {
            return Err(ConfigError::Unknown { hint: known_near(prefix), key });
        }
    }
    Ok(())
}

fn is_section(key: &str) -> bool {
    KEYS.iter().any(|(known, _)| known.strip_prefix(key).is_some_and(|rest| rest.starts_with('.')))
}

/// The section that a variable seems to be meant for. Others of our prefix are left alone: container platforms set
/// variables such as `VESTIBULE_SERVICE_HOST` and `VESTIBULE_PORT` for a service of our name.
fn section_of(variable: &str) -> Option<&'static str> {
    let rest = variable.strip_prefix(PREFIX)?;
    KEYS.iter()
        .filter_map(|(key, _)| key.split_once('.').map(|(section, _)| section))
        .find(|section| rest.strip_prefix(&section.to_uppercase()).is_some_and(|rest| rest.starts_with('_')))
}

/// Variables are text: a number is read, a list is separated by commas.
fn from_variable(key: &str, kind: Kind, text: String) -> Result<Value, ConfigError> {
    match kind {
        Kind::Text | Kind::Secret => Ok(Value::String(text)),
        Kind::Number => text.trim().parse().map(Value::Integer).map_err(|_| {
            ConfigError::value(key, "is of the wrong kind", format!("set it to {}", kind.words()))
        }),
        Kind::List => {
            let items = text.split(',').map(str::trim).filter(|item| !item.is_empty());
            Ok(Value::Array(items.map(|item| Value::String(item.to_owned())).collect()))
        }
    }
}

/// Puts a value under a path of names separated by dots.
fn put(table: &mut Table, path: &str, value: Value) {
    match path.split_once('.') {
        None => {
            table.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = table.entry(first).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(inner) = inner {
                put(inner, rest, value);
            }
        }
    }
}

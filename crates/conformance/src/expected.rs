//! Failures that the author of a backend knows of: the run is judged without them, and one that passes is told, so that
//! the list only shrinks.

use std::collections::BTreeMap;

use anyhow::{Context, bail};

#[cfg(test)]
mod tests;

/// Known failures: the id of the case, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expected(BTreeMap<String, String>);

impl Expected {
    /// Reads a file: one `id  # reason` a line. Empty lines and lines that begin with `#` are left out.
    ///
    /// # Errors
    /// A line without a reason, or with an id that no case has.
    pub fn parse(text: &str, known: &[&str]) -> anyhow::Result<Self> {
        let mut expected = BTreeMap::new();
        for (number, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let (id, reason) =
                line.split_once('#').map_or((line, ""), |(id, reason)| (id.trim(), reason.trim()));
            let place = || format!("line {}: `{id}`", number + 1);
            if reason.is_empty() {
                return Err(anyhow::anyhow!("write `{id}  # why`")).with_context(place);
            }
            if !known.contains(&id) {
                bail!("{} is the id of no case", place());
            }
            expected.insert(id.to_owned(), reason.to_owned());
        }
        Ok(Self(expected))
    }

    /// Why a case is expected to fail.
    pub fn reason(&self, id: &str) -> Option<&str> {
        self.0.get(id).map(String::as_str)
    }

    /// All ids.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

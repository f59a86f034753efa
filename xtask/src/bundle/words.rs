//! The words of each language, checked and made small.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context as _, Result, ensure};

use super::inputs::files_under;
use crate::workspace::Workspace;

/// Every language of `public/locales` with its words as compact JSON.
pub(super) fn catalogues(ws: &Workspace) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for file in files_under(&ws.path("public/locales"))? {
        let language = file.file_stem().and_then(|stem| stem.to_str()).context("a file without a name")?;
        let text = fs::read_to_string(&file)?;
        let small = compact(&text).with_context(|| format!("public/locales/{language}.json"))?;
        found.insert(language.to_owned(), small);
    }
    ensure!(found.contains_key("en"), "public/locales/en.json is missing: it is the language of last resort");
    Ok(found)
}

/// One flat object of texts, in the order of its keys.
fn compact(text: &str) -> Result<Vec<u8>> {
    let words: BTreeMap<String, String> = serde_json::from_str(text)?;
    Ok(serde_json::to_vec(&words)?)
}

#[cfg(test)]
mod tests;

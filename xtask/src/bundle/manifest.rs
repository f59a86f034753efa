//! `dist/manifest.json`: what a backend needs to know of the bundle to write a page that uses it.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use serde::{Deserialize, Serialize};

use super::content::integrity;

/// A file of the bundle, as a page refers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Reference {
    /// Path from the origin's root.
    pub(crate) url: String,
    /// Value of the `integrity` attribute.
    pub(crate) integrity: String,
}

/// What speaks to identity providers in the browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RelyingParty {
    /// The script of its page, a module.
    pub(crate) script: Reference,
    /// The script of its worker, a module, started by the page's.
    pub(crate) worker: Reference,
    /// The WebAssembly, fetched by the worker.
    pub(crate) wasm: Reference,
}

impl RelyingParty {
    /// All of it.
    pub(crate) fn references(&self) -> [&Reference; 3] {
        [&self.script, &self.worker, &self.wasm]
    }
}

/// All files of the bundle that have hashed names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Manifest {
    /// The one script of every page, a module.
    pub(crate) boot: Reference,
    /// The application, fetched by the script.
    pub(crate) wasm: Reference,
    /// The whole style, to be linked or written into the page.
    pub(crate) css: Reference,
    /// What the page `/federate/…` loads, and no other.
    pub(crate) relying_party: RelyingParty,
    /// Words by language tag (BCP 47).
    pub(crate) locales: BTreeMap<String, Reference>,
    /// Icons by the name of their source file.
    pub(crate) icons: BTreeMap<String, Reference>,
}

impl Manifest {
    /// Every file that is referred to.
    pub(crate) fn references(&self) -> impl Iterator<Item = &Reference> {
        [&self.boot, &self.wasm, &self.css]
            .into_iter()
            .chain(self.relying_party.references())
            .chain(self.locales.values())
            .chain(self.icons.values())
    }

    /// Reads the manifest of a finished bundle.
    pub(crate) fn read(dist: &Path) -> Result<Self> {
        let path = dist.join("manifest.json");
        let bytes = fs::read(&path).with_context(|| format!("{}: build first", path.display()))?;
        serde_json::from_slice(&bytes).with_context(|| format!("{} is not a manifest", path.display()))
    }

    /// Reads the manifest, provided that all its files are there and unharmed.
    pub(super) fn read_whole(dist: &Path) -> Result<Self> {
        let manifest = Self::read(dist)?;
        for page in ["index.html", "federate.html"] {
            ensure!(dist.join(page).exists(), "{page} is missing");
        }
        for reference in manifest.references() {
            let file = file_of(dist, reference);
            ensure!(integrity(&fs::read(&file)?) == reference.integrity, "{} is damaged", file.display());
            for twin in ["br", "gz"] {
                ensure!(file.with_added_extension(twin).exists(), "{} lacks its .{twin}", file.display());
            }
        }
        Ok(manifest)
    }
}

/// Where a referred file lies.
pub(crate) fn file_of(dist: &Path, reference: &Reference) -> std::path::PathBuf {
    dist.join(reference.url.trim_start_matches('/'))
}

#[cfg(test)]
mod tests;

//! Puts files into `dist/`. New names first, old names last: whoever serves the folder meanwhile
//! never refers to a file that is not there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::compress::{brotli, gzip, is_brotli_of, is_gzip_of};
use super::content::{hashed_name, integrity};
use super::inputs::files_under;
use super::manifest::Reference;

/// The folder under construction, and what belongs into it.
#[derive(Debug)]
pub(super) struct Store {
    dist: PathBuf,
    kept: BTreeSet<PathBuf>,
}

impl Store {
    /// Works on this folder.
    pub(super) fn new(dist: PathBuf) -> Self {
        Self { dist, kept: BTreeSet::new() }
    }

    /// Adds a file under the hash of its bytes, with its compressed twins beside it.
    pub(super) fn asset(&mut self, stem: &str, extension: &str, bytes: &[u8]) -> Result<Reference> {
        let path = Path::new("assets").join(hashed_name(stem, extension, bytes));
        self.file(&path, bytes)?;
        let (br, gz) = (path.with_added_extension("br"), path.with_added_extension("gz"));
        // Compressing costs a second, checking what is there a hundredth.
        if !fs::read(self.dist.join(&br)).is_ok_and(|packed| is_brotli_of(&packed, bytes)) {
            self.file(&br, &brotli(bytes, 11)?)?;
        }
        if !fs::read(self.dist.join(&gz)).is_ok_and(|packed| is_gzip_of(&packed, bytes)) {
            self.file(&gz, &gzip(bytes)?)?;
        }
        self.kept.extend([br, gz]);
        let url = format!("/{}", path.to_string_lossy().replace('\\', "/"));
        Ok(Reference { url, integrity: integrity(bytes) })
    }

    /// Adds a file under a fixed name, whole or not at all.
    pub(super) fn file(&mut self, path: &Path, bytes: &[u8]) -> Result<()> {
        self.kept.insert(path.to_owned());
        let full = self.dist.join(path);
        if fs::read(&full).is_ok_and(|present| present == bytes) {
            return Ok(());
        }
        fs::create_dir_all(full.parent().context("a file has a folder")?)?;
        let part = full.with_added_extension("part");
        fs::write(&part, bytes)?;
        fs::rename(&part, &full).with_context(|| format!("writing {}", full.display()))
    }

    /// Removes what earlier builds left.
    pub(super) fn sweep(self) -> Result<()> {
        for file in files_under(&self.dist)? {
            let name = file.strip_prefix(&self.dist)?;
            if !self.kept.contains(name) {
                fs::remove_file(&file).with_context(|| format!("removing {}", file.display()))?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests;

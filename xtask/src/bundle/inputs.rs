//! What a build depends on, as one digest: nothing is built twice, and nothing is left stale.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use sha2::{Digest as _, Sha256};

use super::content::hex;
use super::relying_party::PACKAGE;
use crate::process::{cargo, program, stdout};
use crate::workspace::Workspace;

/// Files that decide how the WebAssembly comes out, besides the sources themselves.
const SETTINGS: [&str; 9] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "index.html",
    "rust-toolchain.toml",
    "xtask/npm/package-lock.json",
    "xtask/src/bundle/app.rs",
    "xtask/src/bundle/optimize.rs",
];

/// The same of what speaks to identity providers.
const OF_RELYING_PARTY: [&str; 7] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "rust-toolchain.toml",
    "xtask/npm/package-lock.json",
    "xtask/src/bundle/optimize.rs",
    "xtask/src/bundle/relying_party.rs",
];

/// The digest of all that Trunk compiles.
pub(super) fn of_app(ws: &Workspace) -> Result<String> {
    let tree = ["--package=vestibule", "--features=csr", "--no-default-features"];
    compiled(ws, &SETTINGS, &tree)
}

/// The digest of all that the relying party is compiled from.
pub(super) fn of_relying_party(ws: &Workspace) -> Result<String> {
    compiled(ws, &OF_RELYING_PARTY, &["--package", PACKAGE])
}

fn compiled(ws: &Workspace, settings: &[&str], tree: &[&str]) -> Result<String> {
    let mut digest = Sha256::new();
    let mut rustc = program(ws, "rustc");
    rustc.arg("-vV");
    digest.update(stdout(rustc)?);
    digest.update(env::var("RUSTFLAGS").unwrap_or_default());
    for setting in settings {
        add(&mut digest, ws.root(), &ws.path(setting))?;
    }
    for package in own_packages(ws, tree)? {
        for part in ["Cargo.toml", "build.rs", "src"] {
            add(&mut digest, ws.root(), &package.join(part))?;
        }
    }
    Ok(hex(&digest.finalize()))
}

/// The digest of all that ends up in `dist/`.
pub(super) fn of_bundle(ws: &Workspace, compiled: &[&str]) -> Result<String> {
    let mut digest = Sha256::new();
    for input in compiled {
        digest.update(input);
    }
    for part in ["federate.html", "public", "style", "xtask/src/bundle"] {
        add(&mut digest, ws.root(), &ws.path(part))?;
    }
    Ok(hex(&digest.finalize()))
}

/// The folders of the packages of this workspace that go into it.
fn own_packages(ws: &Workspace, of: &[&str]) -> Result<Vec<PathBuf>> {
    let mut tree = cargo(ws, &["tree", "--edges=normal,build", "--target=wasm32-unknown-unknown"]);
    tree.args(["--prefix=none", "--format={p}"]).args(of);
    Ok(folders_in(&stdout(tree)?))
}

/// Cargo writes the folder of a local package in brackets behind its name.
fn folders_in(tree: &str) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = tree
        .lines()
        .filter_map(|line| line.split_once(" (")?.1.split_once(')'))
        .map(|(inside, _)| PathBuf::from(inside))
        .filter(|path| path.is_absolute())
        .collect();
    folders.sort();
    folders.dedup();
    folders
}

/// Adds a file, or a folder with all that is in it. What does not exist adds nothing.
fn add(digest: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    for file in files_under(path)? {
        let bytes = fs::read(&file).with_context(|| format!("reading {}", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file).to_string_lossy();
        digest.update((name.len() as u64).to_le_bytes());
        digest.update(name.as_bytes());
        digest.update((bytes.len() as u64).to_le_bytes());
        digest.update(bytes);
    }
    Ok(())
}

/// All files at or under a path, in one order on every machine.
pub(crate) fn files_under(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
            let entry = entry?.path();
            if entry.is_dir() { folders.push(entry) } else { found.push(entry) }
        }
    }
    found.sort();
    Ok(found)
}

#[cfg(test)]
mod tests;

//! The files of the repository as the rules see them.

use std::fs;
use std::path::Path;

use anyhow::Result;

use super::Finding;
use crate::bundle::files_under;
use crate::process::{program, stdout};
use crate::workspace::Workspace;

/// A text file.
#[derive(Debug)]
pub(crate) struct Source {
    /// Path from the root, with forward slashes.
    pub(crate) path: String,
    /// All of it.
    pub(crate) text: String,
}

/// What language a file is in, as far as rules differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Rust,
    Css,
    Script,
    Other,
}

impl Source {
    /// The language, from the ending.
    pub(crate) fn kind(&self) -> Kind {
        match Path::new(&self.path).extension().and_then(|extension| extension.to_str()) {
            Some("rs") => Kind::Rust,
            Some("css") => Kind::Css,
            Some("js" | "mjs" | "ts") => Kind::Script,
            _ => Kind::Other,
        }
    }

    /// Whether the file is, or lies under, one of these paths.
    pub(crate) fn is_in(&self, places: &[&str]) -> bool {
        places.iter().any(|place| {
            self.path
                .strip_prefix(place)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/') || rest == ".rs")
        })
    }

    /// Something found on a line of this file.
    pub(crate) fn finding(&self, line: usize, message: impl Into<String>) -> Finding {
        Finding { file: self.path.clone(), line, message: message.into() }
    }
}

/// Every text file that is, or will be, under version control.
pub(crate) fn all(ws: &Workspace) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for path in names(ws)? {
        // Binary files are nobody's prose, and deleted ones are still listed until the commit.
        if let Ok(text) = fs::read_to_string(ws.path(&path)) {
            sources.push(Source { path, text });
        }
    }
    Ok(sources)
}

/// Git knows what is ignored. An unpacked archive has no Git; then folders that are made by
/// building are left out by name.
fn names(ws: &Workspace) -> Result<Vec<String>> {
    let mut git = program(ws, "git");
    git.args(["ls-files", "--cached", "--others", "--exclude-standard"]);
    if ws.path(".git").exists()
        && let Ok(list) = stdout(git)
    {
        return Ok(list.lines().map(str::to_owned).collect());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(ws.root())? {
        let entry = entry?;
        if matches!(entry.file_name().to_str(), Some(".git" | ".vestibule" | "dist" | "target")) {
            continue;
        }
        for file in files_under(&entry.path())? {
            let name = file.strip_prefix(ws.root())?.to_string_lossy().replace('\\', "/");
            if !name.contains("node_modules/") {
                names.push(name);
            }
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests;

//! Scripts: each joined from its modules, with what the build knows written in.

use std::path::Path;

use anyhow::{Context as _, Result};

use super::optimize::Names;
use crate::process::{checked, program};
use crate::workspace::Workspace;

/// What a script is made of.
pub(super) struct Script<'a> {
    /// The source, from the root of the repository.
    pub(super) source: &'a str,
    /// What the build writes in: the name of a constant, and its value as JSON.
    pub(super) table: (&'a str, String),
    /// The glue of wasm-bindgen by the name under which the source imports it, and what its WebAssembly has renamed.
    pub(super) glue: Option<(&'a str, &'a Path, &'a Names)>,
}

/// Makes a script. esbuild joins the modules and renames what the WebAssembly has renamed, so that no text of generated
/// code is edited.
pub(super) fn script(ws: &Workspace, script: &Script<'_>) -> Result<Vec<u8>> {
    let joined = ws.target("bundle/script.js");
    let mut esbuild = program(ws, "esbuild");
    esbuild.arg(script.source);
    esbuild.args(["--bundle", "--minify", "--format=esm", "--target=es2022", "--charset=utf8"]);
    esbuild.args(["--legal-comments=none", "--log-level=warning"]);
    if let Some((name, file, names)) = script.glue {
        let renamed = ws.target("bundle/names.json");
        std::fs::write(&renamed, names.table()?)?;
        esbuild.arg(format!("--alias:{name}={}", file.display()));
        esbuild.arg(format!("--mangle-props={}", names.pattern())).arg("--mangle-quoted");
        esbuild.arg(format!("--mangle-cache={}", renamed.display()));
    }
    let (constant, value) = &script.table;
    esbuild.arg(format!("--define:{constant}={value}"));
    esbuild.arg(format!("--outfile={}", joined.display()));
    checked(esbuild)?;
    std::fs::read(&joined).context("esbuild wrote no script")
}

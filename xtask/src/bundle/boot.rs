//! The one script: `public/boot.js` and the glue of wasm-bindgen as a single module, with the
//! addresses and digests of what it fetches written in. Its own digest thereby vouches for theirs.

use anyhow::{Context as _, Result};
use serde::Serialize;
use std::collections::BTreeMap;

use super::app::App;
use super::manifest::Reference;
use crate::process::{checked, program};
use crate::workspace::Workspace;

/// What the script knows about the rest of the bundle.
#[derive(Debug, Serialize)]
struct Table<'a> {
    wasm: &'a Reference,
    locales: &'a BTreeMap<String, Reference>,
}

/// Makes the script. esbuild joins the two modules and renames what the WebAssembly has renamed, so that no text
/// of generated code is edited.
pub(super) fn script(
    ws: &Workspace,
    app: &App,
    wasm: &Reference,
    locales: &BTreeMap<String, Reference>,
) -> Result<Vec<u8>> {
    let table = serde_json::to_string(&Table { wasm, locales })?;
    let renamed = ws.target("bundle/names.json");
    std::fs::write(&renamed, app.names.table()?)?;
    let joined = ws.target("bundle/boot.js");
    let mut esbuild = program(ws, "esbuild");
    esbuild.args([
        "public/boot.js",
        "--bundle",
        "--minify",
        "--format=esm",
        "--target=es2022",
        "--charset=utf8",
    ]);
    esbuild.args(["--legal-comments=none", "--log-level=warning"]);
    esbuild.arg(format!("--alias:vestibule-glue={}", app.glue.display()));
    esbuild.arg(format!("--mangle-props={}", app.names.pattern())).arg("--mangle-quoted");
    esbuild.arg(format!("--mangle-cache={}", renamed.display()));
    esbuild.arg(format!("--define:VESTIBULE_BUNDLE={table}"));
    esbuild.arg(format!("--outfile={}", joined.display()));
    checked(esbuild)?;
    std::fs::read(&joined).context("esbuild wrote no script")
}

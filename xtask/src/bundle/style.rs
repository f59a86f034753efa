//! The style: seven files in the order in which they build on each other, as one.

use std::fs;

use anyhow::{Context as _, Result};

use crate::process::{checked, program};
use crate::workspace::Workspace;

/// Values, then bare elements, then building blocks, then what stands where. Later ones win.
const PARTS: [&str; 7] = ["tokens", "base", "ui", "marks", "fields", "frame", "pages"];

/// Joins and minifies. No target is named to esbuild: what is written is what browsers get.
pub(super) fn sheet(ws: &Workspace) -> Result<Vec<u8>> {
    let entry = ws.target("bundle/style.css");
    // JSON quotes a path just as CSS does.
    let import = |part| {
        serde_json::to_string(&ws.path(format!("style/{part}.css"))).map(|path| format!("@import {path};\n"))
    };
    let imports = PARTS.into_iter().map(import).collect::<Result<String, _>>()?;
    fs::write(&entry, imports)?;
    let joined = ws.target("bundle/app.css");
    let mut esbuild = program(ws, "esbuild");
    esbuild.arg(&entry).args(["--bundle", "--minify", "--charset=utf8", "--legal-comments=none"]);
    esbuild.arg("--log-level=warning").arg(format!("--outfile={}", joined.display()));
    checked(esbuild)?;
    fs::read(&joined).context("esbuild wrote no style")
}

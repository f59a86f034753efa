//! The runner of what happens in a browser.

use std::env;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::browser::{find, is_root};
use crate::process::program;
use crate::workspace::Workspace;

/// `playwright test` in the folder of the end-to-end tests, which learn from the environment what to test.
pub(crate) fn playwright(ws: &Workspace) -> Result<Command> {
    let chromium = find().context("no Chromium to test with")?;
    let mut npx = program(ws, "npx");
    npx.args(["--no-install", "playwright", "test"]).current_dir(ws.e2e());
    npx.env("CHROMIUM", chromium).env("BACKEND", ws.backend()).env("DIST", ws.dist()).env("CI", "1");
    // Chromium's own sandbox does not start as root, as in most containers.
    npx.env("CHROMIUM_SANDBOX", if is_root(ws) { "0" } else { "1" });
    // Playwright warns at each start when both are set.
    if env::var_os("NO_COLOR").is_none() {
        npx.env("FORCE_COLOR", "0");
    }
    Ok(npx)
}

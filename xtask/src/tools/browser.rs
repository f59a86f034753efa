//! A Chromium for the end-to-end tests: the machine's own, else Debian's package.

use std::env;
use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::output;
use crate::process::{checked, on_path, program, stdout};
use crate::workspace::Workspace;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Where the application lies on a Mac, which puts no program on the path.
const MAC: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/// The browser to test with. The variable `CHROMIUM` overrides the search.
pub(super) fn find() -> Option<PathBuf> {
    env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .or_else(|| NAMES.iter().find_map(|name| on_path(name)))
        .or_else(|| MAC.iter().map(PathBuf::from).find(|path| path.exists()))
}

/// Installs Chromium where that needs no question: as root, by apt.
pub(super) fn ensure(ws: &Workspace) -> Result<()> {
    if find().is_some() {
        return Ok(());
    }
    if !is_root(ws) || on_path("apt-get").is_none() {
        bail!("no Chromium or Chrome found: install one, or name it in the variable CHROMIUM");
    }
    output::timed("chromium", "1 min", || {
        for arguments in [&["update"][..], &["install", "-y", "chromium"]] {
            let mut apt = program(ws, "apt-get");
            apt.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
            checked(apt)?;
        }
        Ok(())
    })
}

/// Whether this runs as root, where Chromium's own sandbox does not start.
pub(super) fn is_root(ws: &Workspace) -> bool {
    let mut id = program(ws, "id");
    id.arg("-u");
    stdout(id).is_ok_and(|text| text.trim() == "0")
}

//! What comes as npm packages: wasm-opt and esbuild for the build, Playwright and axe for the
//! tests. Always `npm ci`: the lock file decides, with checksums, and no package's script runs.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use crate::bundle::content::hex_digest;
use crate::output;
use crate::process::{checked, on_path, program};
use crate::workspace::Workspace;

/// Remembers, beside the packages, for which lock file they were installed.
const STAMP: &str = "node_modules/.installed-for";

/// The packages of the build. They are installed into `target/tools`, so that nothing appears in
/// the source folders.
pub(super) fn build_tools(ws: &Workspace) -> Result<()> {
    copied(&ws.path("xtask/npm"), &ws.npm(), &["package.json", "package-lock.json"])?;
    install(ws, "binaryen and esbuild", "15 s", &ws.npm())
}

/// The demo's identity providers, installed as the build's packages are. Gives their program.
pub(crate) fn demo_providers(ws: &Workspace) -> Result<PathBuf> {
    let place = ws.target("demo");
    copied(
        &ws.path("demo/providers"),
        &place,
        &["package.json", "package-lock.json", "main.mjs", "saml.mjs"],
    )?;
    install(ws, "the demo's identity providers", "15 s", &place)?;
    Ok(place.join("main.mjs"))
}

fn copied(source: &Path, place: &Path, files: &[&str]) -> Result<()> {
    fs::create_dir_all(place)?;
    for file in files {
        fs::copy(source.join(file), place.join(file))
            .with_context(|| source.join(file).display().to_string())?;
    }
    Ok(())
}

/// The packages of the end-to-end tests, once there are such tests.
pub(super) fn e2e(ws: &Workspace) -> Result<()> {
    if !ws.e2e().join("package.json").exists() {
        return Ok(());
    }
    install(ws, "packages of tests/e2e", "30 s", &ws.e2e())
}

fn install(ws: &Workspace, what: &str, about: &str, folder: &Path) -> Result<()> {
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("{} has no package-lock.json", folder.display()))?;
    let (stamp, wanted) = (folder.join(STAMP), hex_digest(&lock));
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
        return Ok(());
    }
    ensure!(on_path("npm").is_some(), "Node.js 20 or newer with npm is needed: https://nodejs.org");
    output::timed(what, about, || {
        let mut npm = program(ws, "npm");
        npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]).current_dir(folder);
        checked(npm)
    })?;
    fs::write(stamp, wanted).context("noting the installed packages")
}

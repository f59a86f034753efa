//! Trunk and the command line of wasm-bindgen, both built from crates.io.

use std::fs;

use anyhow::{Context as _, Result};

use crate::output;
use crate::process::{cargo, checked, has_version, on_path};
use crate::workspace::Workspace;

/// Later releases ask for a newer Rust than this workspace's.
const TRUNK: &str = "0.21.14";

/// Installs Trunk. Its own lock file is used: it is what its authors tested.
pub(super) fn trunk(ws: &Workspace) -> Result<()> {
    install(ws, "trunk", "trunk", TRUNK, &["--locked"], "10 min")
}

/// Installs wasm-bindgen in the version of `Cargo.lock`: the two sides of its interface must be the
/// same. Without its lock file, which names a release that its registry no longer offers.
pub(super) fn wasm_bindgen(ws: &Workspace) -> Result<()> {
    let lock = fs::read_to_string(ws.path("Cargo.lock")).context("Cargo.lock")?;
    let version = locked_version(&lock, "wasm-bindgen").context("Cargo.lock has no wasm-bindgen")?;
    install(ws, "wasm-bindgen", "wasm-bindgen-cli", &version, &[], "5 min")
}

fn install(
    ws: &Workspace,
    program: &str,
    package: &str,
    version: &str,
    flags: &[&str],
    about: &str,
) -> Result<()> {
    let own = ws.tool_bin().join(format!("{program}{}", std::env::consts::EXE_SUFFIX));
    if has_version(&own, version)
        || (!own.exists() && on_path(program).is_some_and(|at| has_version(&at, version)))
    {
        return Ok(());
    }
    let build = ws.target("tools-build").join(program);
    output::timed(&format!("{package} {version}"), about, || {
        let mut command = cargo(ws, &["install", package, "--version", version, "--force"]);
        command.args(flags).arg("--root").arg(ws.target("tools")).env("CARGO_TARGET_DIR", &build);
        // They run for seconds: building them well would take longer than it ever saves.
        command.env("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0").env("CARGO_PROFILE_RELEASE_LTO", "off");
        command.env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "256").env("CARGO_PROFILE_RELEASE_DEBUG", "0");
        checked(command)
    })?;
    // Half a gigabyte that nobody needs again.
    fs::remove_dir_all(&build).context("clearing the tool's build folder")
}

/// The version of a package in a `Cargo.lock`.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let table: toml::Table = lock.parse().ok()?;
    let packages = table.get("package")?.as_array()?;
    let entry =
        packages.iter().find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))?;
    Some(entry.get("version")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests;

//! The standard library for WebAssembly, which belongs to the toolchain.

use std::path::Path;

use anyhow::{Context as _, Result};

use crate::output;
use crate::process::{checked, on_path, program, stdout};
use crate::workspace::Workspace;

const TARGET: &str = "wasm32-unknown-unknown";

/// Adds the target when the toolchain in use lacks it. `rust-toolchain.toml` names it too, but
/// rustup acts on that only where automatic installs are on.
pub(super) fn ensure(ws: &Workspace) -> Result<()> {
    let mut rustc = program(ws, "rustc");
    rustc.args(["--print", "sysroot"]);
    let sysroot = stdout(rustc)?;
    if Path::new(sysroot.trim()).join("lib/rustlib").join(TARGET).exists() {
        return Ok(());
    }
    on_path("rustup")
        .with_context(|| format!("this Rust has no {TARGET}, and there is no rustup to add it"))?;
    output::timed(TARGET, "20 s", || {
        let mut rustup = program(ws, "rustup");
        rustup.args(["target", "add", TARGET]);
        checked(rustup).map(drop)
    })
}

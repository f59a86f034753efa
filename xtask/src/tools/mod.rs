//! What the project needs on a machine besides Rust, Node and a C compiler: found when it is there
//! in the exact version, else installed into `target/tools`. Nothing is changed outside of that
//! folder but the wasm target of the toolchain and, where there is none, the browser.

mod browser;
mod cargo_tools;
mod npm;
mod playwright;
mod wasm_target;

pub(crate) use npm::demo_providers;

use std::thread;

use anyhow::{Result, bail};

pub(crate) use playwright::playwright;

use crate::lock;
use crate::workspace::Workspace;

/// How much of the tools a command needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What builds the page.
    Build,
    /// Also the browser and the packages of the end-to-end tests.
    Everything,
}

/// Sets up what is missing. Quick when nothing is. The two long builds run side by side, and the
/// downloads beside them.
pub(crate) fn ensure(ws: &Workspace, scope: Scope) -> Result<()> {
    let _alone = lock::hold(&ws.target("tools"))?;
    let results = thread::scope(|threads| {
        let jobs = [
            threads.spawn(|| cargo_tools::trunk(ws)),
            threads.spawn(|| cargo_tools::wasm_bindgen(ws)),
            threads.spawn(|| downloads(ws, scope)),
        ];
        jobs.map(|job| job.join().unwrap_or_else(|_| bail!("a tool's set-up panicked")))
    });
    results.into_iter().collect()
}

fn downloads(ws: &Workspace, scope: Scope) -> Result<()> {
    wasm_target::ensure(ws)?;
    npm::build_tools(ws)?;
    if scope == Scope::Everything {
        npm::e2e(ws)?;
        browser::ensure(ws)?;
    }
    Ok(())
}

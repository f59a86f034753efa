//! `cargo xtask run`: from a fresh checkout to a running demo.

use std::path::Path;
use std::process::Command;
use std::thread;

use anyhow::{Context as _, Result, bail};

use crate::process::{cargo, checked, program};
use crate::tools::{self, Scope};
use crate::workspace::Workspace;
use crate::{bundle, output};

/// Builds page and backend side by side, then becomes the backend: Ctrl-C reaches it directly and
/// nothing is left behind.
pub(crate) fn run(ws: &Workspace, port: u16, data: &Path, fresh: bool) -> Result<()> {
    let providers = thread::scope(|threads| {
        let backend = threads.spawn(|| build_backend(ws));
        tools::ensure(ws, Scope::Build)?;
        bundle::build(ws)?;
        let providers = tools::demo_providers(ws)?;
        backend.join().unwrap_or_else(|_| bail!("building the backend panicked"))?;
        anyhow::Ok(providers)
    })?;
    let mut demo = program(ws, ws.backend());
    demo.arg("demo").args(["--port", &port.to_string()]).arg("--data").arg(data).arg("--dist").arg(ws.dist());
    demo.arg("--providers").arg(providers);
    if fresh {
        demo.arg("--fresh");
    }
    become_program(demo)
}

/// Builds the backend as the demo and the tests use it.
pub(crate) fn build_backend(ws: &Workspace) -> Result<()> {
    output::timed("backend", "3 min at first", || {
        checked(cargo(ws, &["build", "--package=vestibule-backend"])).map(drop)
    })
}

#[cfg(unix)]
fn become_program(mut command: Command) -> Result<()> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec()).context("the backend does not start")
}

#[cfg(not(unix))]
fn become_program(mut command: Command) -> Result<()> {
    let status = command.status().context("the backend does not start")?;
    anyhow::ensure!(status.success(), "the backend ended with {status}");
    Ok(())
}

//! `cargo xtask bench`: figures to compare in one run, on one machine. Nothing here passes or fails.

use std::thread;

use anyhow::{Context as _, Result, bail};

use crate::process::{cargo, checked};
use crate::tools::{self, Scope};
use crate::workspace::Workspace;
use crate::{bundle, output};

/// Builds what is measured and prints one table: when the code page's form answers, beside the same form without any
/// script behind the same headers; medians of `runs` cold loads each.
pub(crate) fn run(ws: &Workspace, runs: u32) -> Result<()> {
    thread::scope(|threads| {
        let server = threads.spawn(|| {
            checked(cargo(ws, &["build", "--package=vestibule-backend", "--example=testbed"])).map(drop)
        });
        tools::ensure(ws, Scope::Everything)?;
        bundle::build(ws)?;
        server.join().unwrap_or_else(|_| bail!("building the server panicked"))
    })?;
    let mut bench = tools::playwright(ws)?;
    bench.args(["--config", "playwright.bench.config.ts"]).env("BENCH_RUNS", runs.to_string());
    let said = checked(bench)?;
    let from = said.find("network | ").context("no table was printed")?;
    for row in said[from..].lines().take_while(|line| line.contains(" | ")) {
        output::line(row);
    }
    Ok(())
}

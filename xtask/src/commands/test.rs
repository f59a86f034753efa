//! `cargo xtask test`: every check there is, on any machine, by one command.
//!
//! Two lanes run side by side, since Cargo locks its folder for each profile: one compiles and tests
//! natively, the other sets up tools and builds the page. What needs both comes after both.

mod counts;
mod parts;
mod report;

use std::thread;

use anyhow::{Result, bail, ensure};

use crate::output::{self, Stopwatch};
use crate::workspace::Workspace;
use parts::Part;
use report::{Outcome, Tally};

/// Runs everything, or (`fast`) what needs neither bundle nor browser.
pub(crate) fn run(ws: &Workspace, fast: bool) -> Result<()> {
    let watch = Stopwatch::start();
    let outcomes = if fast { lane(ws, parts::NATIVE) } else { all(ws)? };
    let tally = Tally::of(&outcomes);
    output::line(report::summary(&outcomes));
    output::line(format_args!("all parts in {:.0} s", watch.elapsed().as_secs_f64()));
    output::line(format_args!("{} passed, {} failed", tally.passed, tally.failed));
    ensure!(tally.failed == 0, "not everything passed");
    Ok(())
}

fn all(ws: &Workspace) -> Result<Vec<Outcome>> {
    let mut outcomes = thread::scope(|threads| {
        let page = threads.spawn(|| lane(ws, parts::PAGE));
        let mut native = lane(ws, parts::NATIVE);
        native.extend(lane(ws, parts::AFTER_NATIVE));
        let Ok(page) = page.join() else { bail!("building the page panicked") };
        native.extend(page);
        Ok(native)
    })?;
    let built = |name| outcomes.iter().any(|outcome| outcome.name == name && outcome.passed());
    if built(parts::BUNDLE) && built(parts::BACKEND) {
        outcomes.extend(lane(ws, parts::TOGETHER));
    } else {
        // Counted as failed: a check that could not run has proved nothing.
        outcomes.extend(parts::TOGETHER.iter().map(|part| Outcome::not_run(part.name)));
    }
    Ok(outcomes)
}

/// Runs parts one after the other. A failure is shown at once and the rest still runs.
fn lane(ws: &Workspace, parts: &[Part]) -> Vec<Outcome> {
    parts
        .iter()
        .map(|part| {
            let watch = Stopwatch::start();
            let outcome = Outcome::new(part.name, watch, (part.check)(ws));
            output::line(report::announce(&outcome));
            outcome
        })
        .collect()
}

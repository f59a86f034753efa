//! `check`: the invariants I1 to I9, asked of the data itself.

use std::process::ExitCode;

use anyhow::Result;
use vestibule_storage::check;

use super::output;
use crate::config::Config;
use crate::state::open_store;

/// Prints every violation; exit code 1 when there is one.
pub(super) async fn run(config: &Config) -> Result<ExitCode> {
    let store = open_store(config).await?;
    let violations = store.read(|connection| Box::pin(async move { check::run(connection).await })).await?;
    for violation in &violations {
        output::line(format_args!("{}: {}", violation.invariant, violation.what));
    }
    if violations.is_empty() {
        output::line("I1 to I9 hold");
        Ok(ExitCode::SUCCESS)
    } else {
        Ok(ExitCode::FAILURE)
    }
}

//! `cargo xtask tools`.

use anyhow::Result;

use crate::output;
use crate::tools::{self, Scope};
use crate::workspace::Workspace;

/// Sets up everything that any command needs.
pub(crate) fn run(ws: &Workspace) -> Result<()> {
    tools::ensure(ws, Scope::Everything)?;
    output::line("tools: all there");
    Ok(())
}

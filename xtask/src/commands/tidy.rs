//! `cargo xtask tidy`.

use anyhow::{Result, bail};

use crate::workspace::Workspace;
use crate::{output, tidy};

/// Prints every finding and fails if there is one.
pub(crate) fn run(ws: &Workspace) -> Result<()> {
    let count = check(ws)?;
    output::line(format_args!("tidy: {count} files in order"));
    Ok(())
}

/// Checks; gives the number of files looked at.
pub(crate) fn check(ws: &Workspace) -> Result<usize> {
    let (count, findings) = tidy::check(ws)?;
    if findings.is_empty() {
        return Ok(count);
    }
    let lines: Vec<String> = findings.iter().map(ToString::to_string).collect();
    bail!("{} findings:\n{}", lines.len(), lines.join("\n"))
}

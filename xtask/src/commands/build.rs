//! `cargo xtask build`.

use anyhow::Result;

use crate::process::{cargo, checked};
use crate::tools::{self, Scope};
use crate::workspace::Workspace;
use crate::{bundle, output};

/// Builds the page and, when asked, the backend as it is shipped.
pub(crate) fn run(ws: &Workspace, release_backend: bool) -> Result<()> {
    tools::ensure(ws, Scope::Build)?;
    bundle::build(ws)?;
    if release_backend {
        output::timed("backend (release)", "5 min at first", || {
            checked(cargo(ws, &["build", "--release", "--package=vestibule-backend"])).map(drop)
        })?;
    }
    output::line(format_args!("build: {}", ws.dist().display()));
    Ok(())
}

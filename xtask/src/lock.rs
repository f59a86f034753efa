//! One at a time: two commands that are started at once must not install the same tool, nor build
//! into the same folder.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::output;

/// Waits until nobody else works in this folder. The lock lasts as long as the value lives, and ends with
/// the process whatever happens to it.
pub(crate) fn hold(folder: &Path) -> Result<File> {
    fs::create_dir_all(folder)?;
    let lock = File::create(folder.join(".lock"))?;
    if lock.try_lock().is_err() {
        output::note(format_args!("another `cargo xtask` works in {}: waiting for it", folder.display()));
        lock.lock().with_context(|| format!("waiting for {}", folder.display()))?;
    }
    Ok(lock)
}

//! `cargo xtask codegen`: the contract's schemas and examples, made from its types, and the tests behind each row of
//! `docs/SECURITY.md`.

mod security;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::bundle::files_under;
use crate::output;
use crate::process::{cargo, checked};
use crate::tidy::source;
use crate::workspace::Workspace;

/// Where the generated files are checked in.
const HOME: &str = "docs/contract";

/// Brings the checked-in files up to date, or only compares.
pub(crate) fn run(ws: &Workspace, check: bool) -> Result<()> {
    if check {
        compare(ws)?;
        output::line(format_args!("codegen: {HOME} and {} are as the code says", security::PAGE));
        return Ok(());
    }
    let (kept, fresh) = (contents(&ws.path(HOME))?, generate(ws)?);
    for (file, bytes) in &fresh {
        let path = ws.path(HOME).join(file);
        fs::create_dir_all(path.parent().context("a file has a folder")?)?;
        fs::write(&path, bytes)?;
    }
    for file in kept.keys().filter(|file| !fresh.contains_key(*file)) {
        fs::remove_file(ws.path(HOME).join(file))?;
    }
    fs::write(ws.path(security::PAGE), security::page(&source::all(ws)?)?)?;
    output::line(format_args!(
        "codegen: {HOME} is up to date, {} files, and {}",
        fresh.len(),
        security::PAGE
    ));
    Ok(())
}

/// Fails where the checked-in files differ from what the code generates.
pub(crate) fn compare(ws: &Workspace) -> Result<()> {
    if fs::read_to_string(ws.path(security::PAGE))? != security::page(&source::all(ws)?)? {
        bail!("{} names other tests than there are; run `cargo xtask codegen`", security::PAGE);
    }
    let differences = differences(&contents(&ws.path(HOME))?, &generate(ws)?);
    if differences.is_empty() {
        return Ok(());
    }
    bail!("{HOME} differs from the code; run `cargo xtask codegen`:\n{}", differences.join("\n"))
}

/// What the code generates now. Always into an empty folder, so that nothing old is taken for new.
fn generate(ws: &Workspace) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let folder = ws.target("codegen");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("clearing what was generated before")?;
    }
    fs::create_dir_all(&folder)?;
    let mut generator = cargo(ws, &["run", "--quiet", "--package=vestibule-contract", "--features=generate"]);
    generator.args(["--bin=generate-contract", "--"]).arg(&folder);
    checked(generator)?;
    contents(&folder)
}

/// Generated files are JSON; a page that explains them may stand beside them.
fn contents(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>> {
    let mut found = BTreeMap::new();
    for file in files_under(folder)? {
        if file.extension().is_some_and(|extension| extension == "json") {
            found.insert(file.strip_prefix(folder)?.to_owned(), fs::read(&file)?);
        }
    }
    Ok(found)
}

fn differences(kept: &BTreeMap<PathBuf, Vec<u8>>, fresh: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<String> {
    let gone =
        kept.keys().filter(|file| !fresh.contains_key(*file)).map(|file| (file, "is no longer generated"));
    let other = fresh.iter().filter_map(|(file, bytes)| match kept.get(file) {
        None => Some((file, "is missing")),
        Some(old) if old != bytes => Some((file, "has changed")),
        Some(_) => None,
    });
    gone.chain(other).map(|(file, what)| format!("{HOME}/{}: {what}", file.display())).collect()
}

#[cfg(test)]
mod tests;

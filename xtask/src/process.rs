//! Starting other programs: our tools first on the path, output kept together, failures that show
//! what the program said.

use std::ffi::OsStr;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use anyhow::{Context as _, Result, bail};

use crate::workspace::Workspace;

/// How a program ended, with stdout and stderr in the order in which they came.
#[derive(Debug)]
pub(crate) struct Finished {
    /// Whether it left with exit code 0.
    pub(crate) success: bool,
    /// All that it wrote.
    pub(crate) text: String,
}

/// A program of ours or of the system, started at the root of the repository.
pub(crate) fn program(ws: &Workspace, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(ws.root()).env("PATH", search_path(ws));
    // `cargo run` describes this package in the environment. Build scripts that watch those
    // variables (ring does) would build again at every change between here and a plain `cargo`.
    for (key, _) in env::vars_os() {
        let name = key.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&key);
        }
    }
    command
}

/// `cargo` with the given arguments.
pub(crate) fn cargo(ws: &Workspace, arguments: &[&str]) -> Command {
    let mut command = program(ws, "cargo");
    command.args(arguments);
    command
}

/// Runs a program to its end and keeps what it wrote. Takes the command, since the writing ends of
/// the pipe live in it and the reader waits until all are closed.
pub(crate) fn finished(mut command: Command) -> Result<Finished> {
    let name = describe(&command);
    let (mut reader, writer) = io::pipe()?;
    command.stdin(std::process::Stdio::null()).stdout(writer.try_clone()?).stderr(writer);
    let mut child = command.spawn().with_context(|| format!("`{name}` does not start"))?;
    drop(command);
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes)?;
    let status = child.wait()?;
    Ok(Finished { success: status.success(), text: String::from_utf8_lossy(&bytes).into_owned() })
}

/// Runs a program that has to succeed and gives back what it wrote.
pub(crate) fn checked(command: Command) -> Result<String> {
    let name = describe(&command);
    let done = finished(command)?;
    if !done.success {
        bail!("`{name}` failed:\n{}", tail(&done.text, 60));
    }
    Ok(done.text)
}

/// Runs a program that has to succeed and gives back its stdout alone.
pub(crate) fn stdout(mut command: Command) -> Result<String> {
    let name = describe(&command);
    let output = command.output().with_context(|| format!("`{name}` does not start"))?;
    if !output.status.success() {
        bail!("`{name}` failed:\n{}", tail(&String::from_utf8_lossy(&output.stderr), 60));
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{name}` wrote something else than text"))
}

/// The last lines of a text.
pub(crate) fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}

/// Where a program is found on the machine's own path.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let file = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&file)).find(|path| is_program(path))
}

/// Whether `program --version` names exactly this version.
pub(crate) fn has_version(program: &Path, version: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok_and(|output| {
        String::from_utf8_lossy(&output.stdout).split_whitespace().any(|word| word == version)
    })
}

fn is_program(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| meta.is_file())
}

fn search_path(ws: &Workspace) -> std::ffi::OsString {
    let own = [ws.tool_bin(), ws.npm().join("node_modules/.bin")];
    let inherited = env::var_os("PATH").unwrap_or_default();
    env::join_paths(own.into_iter().chain(env::split_paths(&inherited))).unwrap_or(inherited)
}

fn describe(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;

//! The demo's identity providers: a program of its own, which ends with this one.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::{Context as _, Result, ensure};
use serde::Serialize;

/// Their ports, after the demo's own.
const PORTS_FROM: u16 = 1;

/// Providers that run. They end when their input does: when this is dropped, or this process is gone, however it went.
pub(super) struct Providers {
    child: Child,
    /// Their part of an organization's file.
    pub(super) entries: String,
}

#[derive(Serialize)]
struct Entries {
    providers: Vec<serde_json::Value>,
}

impl Providers {
    /// Starts them for an organization, and waits until they listen.
    pub(super) fn start(script: &Path, organization: &str, port: u16) -> Result<Self> {
        let mut child = Command::new("node")
            .arg(script)
            .args([&format!("http://localhost:{port}"), organization])
            .arg((port + PORTS_FROM).to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("starting Node.js for the demo's identity providers")?;
        let mut line = String::new();
        let output = child.stdout.take().context("their output")?;
        BufReader::new(output).read_line(&mut line)?;
        ensure!(!line.is_empty(), "they ended at once; is one of the ports after {port} taken?");
        let providers = serde_json::from_str(&line).context("what they say of themselves")?;
        Ok(Self { child, entries: toml::to_string(&Entries { providers })? })
    }
}

impl Drop for Providers {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

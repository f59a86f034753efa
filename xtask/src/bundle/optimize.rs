//! wasm-opt: makes the WebAssembly small, and gives what it shares with its script short names.
//!
//! wasm-bindgen names each import for what it calls, with a hash behind it. Some two hundred such
//! names stand in both files and hardly compress. wasm-opt says what it called them instead, and
//! esbuild does the same to the script.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};

use crate::process::{program, stdout};
use crate::workspace::Workspace;

/// Measured one by one with brotli; what is smaller unpacked is often larger packed.
const PASSES: [&str; 11] = [
    // The first kilobyte is the far end of the stack.
    "--low-memory-unused",
    "--flatten",
    "--rereloop",
    "-Oz",
    "-Oz",
    "--converge",
    "--one-caller-inline-max-function-size=20",
    "--strip-debug",
    "--strip-producers",
    "--strip-target-features",
    "--minify-imports-and-exports-and-modules",
];

/// What wasm-opt makes of the module under which wasm-bindgen offers all imports.
const MODULE: &str = "a";

/// Optimizes one file into another. Gives what wasm-opt wrote, for [`Names::read`].
pub(super) fn optimize(ws: &Workspace, from: &Path, to: &Path) -> Result<String> {
    let mut wasm_opt = program(ws, "wasm-opt");
    wasm_opt.args(PASSES).arg(from).arg("-o").arg(to);
    stdout(wasm_opt)
}

/// What the members of the module are called, by their names in the script.
#[derive(Debug)]
pub(super) struct Names(BTreeMap<String, String>);

impl Names {
    /// Reads what wasm-opt wrote: a line `long => short` for each member. `stem` is how the files of wasm-bindgen begin.
    pub(super) fn read(stem: &str, written: &str) -> Result<Self> {
        let pair = |line: &str| {
            let (long, short) = line.split_once(" => ").with_context(|| format!("wasm-opt wrote {line}"))?;
            Ok((long.to_owned(), short.to_owned()))
        };
        let mut names = written.lines().map(pair).collect::<Result<BTreeMap<_, _>>>()?;
        ensure!(!names.is_empty(), "wasm-opt named nothing");
        names.insert(format!("./{stem}_bg.js"), MODULE.to_owned());
        Ok(Self(names))
    }

    /// All of them as esbuild's table of properties to rename.
    pub(super) fn table(&self) -> Result<String> {
        Ok(serde_json::to_string(&self.0)?)
    }

    /// A regular expression that fits these names and no others.
    pub(super) fn pattern(&self) -> String {
        let names: Vec<String> = self.0.keys().map(|name| name.replace('.', "\\.")).collect();
        format!("^({})$", names.join("|"))
    }
}

#[cfg(test)]
mod tests;

//! The application: WebAssembly as wasm-opt makes it of what Trunk leaves, and the glue of wasm-bindgen.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};

use super::optimize::{Names, optimize};
use crate::output;
use crate::process::{cargo, checked, program, stdout};
use crate::workspace::Workspace;

/// What was compiled, still under plain names.
#[derive(Debug)]
pub(super) struct App {
    /// The module script that wasm-bindgen generated. It stays a file, since it may import others.
    pub(super) glue: PathBuf,
    /// The optimized WebAssembly.
    pub(super) wasm: Vec<u8>,
    /// What the glue calls the members of the WebAssembly, and what they are called now.
    pub(super) names: Names,
}

/// Compiles, unless this very input has been compiled before.
pub(super) fn compile(ws: &Workspace, input: &str) -> Result<App> {
    let stamp = ws.target("bundle/compiled-for");
    if !fs::read_to_string(&stamp).is_ok_and(|done| done == input) || read(ws).is_err() {
        // Trunk runs Cargo offline, and the first build on a machine has crates to fetch.
        checked(cargo(ws, &["fetch", "--locked", "--target=wasm32-unknown-unknown"]))?;
        output::timed("bundle: compiling", "4 min at first", || trunk(ws).and_then(|()| small(ws)))?;
        fs::write(stamp, input)?;
    }
    let app = read(ws)?;
    names_no_folder(ws, &app.wasm)?;
    Ok(app)
}

/// Refuses WebAssembly that tells where it was built.
pub(super) fn names_no_folder(ws: &Workspace, wasm: &[u8]) -> Result<()> {
    for place in private_places(ws) {
        ensure!(!contains(wasm, place.as_bytes()), "the WebAssembly names a folder of this machine: {place}");
    }
    Ok(())
}

fn trunk(ws: &Workspace) -> Result<()> {
    refuse_server_rendering(ws)?;
    let mut trunk = program(ws, "trunk");
    trunk.args(["build", "--release", "--offline", "--locked", "--dist"]).arg(folder(ws));
    trunk.env("CARGO_ENCODED_RUSTFLAGS", rust_flags(ws)?);
    // Trunk takes the value of NO_COLOR for that of its own flag, and refuses the usual "1".
    trunk.env_remove("NO_COLOR").env_remove("RUSTFLAGS");
    // Its own backtrace would push the compiler's errors out of sight.
    trunk.env("RUST_BACKTRACE", "0");
    checked(trunk).map(drop)
}

/// Trunk names no package to Cargo, which then unites the features of all default members. Were the
/// backend among them, the page would be compiled for rendering on the server: larger, and every
/// listener for events would panic.
fn refuse_server_rendering(ws: &Workspace) -> Result<()> {
    let mut tree = cargo(ws, &["tree", "--no-default-features", "--features=csr", "--edges=normal"]);
    tree.args(["--target=wasm32-unknown-unknown", "--prefix=none", "--format={p} {f}"]);
    ensure!(
        !renders_on_server(&stdout(tree)?),
        "the page would be compiled with `leptos/ssr`: `default-members` in Cargo.toml must be [\".\"] alone"
    );
    Ok(())
}

/// Whether a tree of packages and features has Leptos with its feature for servers.
fn renders_on_server(tree: &str) -> bool {
    let mut leptos = tree.lines().filter_map(|line| line.strip_prefix("leptos v"));
    leptos.any(|rest| rest.split([' ', ',']).any(|feature| feature == "ssr"))
}

/// Where Trunk leaves what it made.
fn folder(ws: &Workspace) -> PathBuf {
    ws.target("bundle/trunk")
}

/// Where the WebAssembly lies once it is small, and where the names of its members.
fn optimized(ws: &Workspace) -> (PathBuf, PathBuf) {
    (ws.target("bundle/app.wasm"), ws.target("bundle/app.names"))
}

fn small(ws: &Workspace) -> Result<()> {
    let (wasm, names) = optimized(ws);
    let written = optimize(ws, &folder(ws).join("vestibule_bg.wasm"), &wasm)?;
    fs::write(names, written).context("noting the names of wasm-opt")
}

fn read(ws: &Workspace) -> Result<App> {
    let glue = folder(ws).join("vestibule.js");
    ensure!(glue.exists(), "Trunk left no {}", glue.display());
    let (wasm, names) = optimized(ws);
    let wasm = fs::read(&wasm).with_context(|| format!("wasm-opt left no {}", wasm.display()))?;
    let names = fs::read_to_string(&names).with_context(|| format!("{} is missing", names.display()))?;
    Ok(App { glue, wasm, names: Names::read("vestibule", &names)? })
}

/// Panic messages name source files. Without these flags they would tell where this machine keeps
/// them, and the bytes would differ from machine to machine.
pub(super) fn rust_flags(ws: &Workspace) -> Result<String> {
    let mut rustc = program(ws, "rustc");
    rustc.args(["--print", "sysroot"]);
    let sysroot = stdout(rustc)?;
    let mut flags: Vec<String> =
        env::var("RUSTFLAGS").unwrap_or_default().split_whitespace().map(str::to_owned).collect();
    let mut remap =
        |from: &Path, to: &str| flags.push(format!("--remap-path-prefix={}={to}", from.display()));
    remap(ws.root(), ".");
    remap(&Path::new(sysroot.trim()).join("lib/rustlib/src/rust"), "rust");
    for registry in fs::read_dir(cargo_home()?.join("registry/src"))? {
        remap(&registry?.path(), "crates");
    }
    Ok(flags.join("\u{1f}"))
}

fn cargo_home() -> Result<PathBuf> {
    if let Some(home) = env::var_os("CARGO_HOME") {
        return Ok(home.into());
    }
    Ok(env::home_dir().context("this user has no home folder")?.join(".cargo"))
}

fn private_places(ws: &Workspace) -> Vec<String> {
    [Some(ws.root().to_owned()), cargo_home().ok()]
        .into_iter()
        .flatten()
        .map(|place| format!("{}/", place.display()))
        .collect()
}

fn contains(bytes: &[u8], needle: &[u8]) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle)
}

#[cfg(test)]
mod tests;

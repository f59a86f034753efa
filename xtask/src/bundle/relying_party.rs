//! What speaks to identity providers in the browser: a worker with a WebAssembly of its own, and the script of the page
//! that starts it. None of it is loaded anywhere else.

use std::fs;
use std::path::PathBuf;

use anyhow::{Context as _, Result};

use super::app::{names_no_folder, rust_flags};
use super::manifest::RelyingParty;
use super::optimize::{Names, optimize};
use super::script::{Script, script};
use super::store::Store;
use crate::output;
use crate::process::{cargo, checked, program};
use crate::workspace::Workspace;

/// The package, and how the files of its library begin.
pub(super) const PACKAGE: &str = "vestibule-relying-party";
const STEM: &str = "vestibule_relying_party";

/// Compiles, unless this very input has been compiled before.
pub(super) fn compile(ws: &Workspace, input: &str) -> Result<()> {
    let stamp = folder(ws).join("compiled-for");
    if fs::read_to_string(&stamp).is_ok_and(|done| done == input) && wasm(ws).exists() && names(ws).exists() {
        return Ok(());
    }
    output::timed("bundle: compiling the relying party", "5 min at first", || small(ws))?;
    fs::write(stamp, input).context("noting what was compiled")
}

fn small(ws: &Workspace) -> Result<()> {
    let mut compile = cargo(ws, &["build", "--locked", "--profile=wasm", "--target=wasm32-unknown-unknown"]);
    compile.arg("--package").arg(PACKAGE);
    compile.env("CARGO_ENCODED_RUSTFLAGS", rust_flags(ws)?).env_remove("RUSTFLAGS");
    checked(compile)?;
    let built = ws.target(format!("wasm32-unknown-unknown/wasm/{STEM}.wasm"));
    let mut bindgen = program(ws, "wasm-bindgen");
    bindgen.args(["--target=web", "--no-typescript", "--out-dir"]).arg(folder(ws)).arg(built);
    checked(bindgen)?;
    let written = optimize(ws, &folder(ws).join(format!("{STEM}_bg.wasm")), &wasm(ws))?;
    fs::write(names(ws), written).context("noting the names of wasm-opt")
}

fn folder(ws: &Workspace) -> PathBuf {
    ws.target("bundle/relying-party")
}

fn wasm(ws: &Workspace) -> PathBuf {
    folder(ws).join("relying-party.wasm")
}

fn names(ws: &Workspace) -> PathBuf {
    folder(ws).join("relying-party.names")
}

/// Puts it into the bundle: each script is told where the next file is.
pub(super) fn files(ws: &Workspace, store: &mut Store) -> Result<RelyingParty> {
    let bytes = fs::read(wasm(ws)).context("the WebAssembly of the relying party")?;
    names_no_folder(ws, &bytes)?;
    let wasm = store.asset("relying-party", "wasm", &bytes)?;
    let names = Names::read(STEM, &fs::read_to_string(names(ws))?)?;
    let glue = folder(ws).join(format!("{STEM}.js"));
    let table = |json: serde_json::Value| ("VESTIBULE_RELYING_PARTY", json.to_string());
    let worker = Script {
        source: "public/relying_party/worker.js",
        table: table(serde_json::json!({ "wasm": wasm })),
        glue: Some(("relying-party-glue", &glue, &names)),
    };
    let worker = store.asset("relying-party-worker", "js", &script(ws, &worker)?)?;
    let page = Script {
        source: "public/relying_party/page.js",
        table: table(serde_json::json!({ "worker": worker.url })),
        glue: None,
    };
    let script = store.asset("relying-party", "js", &script(ws, &page)?)?;
    Ok(RelyingParty { script, worker, wasm })
}

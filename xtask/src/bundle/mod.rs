//! The page as a browser gets it: Trunk compiles (`app`), the rest finishes what Trunk leaves.
//!
//! Trunk hashes names before wasm-bindgen and wasm-opt have run, boots by an inline script, and its
//! integrity on the WebAssembly file is ignored by browsers. So here every name is the hash of the
//! final bytes, one external module script boots the page, and it asks the browser to check the
//! WebAssembly. The same sources give the same bytes, wherever they are built.

mod app;
mod boot;
mod compress;
pub(crate) mod content;
mod finish;
mod inputs;
pub(crate) mod manifest;
mod optimize;
mod page;
mod relying_party;
mod script;
mod store;
mod style;
mod words;

use std::fs;

use anyhow::Result;

pub(crate) use compress::brotli;
pub(crate) use inputs::files_under;

use crate::lock;
use crate::output;
use crate::workspace::Workspace;
use manifest::Manifest;

/// Builds `dist/`, or says that it is as it should be.
pub(crate) fn build(ws: &Workspace) -> Result<Manifest> {
    let _alone = lock::hold(&ws.target("bundle"))?;
    let stamp = ws.target("bundle/finished-for");
    let code = inputs::of_app(ws)?;
    let party = inputs::of_relying_party(ws)?;
    let all = inputs::of_bundle(ws, &[&code, &party])?;
    if fs::read_to_string(&stamp).is_ok_and(|built| built == all)
        && let Ok(manifest) = Manifest::read_whole(&ws.dist())
    {
        output::note("bundle: unchanged");
        return Ok(manifest);
    }
    let app = app::compile(ws, &code)?;
    relying_party::compile(ws, &party)?;
    let manifest = output::timed("bundle: finishing", "3 s", || finish::finish(ws, &app))?;
    fs::write(stamp, all)?;
    Ok(manifest)
}

//! The one script: `public/boot.js` and the glue of wasm-bindgen as a single module, with the
//! addresses and digests of what it fetches written in. Its own digest thereby vouches for theirs.

use anyhow::Result;
use serde::Serialize;
use std::collections::BTreeMap;

use super::app::App;
use super::manifest::Reference;
use super::script::{self, Script};
use crate::workspace::Workspace;

/// What the script knows about the rest of the bundle.
#[derive(Debug, Serialize)]
struct Table<'a> {
    wasm: &'a Reference,
    locales: &'a BTreeMap<String, Reference>,
}

/// Makes the script.
pub(super) fn script(
    ws: &Workspace,
    app: &App,
    wasm: &Reference,
    locales: &BTreeMap<String, Reference>,
) -> Result<Vec<u8>> {
    let table = serde_json::to_string(&Table { wasm, locales })?;
    let source = Script {
        source: "public/boot.js",
        table: ("VESTIBULE_BUNDLE", table),
        glue: Some(("vestibule-glue", &app.glue, &app.names)),
    };
    script::script(ws, &source)
}

//! From what Trunk compiled and what lies in `style/` and `public/` to the finished `dist/`.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use super::app::App;
use super::inputs::files_under;
use super::manifest::Manifest;
use super::store::Store;
use super::{boot, page, relying_party, style, words};
use crate::workspace::Workspace;

/// Writes everything and removes what is old. Order matters: a file is named only after all that it
/// names, and the manifest and the page come after all files.
pub(super) fn finish(ws: &Workspace, app: &App) -> Result<Manifest> {
    let mut store = Store::new(ws.dist());
    let wasm = store.asset("app", "wasm", &app.wasm)?;
    let mut locales = BTreeMap::new();
    for (language, bytes) in words::catalogues(ws)? {
        let reference = store.asset(&language, "json", &bytes)?;
        locales.insert(language, reference);
    }
    let boot = store.asset("boot", "js", &boot::script(ws, app, &wasm, &locales)?)?;
    let css = store.asset("app", "css", &style::sheet(ws)?)?;
    let relying_party = relying_party::files(ws, &mut store)?;
    let icons = public_files(ws, &mut store)?;

    let manifest = Manifest { boot, wasm, css, relying_party, locales, icons };
    let (boot, federate) = (&manifest.boot, &manifest.relying_party.script);
    for (name, link, script) in [("index.html", page::TRUNK, boot), ("federate.html", page::BUNDLE, federate)]
    {
        let source = fs::read_to_string(ws.path(name)).context(name)?;
        store.file(Path::new(name), page::static_page(&source, link, script, &manifest)?.as_bytes())?;
    }
    let mut json = serde_json::to_string_pretty(&manifest)?;
    json.push('\n');
    store.file(Path::new("manifest.json"), json.as_bytes())?;
    store.sweep()?;
    Ok(manifest)
}

/// Copies `public/` as it is, but for the templates of the scripts. Icons get hashed names instead.
fn public_files(ws: &Workspace, store: &mut Store) -> Result<BTreeMap<String, super::manifest::Reference>> {
    let public = ws.path("public");
    let mut icons = BTreeMap::new();
    for file in files_under(&public)? {
        let name = file.strip_prefix(&public)?;
        if name == Path::new("boot.js") || name.starts_with("relying_party") {
            continue;
        }
        let bytes = fs::read(&file)?;
        if let Ok(icon) = name.strip_prefix("icons")
            && let (Some(stem), Some(extension)) = (icon.file_stem(), icon.extension())
        {
            let reference = store.asset(&stem.to_string_lossy(), &extension.to_string_lossy(), &bytes)?;
            icons.insert(icon.to_string_lossy().into_owned(), reference);
        } else {
            store.file(name, &bytes)?;
        }
    }
    Ok(icons)
}

//! Reading the bundle from the disk, once.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

use axum::body::Bytes;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha384};

use super::{Asset, Dist, Manifest, Reference, icon_links};
use crate::pages::shell::style_hash;

/// Where all files of the bundle are served.
pub(super) const PREFIX: &str = "/assets/";

pub(super) fn load(folder: &Path) -> Result<Dist, DistError> {
    let path = folder.join("manifest.json");
    let json = fs::read(&path).map_err(|source| match source.kind() {
        io::ErrorKind::NotFound => DistError::Missing { folder: folder.to_owned() },
        _ => DistError::Read { path, source },
    })?;
    let manifest: Manifest = serde_json::from_slice(&json).map_err(DistError::Manifest)?;
    let assets = read_assets(&folder.join("assets"))?;

    let singles = [&manifest.boot, &manifest.wasm, &manifest.css];
    let worker = manifest.relying_party.iter().flat_map(|it| [&it.script, &it.worker, &it.wasm]);
    for reference in
        singles.into_iter().chain(worker).chain(manifest.locales.values()).chain(manifest.icons.values())
    {
        let found = reference.url.strip_prefix(PREFIX).and_then(|name| assets.get(name));
        let whole = found.is_some_and(|asset| integrity(&asset.plain) == reference.integrity);
        if !whole {
            return Err(DistError::Damaged { url: reference.url.clone() });
        }
    }
    let css = text_of(&manifest.css, &assets)?;
    if css.to_ascii_lowercase().contains("</style") {
        return Err(DistError::Damaged { url: manifest.css.url.clone() });
    }
    Ok(Dist { css_hash: style_hash(&css), css, icon_links: icon_links(&manifest), assets, manifest })
}

fn text_of(reference: &Reference, assets: &HashMap<String, Asset>) -> Result<String, DistError> {
    let asset = reference.url.strip_prefix(PREFIX).and_then(|name| assets.get(name));
    asset
        .and_then(|asset| String::from_utf8(asset.plain.to_vec()).ok())
        .ok_or_else(|| DistError::Damaged { url: reference.url.clone() })
}

fn read_assets(folder: &Path) -> Result<HashMap<String, Asset>, DistError> {
    let mut files = HashMap::new();
    let failed = |source| DistError::Read { path: folder.to_owned(), source };
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if let (true, Some(name)) = (path.is_file(), path.file_name().and_then(|name| name.to_str())) {
            let bytes = fs::read(&path).map_err(|source| DistError::Read { path: path.clone(), source })?;
            files.insert(name.to_owned(), Bytes::from(bytes));
        }
    }
    let names: Vec<String> = files.keys().filter(|name| twin_of(name).is_none()).cloned().collect();
    Ok(names
        .into_iter()
        .map(|name| {
            let twin = |suffix: &str| files.get(&format!("{name}.{suffix}")).cloned();
            let plain = files.get(&name).cloned().unwrap_or_default();
            let asset = Asset { media_type: media_type(&name), plain, brotli: twin("br"), gzip: twin("gz") };
            (name, asset)
        })
        .collect())
}

/// The file of which this one is a compressed twin.
fn twin_of(name: &str) -> Option<&str> {
    name.strip_suffix(".br").or_else(|| name.strip_suffix(".gz"))
}

/// By the ending (S68). What is not known is nothing that a browser would run, thanks to `nosniff`.
fn media_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map(|(_, ending)| ending) {
        Some("wasm") => "application/wasm",
        Some("js") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

/// The value of an `integrity` attribute (Subresource Integrity).
pub(super) fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)))
}

/// Why there is no page to serve.
#[derive(Debug, thiserror::Error)]
pub enum DistError {
    /// Nothing was built.
    #[error("{} holds no built page: run `cargo xtask build`, or set `dist` to where it is", folder.display())]
    Missing {
        /// The folder that was looked in.
        folder: PathBuf,
    },
    /// A file cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The manifest is of another version of the build.
    #[error("dist/manifest.json is not a manifest of this version: run `cargo xtask build` again: {0}")]
    Manifest(serde_json::Error),
    /// A file is missing or is not what was built.
    #[error("{url} is missing or damaged: run `cargo xtask build` again")]
    Damaged {
        /// Its address.
        url: String,
    },
}

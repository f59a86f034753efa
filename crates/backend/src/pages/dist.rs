//! The built page: read into memory at start and checked, then served from there.
//!
//! No request ever becomes a path on the disk. The files are named after their content, so they are kept for good.

mod load;
#[cfg(test)]
pub(super) mod tests;

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use axum::body::Bytes;
use axum::http::header::{ACCEPT_ENCODING, CACHE_CONTROL, CONTENT_ENCODING, CONTENT_TYPE, VARY};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;

use super::escape::escape;
use crate::http::problem::ApiProblem;

pub use load::DistError;

/// Icons that browsers ask for by a relation.
const ICONS: [(&str, &str); 3] =
    [("favicon.svg", "icon"), ("favicon.ico", "icon"), ("apple-touch-icon.png", "apple-touch-icon")];

/// A file of the bundle, as a page refers to it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Default)]
pub struct Reference {
    /// Path from the origin's root.
    pub url: String,
    /// Value of the `integrity` attribute.
    pub integrity: String,
}

/// `dist/manifest.json`, as `cargo xtask build` writes it. Other members are for the script and of no use here.
#[derive(Debug, Default, Deserialize)]
struct Manifest {
    boot: Reference,
    wasm: Reference,
    css: Reference,
    relying_party: Option<RelyingParty>,
    #[serde(default)]
    locales: BTreeMap<String, Reference>,
    #[serde(default)]
    icons: BTreeMap<String, Reference>,
}

/// What speaks to identity providers in the browser.
#[derive(Clone, Debug, Deserialize)]
pub struct RelyingParty {
    /// The script of its page.
    pub script: Reference,
    /// The script of its worker.
    pub worker: Reference,
    /// The WebAssembly of its worker.
    pub wasm: Reference,
}

/// One file in its encodings.
#[derive(Debug)]
struct Asset {
    media_type: &'static str,
    plain: Bytes,
    brotli: Option<Bytes>,
    gzip: Option<Bytes>,
}

/// The built page in memory.
#[derive(Debug, Default)]
pub struct Dist {
    manifest: Manifest,
    css: String,
    css_hash: String,
    icon_links: String,
    /// By the name below `/assets/`.
    assets: HashMap<String, Asset>,
}

impl Dist {
    /// Reads the folder that `cargo xtask build` wrote, and checks every file that the manifest names against its
    /// integrity: a bundle that was copied in part is found now and not by guests.
    ///
    /// # Errors
    /// What is missing or damaged, and what to do.
    pub fn load(folder: &Path) -> Result<Self, DistError> {
        load::load(folder)
    }

    /// No page at all: for commands that serve none.
    pub fn none() -> Self {
        Self::default()
    }

    /// The whole base style.
    pub fn css(&self) -> &str {
        &self.css
    }

    /// The one script.
    pub fn boot(&self) -> &Reference {
        &self.manifest.boot
    }

    /// What speaks to identity providers in the browser, if it was built.
    pub fn relying_party(&self) -> Option<&RelyingParty> {
        self.manifest.relying_party.as_ref()
    }

    /// The words of the page by language tag.
    pub fn locales(&self) -> impl Iterator<Item = (&str, &Reference)> {
        self.manifest.locales.iter().map(|(tag, reference)| (tag.as_str(), reference))
    }

    /// The bytes of a file that the manifest refers to, such as a language's words.
    pub fn bytes(&self, reference: &Reference) -> Option<&[u8]> {
        let name = reference.url.strip_prefix(load::PREFIX)?;
        self.assets.get(name).map(|asset| asset.plain.as_ref())
    }

    /// Answers `GET /assets/{name}`: the file in the best encoding that the browser takes, for good (S68).
    pub fn respond(&self, name: &str, headers: &HeaderMap) -> Response {
        let Some(asset) = self.assets.get(name) else { return ApiProblem::not_found().into_response() };
        let encoded = |token, bytes: &Option<Bytes>| {
            bytes.clone().filter(|_| accepts(headers, token)).map(|it| (token, it))
        };
        let (encoding, bytes) = encoded("br", &asset.brotli)
            .or_else(|| encoded("gzip", &asset.gzip))
            .map_or_else(|| (None, asset.plain.clone()), |(token, bytes)| (Some(token), bytes));
        let mut response = bytes.into_response();
        let answer = response.headers_mut();
        answer.insert(CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
        answer.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        answer.insert(VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(encoding) = encoding {
            answer.insert(CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        response
    }

    pub(super) fn css_hash(&self) -> &str {
        &self.css_hash
    }

    /// The `<link>` elements of the icons.
    pub(super) fn icon_links(&self) -> &str {
        &self.icon_links
    }
}

fn icon_links(manifest: &Manifest) -> String {
    ICONS
        .iter()
        .filter_map(|(name, relation)| {
            let icon = manifest.icons.get(*name)?;
            Some(format!("<link rel=\"{relation}\" href=\"{}\">", escape(&icon.url)))
        })
        .collect()
}

/// Whether the browser takes a content coding (RFC 9110 section 12.5.3): it is named, and not with weight zero.
fn accepts(headers: &HeaderMap, token: &str) -> bool {
    let values = headers.get_all(ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(token));
        let weight = parts.find_map(|part| part.strip_prefix("q="));
        named && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

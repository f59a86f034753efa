//! The smallest built page that the backend serves: the real words, and nothing else in it.

use std::fs;
use std::path::Path;

use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha384};

/// Writes it.
pub(crate) fn write(folder: &Path) {
    let assets = folder.join("assets");
    fs::create_dir_all(&assets).unwrap();
    let put = |name: &str, content: &str| -> Value {
        fs::write(assets.join(name), content).unwrap();
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(content)));
        json!({ "url": format!("/assets/{name}"), "integrity": integrity })
    };
    let manifest = json!({
        "boot": put("boot.js", ""),
        "wasm": put("app.wasm", ""),
        "css": put("app.css", "body{margin:0}"),
        "locales": { "en": put("en.json", include_str!("../../../../public/locales/en.json")) },
    });
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

//! A built front-end small enough for tests: the words are the real ones, script, style and module are stubs.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha384};

/// The real English words: the pages are drawn with them.
const WORDS: &str = include_str!("../../../../public/locales/en.json");

/// The folder of the bundle, made once in a run.
pub(crate) fn folder() -> &'static Path {
    static FOLDER: LazyLock<PathBuf> = LazyLock::new(|| {
        let folder =
            PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bundle-{}", std::process::id()));
        make(&folder);
        folder
    });
    &FOLDER
}

fn make(folder: &Path) {
    let assets = folder.join("assets");
    fs::create_dir_all(&assets).unwrap();
    let put = |name: &str, bytes: &[u8]| -> Value {
        fs::write(assets.join(name), bytes).unwrap();
        let integrity = format!("sha384-{}", BASE64_STANDARD.encode(Sha384::digest(bytes)));
        json!({ "url": format!("/assets/{name}"), "integrity": integrity })
    };
    let manifest = json!({
        "boot": put("boot.0.js", b"'use strict';"),
        "wasm": put("app.0.wasm", b"\0asm\x01\0\0\0"),
        "css": put("app.0.css", b"body{margin:0}"),
        "relying_party": {
            "script": put("relying-party.0.js", b"'use strict';"),
            "worker": put("relying-party-worker.0.js", b"'use strict';"),
            "wasm": put("relying-party.0.wasm", b"\0asm\x01\0\0\0"),
        },
        "locales": { "en": put("en.0.json", WORDS.as_bytes()) },
    });
    fs::write(assets.join("app.0.wasm.br"), b"brotli").unwrap();
    fs::write(folder.join("manifest.json"), manifest.to_string()).unwrap();
}

//! Serving a bundle, whole and harmed.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::fs;
use std::path::Path;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Response};
use http_body_util::BodyExt as _;
use tempfile::TempDir;

use super::load::integrity;
use super::{Dist, DistError};

/// A bundle as the build writes it, small.
pub(in crate::pages) fn bundle(css: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    let assets = folder.path().join("assets");
    fs::create_dir(&assets).unwrap();
    let mut references = serde_json::Map::new();
    let files = [
        ("boot", "boot.1a.js", "import x;"),
        ("wasm", "app.2b.wasm", "\0asm"),
        ("css", "app.3c.css", css),
        ("en", "en.4d.json", "{\"a\":\"b\"}"),
        ("icon", "favicon.5e.svg", "<svg/>"),
    ];
    for (key, name, content) in files {
        fs::write(assets.join(name), content).unwrap();
        for (twin, text) in [("br", "brotli of "), ("gz", "gzip of ")] {
            fs::write(assets.join(format!("{name}.{twin}")), format!("{text}{name}")).unwrap();
        }
        let reference =
            serde_json::json!({"url": format!("/assets/{name}"), "integrity": integrity(content.as_bytes())});
        references.insert(key.to_owned(), reference);
    }
    let (en, icon) = (references.remove("en").unwrap(), references.remove("icon").unwrap());
    references.insert("locales".to_owned(), serde_json::json!({ "en": en }));
    references.insert("icons".to_owned(), serde_json::json!({ "favicon.svg": icon }));
    fs::write(folder.path().join("manifest.json"), serde_json::to_vec(&references).unwrap()).unwrap();
    fs::write(folder.path().join("secret.txt"), "not an asset").unwrap();
    folder
}

fn loaded() -> Dist {
    Dist::load(bundle("body{}").path()).unwrap()
}

async fn body(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

fn asking(accept_encoding: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert("accept-encoding", HeaderValue::from_str(accept_encoding).unwrap());
    headers
}

#[test]
fn s68_every_file_has_its_type_and_is_kept_for_good() {
    let dist = loaded();
    for (name, media_type) in [
        ("app.2b.wasm", "application/wasm"),
        ("boot.1a.js", "text/javascript; charset=utf-8"),
        ("app.3c.css", "text/css; charset=utf-8"),
        ("en.4d.json", "application/json"),
        ("favicon.5e.svg", "image/svg+xml"),
    ] {
        let response = dist.respond(name, &HeaderMap::new());
        assert_eq!(response.status(), 200, "{name}");
        assert_eq!(response.headers()["content-type"], media_type, "{name}");
        assert_eq!(response.headers()["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(response.headers()["vary"], "accept-encoding");
        assert!(!response.headers().contains_key("etag"));
    }
}

#[tokio::test]
async fn the_smallest_encoding_that_the_browser_takes_is_sent() {
    let dist = loaded();
    for (accepted, encoding, expected) in [
        ("gzip, deflate, br, zstd", Some("br"), "brotli of boot.1a.js"),
        ("gzip", Some("gzip"), "gzip of boot.1a.js"),
        ("GZIP;q=0.5", Some("gzip"), "gzip of boot.1a.js"),
        ("br;q=0, gzip;q=1.0", Some("gzip"), "gzip of boot.1a.js"),
        ("br;q=0.0", None, "import x;"),
        ("identity", None, "import x;"),
        ("", None, "import x;"),
        ("brx", None, "import x;"),
        ("br;q=nonsense", None, "import x;"),
    ] {
        let response = dist.respond("boot.1a.js", &asking(accepted));
        let sent = response.headers().get("content-encoding").map(|value| value.to_str().unwrap().to_owned());
        assert_eq!(sent.as_deref(), encoding, "{accepted}");
        assert_eq!(body(response).await, expected, "{accepted}");
    }
}

#[test]
fn nothing_but_the_bundle_is_served() {
    let dist = loaded();
    for name in [
        "",
        "..",
        "../secret.txt",
        "../manifest.json",
        "boot.1a.js.br",
        "BOOT.1A.JS",
        "/boot.1a.js",
        "boot.1a.js\0",
    ] {
        assert_eq!(dist.respond(name, &asking("br")).status(), 404, "{name}");
    }
}

#[test]
fn the_rest_of_the_server_gets_what_it_needs() {
    let dist = loaded();
    assert_eq!((dist.css(), dist.boot().url.as_str()), ("body{}", "/assets/boot.1a.js"));
    assert_eq!(dist.icon_links(), "<link rel=\"icon\" href=\"/assets/favicon.5e.svg\">");
    let (tag, reference) = dist.locales().next().unwrap();
    assert_eq!((tag, dist.bytes(reference)), ("en", Some(b"{\"a\":\"b\"}".as_slice())));
}

#[test]
fn a_folder_without_a_bundle_says_how_to_get_one() {
    let error = Dist::load(Path::new("no/such/dist")).unwrap_err();
    assert!(matches!(error, DistError::Missing { .. }));
    assert!(error.to_string().contains("cargo xtask build"), "{error}");
}

#[test]
fn s67_a_bundle_with_a_wrong_or_missing_file_is_refused() {
    let damaged = |harm: fn(&Path)| {
        let folder = bundle("body{}");
        harm(folder.path());
        Dist::load(folder.path()).unwrap_err().to_string()
    };
    let flipped = damaged(|folder| fs::write(folder.join("assets/app.2b.wasm"), "\0asn").unwrap());
    assert!(flipped.contains("/assets/app.2b.wasm is missing or damaged"), "{flipped}");
    let gone = damaged(|folder| fs::remove_file(folder.join("assets/boot.1a.js")).unwrap());
    assert!(gone.contains("/assets/boot.1a.js"), "{gone}");
    let other = damaged(|folder| fs::write(folder.join("manifest.json"), "{}").unwrap());
    assert!(other.contains("not a manifest"), "{other}");
    let folder = bundle("body{}</STYLE ><script>");
    assert!(matches!(Dist::load(folder.path()), Err(DistError::Damaged { .. })));
}

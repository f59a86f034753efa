//! The files of the front-end as they are served (S68).

use axum::body::Body;
use axum::http::{Request, StatusCode, header};

use crate::world::World;

#[tokio::test]
async fn s68_files_have_their_type_and_are_kept_for_good() {
    let world = World::new().await;
    for (name, kind) in [
        ("app.0.wasm", "application/wasm"),
        ("boot.0.js", "text/javascript; charset=utf-8"),
        ("app.0.css", "text/css; charset=utf-8"),
        ("en.0.json", "application/json"),
    ] {
        let answer = world.client().get(&format!("/assets/{name}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{name}");
        assert_eq!(answer.header("content-type"), Some(kind));
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("cache-control"), Some("public, max-age=31536000, immutable"));
    }
}

#[tokio::test]
async fn s68_a_browser_that_takes_brotli_gets_the_built_twin() {
    let world = World::new().await;
    for (accepted, encoding) in [("br, gzip", Some("br")), ("gzip;q=0, br;q=0", None), ("identity", None)] {
        let request = Request::get("/assets/app.0.wasm").header(header::ACCEPT_ENCODING, accepted);
        let answer = world.client().send(request.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.header("content-encoding"), encoding, "{accepted}");
        assert!(answer.header("vary").unwrap().contains("accept-encoding"));
        assert_eq!(answer.text.contains("asm"), encoding.is_none());
    }
}

#[tokio::test]
async fn s68_pages_that_name_the_files_are_kept_nowhere() {
    let world = World::new().await;
    assert_eq!(world.client().page("/").await.header("cache-control"), Some("no-store"));
}

#[tokio::test]
async fn s68_nothing_but_the_bundle_is_served() {
    let world = World::new().await;
    for path in [
        "/assets/",
        "/assets/nothing.js",
        "/assets/..%2fmanifest.json",
        "/assets/%2e%2e/manifest.json",
        "/assets/app.0.wasm.br",
        "/assets/../manifest.json",
        "/assets/app.0.wasm%00.js",
        "/manifest.json",
    ] {
        assert_eq!(world.client().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

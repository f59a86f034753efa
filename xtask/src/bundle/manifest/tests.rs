//! The form that backends read.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::Manifest;

const EXAMPLE: &str = r#"{"boot":{"url":"/assets/boot.1.js","integrity":"sha384-a"},"wasm":{"url":"/assets/app.2.wasm","integrity":"sha384-b"},"css":{"url":"/assets/app.3.css","integrity":"sha384-c"},"relying_party":{"script":{"url":"/assets/relying-party.5.js","integrity":"sha384-e"},"worker":{"url":"/assets/relying-party-worker.6.js","integrity":"sha384-f"},"wasm":{"url":"/assets/relying-party.7.wasm","integrity":"sha384-g"}},"locales":{"en":{"url":"/assets/en.4.json","integrity":"sha384-d"}},"icons":{}}"#;

#[test]
fn the_form_is_fixed() {
    let manifest: Manifest = serde_json::from_str(EXAMPLE).unwrap();
    assert_eq!(manifest.references().count(), 7);
    assert_eq!(serde_json::to_string(&manifest).unwrap(), EXAMPLE);
}

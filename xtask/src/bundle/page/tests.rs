//! Nothing of Trunk is left, and what is linked is vouched for.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::BTreeMap;

use super::{TRUNK, static_page};
use crate::bundle::manifest::{Manifest, Reference, RelyingParty};

fn manifest() -> Manifest {
    let reference = |url: &str| Reference { url: url.to_owned(), integrity: "sha384-x".to_owned() };
    Manifest {
        boot: reference("/assets/boot.1.js"),
        wasm: reference("/assets/app.2.wasm"),
        css: reference("/assets/app.3.css"),
        relying_party: RelyingParty {
            script: reference("/assets/relying-party.5.js"),
            worker: reference("/assets/relying-party-worker.6.js"),
            wasm: reference("/assets/relying-party.7.wasm"),
        },
        locales: BTreeMap::new(),
        icons: BTreeMap::from([("favicon.svg".to_owned(), reference("/assets/favicon.4.svg"))]),
    }
}

#[test]
fn links_take_the_place_of_trunks() {
    let source = "<head><link data-trunk rel=\"rust\"\n  data-bin=\"vestibule\"></head>";
    let manifest = manifest();
    let page = static_page(source, TRUNK, &manifest.boot, &manifest).unwrap();
    assert!(!page.contains("trunk") && !page.contains("relying-party"), "{page}");
    assert!(page.contains(r#"<link rel="icon" href="/assets/favicon.4.svg">"#), "{page}");
    assert!(
        page.contains(r#"<link rel="stylesheet" href="/assets/app.3.css" integrity="sha384-x">"#),
        "{page}"
    );
    assert!(
        page.contains(
            r#"<script type="module" src="/assets/boot.1.js" integrity="sha384-x"></script></head>"#
        ),
        "{page}"
    );
}

#[test]
fn a_page_without_the_link_is_an_error() {
    let manifest = manifest();
    for source in ["<head></head>", "<link data-trunk"] {
        assert!(static_page(source, TRUNK, &manifest.boot, &manifest).is_err());
    }
}

//! The document, its policy, and hostile texts in it.

#![expect(clippy::unwrap_used, reason = "tests")]

use axum::response::IntoResponse as _;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use vestibule_domain::brand::{BrandTokens, Layout};

use super::{Document, Rendered};
use crate::pages::dist::Dist;
use crate::pages::dist::tests::bundle;

fn render(change: impl FnOnce(&mut Document<'_>)) -> Rendered {
    let dist = Dist::load(bundle("body{color:red}").path()).unwrap();
    let brand = BrandTokens { layout: Layout::Split, ..BrandTokens::default() };
    let mut document = Document {
        title: "Ben invited you",
        lang: "en",
        dir: "ltr",
        page_json: Some("{\"a\":1}"),
        again: None,
        now: 1_700_000_000_000,
        app_html: "<main id=\"main\">hello</main>",
        brand: None,
    };
    document.brand = Some(&brand);
    change(&mut document);
    document.render(&dist)
}

/// The contents of all elements of a name.
fn contents<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let (open, close) = (format!("<{name}"), format!("</{name}>"));
    html.split(&open)
        .skip(1)
        .map(|rest| rest.split(&close).next().unwrap())
        .map(|rest| rest.split_once('>').unwrap().1)
        .collect()
}

#[test]
fn s64_s65_the_policy_allows_exactly_the_styles_of_the_document() {
    for rendered in [render(|_| {}), render(|document| document.brand = None)] {
        let styles = contents(&rendered.html, "style");
        for style in &styles {
            let hash = format!("'sha256-{}'", BASE64_STANDARD.encode(Sha256::digest(style)));
            assert!(rendered.csp.contains(&hash), "{style}");
        }
        assert_eq!(rendered.csp.matches("sha256-").count(), styles.len());
        assert!(!rendered.html.contains(" style=") && !rendered.html.contains("javascript:"));
        for handler in [" onclick", " onload", " onerror", " onsubmit"] {
            assert!(!rendered.html.contains(handler));
        }
    }
    assert_eq!(contents(&render(|_| {}).html, "style").len(), 2);
}

#[test]
fn s65_s67_the_only_script_is_external_and_checked() {
    let html = render(|_| {}).html;
    assert_eq!(contents(&html, "script"), ["{\"a\":1}", ""]);
    assert!(html.contains(
        "<script type=\"module\" async fetchpriority=\"low\" src=\"/assets/boot.1a.js\" integrity=\"sha384-"
    ));
}

#[test]
fn s74_no_text_becomes_markup() {
    let hostile = "</title><script>alert(1)</script>\"'&";
    let json = r#"{"text":"</script><script>alert(1)</script><!--<script>"}"#;
    let html = render(|document| {
        (document.title, document.lang, document.dir, document.page_json) =
            (hostile, hostile, hostile, Some(json));
    })
    .html;
    assert!(!html.contains("<script>alert"), "{html}");
    assert!(!html.contains("<!--"));
    let embedded = contents(&html, "script")[0];
    let read: serde_json::Value = serde_json::from_str(embedded).unwrap();
    assert_eq!(read["text"], "</script><script>alert(1)</script><!--<script>");
}

#[test]
fn the_document_is_whole_without_any_script() {
    let html = render(|_| {}).html;
    assert!(html.starts_with(
        "<!doctype html><html lang=\"en\" dir=\"ltr\" data-layout=\"split\"><head><meta charset"
    ));
    for part in [
        "<title>Ben invited you</title>",
        "<meta name=\"robots\" content=\"noindex\">",
        "<meta name=\"color-scheme\" content=\"light dark\">",
        "<meta name=\"theme-color\" content=\"#f3f5f9\" media=\"(prefers-color-scheme: light)\">",
        "<link rel=\"icon\" href=\"/assets/favicon.5e.svg\">",
        "<style>body{color:red}</style>",
        "--brand-accent:#1f4fbf",
        "<div id=\"app\"><main id=\"main\">hello</main></div>",
        "<div id=\"live\" class=\"unseen\" role=\"status\" aria-live=\"polite\"></div>",
        "<script type=\"application/json\" id=\"vestibule-document\" data-now=\"1700000000000\">{\"a\":1}</script>",
    ] {
        assert!(html.contains(part), "{part} in {html}");
    }
}

#[test]
fn without_a_brand_the_page_is_the_services_own() {
    let html = render(|document| document.brand = None).html;
    assert!(
        html.contains("data-layout=\"centred\"")
            && !html.contains("--brand")
            && !html.contains("theme-color")
    );
}

#[test]
fn it_leaves_as_html_with_its_own_policy() {
    let rendered = render(|_| {});
    let policy = rendered.csp.clone();
    let response = rendered.into_response();
    assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
    assert_eq!(response.headers()["content-security-policy"], policy.as_str());
}

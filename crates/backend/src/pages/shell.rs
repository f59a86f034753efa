//! The HTML document around what the views draw: the whole first paint in one answer, and a form that works before any
//! script has come.
//!
//! The base style and the brand's are written into the head, each allowed by its hash (no inline style is allowed
//! otherwise). The one script is external, with its integrity, and comes last and least: the form is painted and works
//! before it asks for the network or the processor.

#[cfg(test)]
mod tests;

use axum::http::HeaderValue;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use sha2::{Digest as _, Sha256};
use vestibule_domain::brand::{BrandTokens, Layout};

use super::dist::{Dist, Reference};
use super::escape::escape;
use super::style::brand_style;
use crate::http::headers::{csp, csp_with_worker};

/// Id of the element that holds the page as JSON; `src/runtime/document.rs` takes it from there.
const PAGE_ELEMENT: &str = "vestibule-document";

/// What a document is made of. All texts are plain; only `app_html` is HTML.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// Text of `<title>`.
    pub title: &'a str,
    /// BCP 47 tag of the page's language.
    pub lang: &'a str,
    /// `ltr` or `rtl`.
    pub dir: &'a str,
    /// The page as JSON, for the script to start from. Without it there is no script.
    pub page_json: Option<&'a str>,
    /// After how many seconds a browser without script looks again.
    pub again: Option<u32>,
    /// When the page is drawn, in unix milliseconds: what counts down does so by this clock, not by the device's.
    pub now: i64,
    /// What `vestibule::render::render` gave: the inside of `#app`.
    pub app_html: &'a str,
    /// The organization's look, where one is known.
    pub brand: Option<&'a BrandTokens>,
}

/// A document as it goes out: HTML, and the policy that allows just its styles.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The document.
    pub html: String,
    /// Value of `Content-Security-Policy`.
    pub csp: String,
}

impl Document<'_> {
    /// Writes the document.
    pub fn render(&self, dist: &Dist) -> Rendered {
        let takeover = self.page_json.map(|json| takeover(json, self.now, dist)).unwrap_or_default();
        let (html, hashes) = self.with(&takeover, dist);
        Rendered { html, csp: csp(&hashes) }
    }

    /// Writes it as the page that speaks to an identity provider, with its own script in the place of the application.
    pub fn render_relying_party(&self, dist: &Dist) -> Rendered {
        let script = dist.relying_party().map(|files| module(&files.script)).unwrap_or_default();
        let (html, hashes) = self.with(&script, dist);
        Rendered { html, csp: csp_with_worker(&hashes) }
    }

    fn with(&self, script: &str, dist: &Dist) -> (String, Vec<String>) {
        let brand = self.brand.map(brand_style);
        let base = dist.css();
        let layout = self.brand.map_or(Layout::default(), |brand| brand.layout).as_str();
        let ground = self.brand.map(|brand| (brand.light.ground, brand.dark.ground));
        let theme = ground.map_or_else(String::new, |(light, dark)| {
            format!(
                "<meta name=\"theme-color\" content=\"{light}\" media=\"(prefers-color-scheme: light)\">\
                 <meta name=\"theme-color\" content=\"{dark}\" media=\"(prefers-color-scheme: dark)\">"
            )
        });
        let brand_element = brand.as_deref().map_or_else(String::new, |css| format!("<style>{css}</style>"));
        let html = format!(
            "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\" data-layout=\"{layout}\"><head>\
             <meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
             <title>{title}</title><meta name=\"robots\" content=\"noindex\">\
             <meta name=\"color-scheme\" content=\"light dark\">{theme}{again}{icons}<style>{base}</style>{brand_element}</head>\
             <body><div id=\"app\">{app}</div>\
             <div id=\"live\" class=\"unseen\" role=\"status\" aria-live=\"polite\"></div>{script}\
             </body></html>",
            lang = escape(self.lang),
            dir = escape(self.dir),
            title = escape(self.title),
            again = self.again.map(again).unwrap_or_default(),
            icons = dist.icon_links(),
            app = self.app_html,
        );
        let mut hashes = vec![dist.css_hash().to_owned()];
        hashes.extend(brand.as_deref().map(style_hash));
        (html, hashes)
    }
}

/// A page with script looks again by itself, and loses nothing that is on it.
fn again(seconds: u32) -> String {
    format!("<noscript><meta http-equiv=\"refresh\" content=\"{seconds}\"></noscript>")
}

/// What the script needs to take over, and the script.
fn takeover(page_json: &str, now: i64, dist: &Dist) -> String {
    format!(
        "<script type=\"application/json\" id=\"{PAGE_ELEMENT}\" data-now=\"{now}\">{json}</script>\
         {script}",
        json = embeddable(page_json),
        script = module(dist.boot()),
    )
}

fn module(script: &Reference) -> String {
    format!(
        "<script type=\"module\" async fetchpriority=\"low\" src=\"{}\" integrity=\"{}\"></script>",
        escape(&script.url),
        escape(&script.integrity),
    )
}

impl IntoResponse for Rendered {
    /// With status 200; a handler that says something else puts its status before it.
    fn into_response(self) -> Response {
        let policy = HeaderValue::from_str(&self.csp).expect("a policy is made of ASCII texts of ours");
        let media_type = HeaderValue::from_static("text/html; charset=utf-8");
        ([(CONTENT_TYPE, media_type), (CONTENT_SECURITY_POLICY, policy)], self.html).into_response()
    }
}

/// The source expression for an inline style (CSP Level 3, "hash-source"), without quotes.
pub(super) fn style_hash(css: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(css)))
}

/// JSON that cannot end its `<script>` element nor open a comment in it: `<` occurs in strings only, where it has an
/// escape (HTML, "restrictions for contents of script elements").
fn embeddable(json: &str) -> String {
    json.replace('<', "\\u003c")
}

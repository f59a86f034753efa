//! The pages as HTML, for the server and for snapshots.

use leptos::prelude::{Owner, RenderHtml as _};

use crate::pages::draw;
use crate::screen::Page;
use crate::text::Words;
use crate::ui::wires::Wires;

/// What stands inside `<div id="app">`. Event handlers are left out; every form works without them.
pub fn render(page: &Page, words: &Words, now_ms: i64) -> String {
    let owner = Owner::new();
    let html = owner.with(|| plain(&draw(page, &Wires::inert(words.clone(), now_ms)).to_html()));
    owner.cleanup();
    html
}

/// Without the marks that Leptos puts between nodes for a hydration that does not happen here: the browser replaces
/// what the server drew. No text and no attribute can hold their characters, since both are escaped.
pub(crate) fn plain(html: &str) -> String {
    html.replace("<!>", "").replace("<!--<() />-->", "")
}

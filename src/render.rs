//! The pages as HTML, for the server and for snapshots.

use leptos::prelude::{AnyView, Owner, RenderHtml as _};

use crate::pages::draw;
use crate::pages::relying_party::{self, RelyingPartyScreen};
use crate::pages::signups::{self, SignUpsScreen};
use crate::pages::unsubscribe::{self, UnsubscribeScreen};
use crate::screen::{Chrome, Page};
use crate::text::Words;
use crate::ui::wires::Wires;

/// What stands inside `<div id="app">`. Event handlers are left out; every form works without them.
pub fn render(page: &Page, words: &Words, now_ms: i64) -> String {
    html(words, now_ms, |wires| draw(page, wires))
}

/// The same for the page that only the server draws.
pub fn render_unsubscribe(chrome: &Chrome, screen: &UnsubscribeScreen, words: &Words) -> String {
    html(words, 0, |wires| unsubscribe::draw(chrome, screen, wires).into())
}

/// The same for the desk's page of sign-ups.
pub fn render_signups(chrome: &Chrome, screen: &SignUpsScreen, words: &Words, now_ms: i64) -> String {
    html(words, now_ms, |wires| signups::draw(chrome, screen, wires).into())
}

/// The same for the page that speaks to an identity provider.
pub fn render_relying_party(chrome: &Chrome, screen: &RelyingPartyScreen, words: &Words) -> String {
    html(words, 0, |wires| relying_party::draw(chrome, screen, wires).into())
}

fn html(words: &Words, now_ms: i64, draw: impl FnOnce(&Wires) -> AnyView) -> String {
    let owner = Owner::new();
    let html = owner.with(|| plain(&draw(&Wires::inert(words.clone(), now_ms)).to_html()));
    owner.cleanup();
    html
}

/// Without the marks that Leptos puts between nodes for a hydration that does not happen here: the browser replaces
/// what the server drew. No text and no attribute can hold their characters, since both are escaped.
pub(crate) fn plain(html: &str) -> String {
    html.replace("<!>", "").replace("<!--<() />-->", "")
}

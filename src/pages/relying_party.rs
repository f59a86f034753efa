//! The page that speaks to an identity provider itself (`public/relying_party/page.js`). Drawn by the server alone: the
//! application is not loaded here, so it costs the bundle nothing, and its words stand with those of the mails.

use crate::screen::Chrome;
use crate::text::Words;
use crate::ui::wires::Wires;
use crate::ui::{El, bdi, el, sentence};

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelyingPartyScreen {
    /// Name of the provider.
    pub provider: String,
    /// Where another way is taken: the flow, or the entry.
    pub back: String,
}

/// The document's title.
pub fn title(chrome: &Chrome, screen: &RelyingPartyScreen, words: &Words) -> String {
    let provider = super::isolated(&screen.provider);
    let title = words.tf("relying_party.title", &[("provider", &provider)]);
    [&title, " · ", &super::isolated(super::whose(chrome))].concat()
}

/// Draws everything inside `<div id="app">`.
pub(crate) fn draw(chrome: &Chrome, screen: &RelyingPartyScreen, wires: &Wires) -> El {
    let heading = el("h1").attr("id", "title").attr("tabindex", "-1");
    let title = sentence(heading, wires, "relying_party.title", vec![("provider", bdi(&screen.provider))]);
    let needed = el("p").class("lead").text(wires.t("relying_party.needs_script"));
    let back = el("a").class("button").attr("href", screen.back.as_str());
    let working = el("p").class("lead").attr("id", "working").attr("role", "status");
    let card = el("article")
        .class("card")
        .child(title)
        .child(el("noscript").child(needed))
        // The script shows it while it works.
        .child(working.flag("hidden", true).text(wires.t("relying_party.working")))
        .child(el("p").class("buttons").child(back.text(wires.t("relying_party.back"))));
    super::frame(chrome, None, card, wires)
}

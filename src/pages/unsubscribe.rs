//! The page at which a reader of a mail ends further invitations. Drawn by the server alone: nobody comes here twice,
//! so it costs the bundle nothing, and its words stand with those of the mails.

use crate::screen::Chrome;
use crate::text::Words;
use crate::ui::wires::Wires;
use crate::ui::{El, Look, bdi, button, el, form, sentence};

/// Actions of the form.
pub mod action {
    /// No more invitations by the organization.
    pub const ONE: &str = "one";
    /// None from this installation at all.
    pub const ALL: &str = "all";
    /// Invitations are welcome again.
    pub const ALLOW: &str = "allow";
}

/// What is unwanted now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unwanted {
    /// Nothing: invitations are welcome.
    Nothing,
    /// Invitations by the organization.
    Organization,
    /// All invitations.
    All,
}

/// The page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsubscribeScreen {
    /// Name of the organization that the mail came from.
    pub organization: String,
    /// The mailbox that it came to, masked.
    pub address: String,
    /// What is unwanted now.
    pub unwanted: Unwanted,
}

impl UnsubscribeScreen {
    fn heading(&self) -> &'static str {
        match self.unwanted {
            Unwanted::Nothing => "unsubscribe.title",
            Unwanted::Organization | Unwanted::All => "unsubscribe.title.off",
        }
    }
}

/// The document's title.
pub fn title(chrome: &Chrome, screen: &UnsubscribeScreen, words: &Words) -> String {
    [&words.t(screen.heading()), " · ", &super::isolated(super::whose(chrome))].concat()
}

/// Draws everything inside `<div id="app">`.
pub(crate) fn draw(chrome: &Chrome, screen: &UnsubscribeScreen, wires: &Wires) -> El {
    let organization = || ("organization", bdi(&screen.organization));
    let address = || ("address", bdi(&screen.address));
    let host = || ("host", bdi(&chrome.host));
    let says = |key: &str, params| sentence(el("p"), wires, key, params);
    // A button's name cannot hold elements, so what others chose is isolated by characters.
    let press = |name: &str, look, params: &[(&str, &str)]| {
        let params: Vec<_> = params.iter().map(|(key, value)| (*key, super::isolated(value))).collect();
        let params: Vec<_> = params.iter().map(|(key, value)| (*key, value.as_str())).collect();
        let label = wires.words.tf(&["unsubscribe.", name].concat(), &params);
        el("p").class("buttons").child(button(wires, name, name, label, look))
    };
    let all = |look| press(action::ALL, look, &[("host", &chrome.host)]);
    let lead = |key: &str, params| says(key, params).class("lead");
    let form = form(chrome, None);
    let (said, form) = match screen.unwanted {
        Unwanted::Nothing => (
            vec![lead("unsubscribe.are_on", vec![organization(), address()])],
            form.child(press(action::ONE, Look::Primary, &[("organization", &screen.organization)]))
                .child(all(Look::Secondary)),
        ),
        Unwanted::Organization => (
            vec![
                lead("unsubscribe.one.text", vec![organization()]),
                says("unsubscribe.off", vec![address()]),
            ],
            form.child(press(action::ALLOW, Look::Secondary, &[])).child(all(Look::Secondary)),
        ),
        Unwanted::All => (
            vec![lead("unsubscribe.all.text", vec![host()]), says("unsubscribe.off", vec![address()])],
            form.child(press(action::ALLOW, Look::Secondary, &[])),
        ),
    };
    let card = el("article")
        .class("card")
        .child(el("h1").attr("id", "title").attr("tabindex", "-1").text(wires.t(screen.heading())))
        .children(said)
        .child(says("unsubscribe.kept", Vec::new()))
        .child(form);
    super::frame(chrome, None, card, wires)
}

//! Pages: one file a step type or page. State in, events out.
//!
//! Every page has one `main` with one heading, forms that post to the page itself, and buttons that carry the action
//! as their value; so a page works before, and without, any script. What a script adds are listeners.

use leptos::prelude::AnyView;

use crate::screen::{Chrome, Page, Screen};
use crate::text::Words;
use crate::ui::wires::Wires;
use crate::ui::{El, el};

mod account;
mod blocked;
mod choose_provider;
mod chrome;
mod consent;
mod done;
mod email_code;
mod failure;
mod federate;
mod heading;
mod identify;
mod invitation;
mod invite;
mod invite_form;
mod panel;
#[cfg(feature = "ssr")]
pub mod relying_party;
mod sign_up;
#[cfg(feature = "ssr")]
pub mod signups;
mod step;
mod tile;
#[cfg(feature = "ssr")]
pub mod unsubscribe;
mod wrong_account;

/// Draws everything inside `<div id="app">`: header, main part, footer.
pub fn draw(page: &Page, wires: &Wires) -> AnyView {
    let card = el("article").class("card");
    let heading = heading::draw(&page.screen, wires);
    let content = match &page.screen {
        Screen::Step(screen) => step::draw(card, heading, &page.chrome, screen, wires),
        Screen::Panel(screen) => panel::draw(card.child(heading), &page.chrome, screen, wires),
        Screen::Account(screen) => account::draw(card.child(heading), &page.chrome, screen, wires),
        Screen::Invite(screen) => invite::draw(card.child(heading), &page.chrome, screen, wires),
        Screen::Failure(failure) => failure::draw(card.child(heading), &page.chrome, failure, wires),
        Screen::Loading => loading(card.child(heading), wires),
    };
    let help = match &page.screen {
        Screen::Step(step) => step.document.links.help.as_ref(),
        Screen::Panel(_) | Screen::Account(_) | Screen::Invite(_) | Screen::Failure(_) | Screen::Loading => {
            None
        }
    };
    frame(&page.chrome, help, content, wires).into()
}

/// A main part between header and footer.
fn frame(chrome: &Chrome, help: Option<&String>, content: El, wires: &Wires) -> El {
    el("div")
        .class("page")
        .child(el("a").class("skip").attr("href", "#main").text(wires.t("chrome.skip")))
        .child(chrome::header(chrome, wires))
        .child(el("main").attr("id", "main").child(content))
        .child(chrome::footer(chrome, help, wires))
}

/// The document's title: what the page is, and in whose name.
pub fn title(page: &Page, words: &Words) -> String {
    let (key, params) = heading::of(&page.screen);
    let params: Vec<(&str, String)> =
        params.into_iter().map(|(name, value)| (name, isolated(value))).collect();
    let params: Vec<(&str, &str)> = params.iter().map(|(name, value)| (*name, value.as_str())).collect();
    [&words.tf(&key, &params), " · ", &isolated(whose(&page.chrome))].concat()
}

/// A title is text only: what others chose is isolated by characters instead of elements.
fn isolated(text: &str) -> String {
    ["\u{2068}", text, "\u{2069}"].concat()
}

/// In whose name a page speaks.
fn whose(chrome: &Chrome) -> &str {
    chrome.organization.as_ref().map_or(&chrome.host, |organization| &organization.name)
}

/// Nothing yet.
fn loading(card: El, wires: &Wires) -> El {
    card.child(el("p").attr("aria-busy", "true").class("loading").text(wires.t("loading.text")))
}

#[cfg(all(test, feature = "ssr"))]
mod tests;

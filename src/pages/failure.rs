//! Something is wrong: what happened, what to do, a way on, and the reference for support.

use crate::flow::Event;
use crate::route::Route;
use crate::screen::{Chrome, Failure, FailureKind};
use crate::ui::wires::Wires;
use crate::ui::{El, bdi, busy_line, el, facts, failure_key, goes, on_follow};

/// Draws the page.
pub(super) fn draw(card: El, chrome: &Chrome, failure: &Failure, wires: &Wires) -> El {
    let reference = failure.reference.as_deref();
    card.child(el("p").class("lead").text(wires.t(&failure_key(failure.kind, "text"))))
        .child(el("p").class("buttons").child(way_on(chrome, failure.kind, wires).class("button primary")))
        .child(busy_line(wires))
        .children(reference.map(|text| facts([(wires.t("blocked.reference"), bdi(text).class("reference"))])))
}

fn way_on(chrome: &Chrome, kind: FailureKind, wires: &Wires) -> El {
    let organization = chrome.organization.as_ref().map(|it| it.id.clone());
    match kind {
        FailureKind::NotFound => {
            goes(wires, Route::Home { organization, return_to: None }).text(wires.t("failure.home"))
        }
        FailureKind::Forbidden => {
            goes(wires, Route::Apps { organization, query: String::new() }).text(wires.t("failure.panel"))
        }
        FailureKind::Offline
        | FailureKind::BadAnswer
        | FailureKind::Server
        | FailureKind::Busy
        | FailureKind::CookiesOff
        | FailureKind::SignedOut
        | FailureKind::Crashed => {
            let again = el("a").attr("href", chrome.form_action.as_str());
            on_follow(again, wires, || Event::Retry).text(wires.t("action.retry"))
        }
    }
}

//! `done`: "You're in", for the moment until the browser moves on; and a link for a browser that does not.

use vestibule_contract::step::{Done, DoneKind};

use crate::route::Route;
use crate::ui::{El, Place, bdi, el, goes, link, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &Done) -> El {
    let wires = at.wires;
    let lead = match data.kind {
        DoneKind::Panel => "done.panel",
        DoneKind::App => "done.app",
        DoneKind::Client => "done.client",
    };
    let onward = match place(&data.redirect) {
        Some(Place::Here) => link(&data.redirect, el("span").text(wires.t("done.go"))),
        Some(Place::Away(host)) => {
            link(&data.redirect, sentence(el("span"), wires, "done.go_to", vec![("host", bdi(host))]))
        }
        // Nothing that leads anywhere: the panel always does.
        Some(Place::Mail(_)) | None => {
            goes(wires, Route::Apps { organization: None, query: String::new() }).text(wires.t("done.go"))
        }
    };
    card.child(el("p").class("lead").text(wires.t(lead)))
        .child(el("p").class("buttons").child(onward.class("button primary")))
        .children(at.actions())
}

//! `federate`: where the browser goes and that it comes back; a link, for whoever is not taken there.

use vestibule_contract::field::action;
use vestibule_contract::step::{Federate, FederateMode};

use crate::flow::away;
use crate::ui::{El, Place, bdi, el, link, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &Federate) -> El {
    let to = away(at.document(), data);
    let provider = match data.mode {
        FederateMode::Redirect => &data.url,
        FederateMode::Browser => &data.origin,
    };
    let host = match place(provider) {
        Some(Place::Away(host)) => host,
        Some(Place::Here | Place::Mail(_)) | None => &data.origin,
    };
    let says = |key| sentence(el("span"), at.wires, key, vec![("host", bdi(host))]);
    card.child(el("p").class("lead").child(says("federate.lead")))
        .child(el("p").class("buttons").child(link(&to, says("done.go_to")).class("button primary")))
        // No person has what it takes: the page that the link leads to does.
        .children(at.actions_but(&[action::COMPLETE]))
}

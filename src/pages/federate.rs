//! `federate`: where the browser goes and that it comes back; a link, for whoever is not taken there.

use vestibule_contract::step::Federate;

use crate::ui::{El, Place, bdi, el, link, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &Federate) -> El {
    let host = match place(&data.url) {
        Some(Place::Away(host)) => host,
        Some(Place::Here | Place::Mail(_)) | None => &data.origin,
    };
    let says = |key| sentence(el("span"), at.wires, key, vec![("host", bdi(host))]);
    card.child(el("p").class("lead").child(says("federate.lead")))
        .child(el("p").class("buttons").child(link(&data.url, says("done.go_to")).class("button primary")))
        .children(at.actions())
}

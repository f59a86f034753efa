//! `identify`: asks for an address, and says what it is for.

use crate::ui::{El, el};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>) -> El {
    card.child(el("p").class("lead").text(at.wires.t("identify.lead"))).children(at.actions())
}

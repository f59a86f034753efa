//! `wrong_account`: both addresses side by side, and a way out for each.

use vestibule_contract::step::WrongAccount;

use crate::ui::{El, bdi, el};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &WrongAccount) -> El {
    let wires = at.wires;
    let row = |key: &str, address: &str| {
        el("div").child(el("dt").text(wires.t(key))).child(el("dd").child(bdi(address)))
    };
    card.child(el("p").class("lead").text(wires.t("wrong_account.lead")))
        .child(
            el("dl")
                .class("facts beside")
                .child(row("wrong_account.invited", &data.invited))
                .child(row("wrong_account.active", &data.active)),
        )
        .child(el("p").class("next").text(wires.t("wrong_account.next")))
        .children(at.actions())
}

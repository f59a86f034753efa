//! The steps of a self-service sign-up that no other walk has: the challenge before the first mail, the form, the moment in which the organization's own system
//! is asked, and the wait until somebody decides.

use vestibule_contract::field::action;
use vestibule_contract::step::{Attributes, Challenge, PendingApproval};

use crate::text::TimeStyle;
use crate::ui::{Countdown, El, Place, bdi, countdown, el, facts, link, moment, place, sentence};

use super::step::At;

/// What the browser computes by itself, and the way for one that does not.
pub(super) fn challenge(card: El, at: &At<'_>, data: &Challenge) -> El {
    let open = Countdown {
        until: Some(&data.open_at),
        from: "challenge.from",
        within: "challenge.within",
        over: "challenge.open",
    };
    let without = at
        .find(action::CONTINUE)
        .map(|action| el("div").class("again").child(countdown(at.wires, &open)).child(at.action(action)));
    card.child(el("p").class("lead").text(at.wires.t("challenge.lead")))
        .children(without)
        .children(at.actions_but(&[action::SOLVE, action::CONTINUE]))
}

/// The form.
pub(super) fn attributes(card: El, at: &At<'_>, data: &Attributes) -> El {
    let lead =
        sentence(el("p").class("lead"), at.wires, "attributes.lead", vec![("account", bdi(&data.account))]);
    card.child(lead).children(at.actions())
}

/// A moment of patience.
pub(super) fn checking(card: El, at: &At<'_>) -> El {
    card.child(el("p").class("lead").text(at.wires.t("checking.lead"))).children(at.actions())
}

/// The wait.
pub(super) fn pending(card: El, at: &At<'_>, data: &PendingApproval) -> El {
    let wires = at.wires;
    let organization = at.chrome.organization.as_ref().map_or("", |it| it.name.as_str());
    let says = |key, params| sentence(el("p"), wires, key, params);
    let contact = data.contact.as_deref().and_then(|href| match place(href)? {
        Place::Mail(shown) | Place::Away(shown) => Some((wires.t("blocked.contact"), link(href, bdi(shown)))),
        Place::Here => None,
    });
    let known = [
        (wires.t("pending_approval.since"), moment(wires, &data.since, TimeStyle::Day)),
        (wires.t("pending_approval.until"), moment(wires, &data.until, TimeStyle::Day)),
        (wires.t("blocked.reference"), bdi(&data.reference).class("reference")),
    ];
    card.child(says("pending_approval.lead", vec![("organization", bdi(organization))]).class("lead"))
        .child(says("pending_approval.next", vec![("account", bdi(&data.account))]))
        .child(facts(known.into_iter().chain(contact)))
        .children(at.actions())
}

//! `blocked`: why it does not go on, what can be done, whom to ask, and the reference. Never a dead end.

use vestibule_contract::step::{Blocked, BlockedReason};

use crate::route::Route;
use crate::ui::{El, Place, bdi, el, facts, goes, link, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &Blocked) -> El {
    let wires = at.wires;
    let key = |part: &str| ["blocked.", data.reason.as_str(), part].concat();
    let ask = match (asks_inviter(data.reason), &data.inviter) {
        (true, Some(inviter)) => {
            Some(sentence(el("p"), wires, "blocked.ask_inviter", vec![("inviter", bdi(inviter))]))
        }
        (true, None) => Some(el("p").text(wires.t("blocked.ask_anybody"))),
        (false, _) => None,
    };
    let contact = data.contact.as_deref().filter(|href| place(href).is_some()).map(|href| {
        let shown = match place(href) {
            Some(Place::Mail(address)) => address,
            Some(Place::Away(host)) => host,
            Some(Place::Here) | None => href,
        };
        (wires.t("blocked.contact"), link(href, bdi(shown)))
    });
    let unsubscribe =
        at.document().links.unsubscribe.as_deref().filter(|href| place(href) == Some(Place::Here));
    let unsubscribe = unsubscribe.map(|href| {
        el("p").class("sideways").child(link(href, el("span").text(wires.t("blocked.unsubscribe"))))
    });
    let reference = (!data.reference.is_empty())
        .then(|| (wires.t("blocked.reference"), bdi(&data.reference).class("reference")));
    card.child(el("p").class("lead").text(wires.t(&key(".text"))))
        .children(ask)
        .children(at.actions())
        .child(way_out(at, data.reason))
        .children(unsubscribe)
        .child(facts(contact.into_iter().chain(reference)))
}

/// Whether the person who invited can help with it.
fn asks_inviter(reason: BlockedReason) -> bool {
    match reason {
        BlockedReason::UnknownInvitation
        | BlockedReason::InvitationExpired
        | BlockedReason::InvitationRevoked
        | BlockedReason::InvitationDeclined
        | BlockedReason::DomainBlocked
        | BlockedReason::SignUpOff
        | BlockedReason::SignUpRefused => true,
        BlockedReason::InvitationReplaced
        | BlockedReason::InvitationUsed
        | BlockedReason::NotForYou
        | BlockedReason::ConsentRefused
        | BlockedReason::OtherBrowser
        | BlockedReason::FlowExpired
        | BlockedReason::AccountDisabled
        | BlockedReason::TooManyAttempts
        | BlockedReason::CookiesOff
        | BlockedReason::SignUpUnanswered
        | BlockedReason::Unavailable
        | BlockedReason::Internal
        | BlockedReason::Other => false,
    }
}

/// Whether beginning again can end otherwise.
fn restart_helps(reason: BlockedReason) -> bool {
    match reason {
        BlockedReason::NotForYou
        | BlockedReason::ConsentRefused
        | BlockedReason::OtherBrowser
        | BlockedReason::FlowExpired
        | BlockedReason::TooManyAttempts
        | BlockedReason::CookiesOff
        | BlockedReason::SignUpUnanswered
        | BlockedReason::Unavailable
        | BlockedReason::Internal
        | BlockedReason::Other => true,
        BlockedReason::UnknownInvitation
        | BlockedReason::InvitationExpired
        | BlockedReason::InvitationRevoked
        | BlockedReason::InvitationDeclined
        | BlockedReason::InvitationReplaced
        | BlockedReason::InvitationUsed
        | BlockedReason::AccountDisabled
        | BlockedReason::DomainBlocked
        | BlockedReason::SignUpOff
        | BlockedReason::SignUpRefused => false,
    }
}

/// Where to go from here: to the beginning, where that helps and the document offers no action for it; else to the
/// sign-in, which is the way on for a guest who has redeemed already.
fn way_out(at: &At<'_>, reason: BlockedReason) -> El {
    let document = at.document();
    let restart = document.links.restart.as_deref().filter(|href| place(href) == Some(Place::Here));
    let organization = at.chrome.organization.as_ref().map(|it| it.id.clone());
    let sign_in =
        goes(at.wires, Route::Home { organization, return_to: None }).text(at.wires.t("blocked.sign_in"));
    match restart {
        Some(href) if document.actions.is_empty() && restart_helps(reason) => {
            let again = link(href, el("span").text(at.wires.t("blocked.restart")));
            el("p").class("buttons").child(again.class("button primary"))
        }
        _ if reason == BlockedReason::InvitationUsed => {
            el("p").class("buttons").child(sign_in.class("button primary"))
        }
        Some(_) | None => el("p").class("sideways").child(sign_in),
    }
}

//! `invitation`: who invites, on whose behalf, to what, with which words; before anything is asked.

use vestibule_contract::step::InvitationCard;

use crate::text::TimeStyle;
use crate::ui::{El, bdi, el, facts, icon, link, moment, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &InvitationCard) -> El {
    let wires = at.wires;
    let name = || bdi(&data.inviter.name).class("strong");
    let (key, whose) = match &data.inviter.email {
        Some(email) => ("invitation.from_address", vec![("inviter", name()), ("email", bdi(email))]),
        None => ("invitation.from", vec![("inviter", name())]),
    };
    let inviter = sentence(el("p").class("lead"), wires, key, whose);
    let report = at.document().links.report.as_deref().filter(|href| place(href).is_some());
    card.child(inviter)
        .children(data.message.as_deref().map(quotation))
        .children((!data.resources.is_empty()).then(|| shared(at, data)))
        .child(facts([
            (wires.t("invitation.invited"), bdi(&data.invited)),
            (wires.t("invitation.until"), moment(wires, &data.expires_at, TimeStyle::Day)),
        ]))
        .child(el("p").class("next").text(wires.t("invitation.next")))
        .children(at.actions())
        .children(report.map(|href| {
            let words = sentence(el("p").class("hint"), wires, "invitation.suspicious", Vec::new());
            words.text(" ").child(link(href, el("span").text(wires.t("invitation.report"))))
        }))
}

/// The inviter's own words: text with its line breaks, in which nothing is a link.
fn quotation(message: &str) -> El {
    el("blockquote").attr("dir", "auto").child(el("p").text(message))
}

fn shared(at: &At<'_>, data: &InvitationCard) -> El {
    let things = data.resources.iter().map(|resource| {
        let kind = at.wires.t(&["kind.", resource.kind.as_str()].concat());
        el("li")
            .child(icon(resource.kind.as_str()))
            .child(bdi(&resource.name))
            .child(el("span").class("kind").text(kind))
    });
    el("section")
        .child(el("h2").text(at.wires.t("invitation.shared")))
        .child(el("ul").class("things").children(things))
}

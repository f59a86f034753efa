//! The desk's invite page: the form, the mail as it would go out, and what became of it.

use vestibule_contract::desk::InvitePreview;
use vestibule_contract::graph::Invitation;
use vestibule_contract::panel::Role;

use crate::flow::Event;
use crate::route::{Route, encode};
use crate::screen::{Chrome, InviteScreen};
use crate::text::TimeStyle;
use crate::ui::wires::Wires;
use crate::ui::{El, bdi, busy_line, el, facts, goes, link, messages, moment, on_follow, sentence};

use super::invite_form;

/// Draws the page.
pub(super) fn draw(card: El, chrome: &Chrome, invite: &InviteScreen, wires: &Wires) -> El {
    if let Some(sent) = &invite.sent {
        return done(card, invite, sent, wires);
    }
    if !invite.me.may_invite {
        return card
            .child(el("p").class("lead").text(wires.t("invite.not_allowed")))
            .child(el("p").child(panel(invite, wires)))
            .child(busy_line(wires));
    }
    let lead = sentence(
        el("p").class("lead"),
        wires,
        "invite.lead",
        vec![
            ("organization", bdi(&invite.options.organization.name)),
            ("sender", bdi(&invite.options.sender)),
        ],
    );
    let placeless = invite.errors.iter().filter(|message| !invite_form::has_place(message));
    card.child(el("p").class("ways").child(panel(invite, wires)).children(signups(invite, wires)))
        .child(lead)
        .children(messages(wires, placeless))
        .child(invite_form::draw(chrome, invite, wires))
        .child(busy_line(wires))
        .children(invite.preview.as_ref().map(|mail| preview(mail, wires)))
}

fn panel(invite: &InviteScreen, wires: &Wires) -> El {
    let organization = Some(invite.me.organization.id.clone());
    goes(wires, Route::Apps { organization, query: String::new() }).text(wires.t("account.panel"))
}

/// To the sign-ups, for whoever sees all of them. That page is the server's own.
fn signups(invite: &InviteScreen, wires: &Wires) -> Option<El> {
    let href = ["/desk/signups?organization=", &encode(&invite.me.organization.id)].concat();
    let words = || el("span").text(wires.t("invite.signups"));
    (invite.me.role == Role::Administrator).then(|| link(&href, words()))
}

/// The mail, as text: nothing in it is a link, and it is set as its reader's program will set it.
fn preview(mail: &InvitePreview, wires: &Wires) -> El {
    el("section")
        .attr("id", "preview")
        .attr("aria-labelledby", "field-preview")
        // Named like a field, so that the focus can be sent here: it stands below all that is typed.
        .child(
            el("h2").attr("id", "field-preview").attr("tabindex", "-1").text(wires.t("invite.preview.title")),
        )
        .child(facts([
            (wires.t("invite.preview.from"), bdi(&mail.from)),
            (wires.t("invite.preview.to"), bdi(&mail.to)),
            (wires.t("invite.preview.subject"), bdi(&mail.subject)),
        ]))
        .child(el("pre").attr("dir", "auto").text(mail.text.as_str()))
}

/// What happened, and the way to the next one.
fn done(card: El, invite: &InviteScreen, sent: &Invitation, wires: &Wires) -> El {
    let delivery = ["delivery.", sent.vestibule.delivery.as_str()].concat();
    let link = sent.invite_redeem_url.as_deref().map(|url| (wires.t("invite.sent.link"), bdi(url)));
    let organization = Some(invite.me.organization.id.clone());
    let another = el("a").attr("href", Route::DeskInvite { organization }.href()).class("button primary");
    let another = on_follow(another, wires, || Event::NewInvitation).text(wires.t("invite.another"));
    card.child(sentence(
        el("p").class("lead"),
        wires,
        "invite.sent.lead",
        vec![("address", bdi(&sent.invited_user_email_address).class("strong"))],
    ))
    .child(facts(
        [
            (wires.t("invite.sent.delivery"), el("span").text(wires.t(&delivery))),
            (wires.t("invite.sent.until"), moment(wires, &sent.vestibule.expires_at, TimeStyle::Day)),
        ]
        .into_iter()
        .chain(link),
    ))
    .child(el("p").class("buttons").child(another))
    .child(el("p").class("sideways").child(panel(invite, wires)))
    .child(busy_line(wires))
}

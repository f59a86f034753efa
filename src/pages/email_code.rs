//! `email_code`: sends a code, then takes it.

use vestibule_contract::field::{Action, action};
use vestibule_contract::step::{CodeState, EmailCode};

use crate::text::TimeStyle;
use crate::ui::{Countdown, El, bdi, busy_line, countdown, el, link, moment, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &EmailCode) -> El {
    match data.state {
        CodeState::Ready => ready(card, at, data),
        CodeState::Sent => sent(card, at, data),
    }
}

fn ready(card: El, at: &At<'_>, data: &EmailCode) -> El {
    let lead = vec![("address", bdi(&data.sent_to).class("strong")), ("sender", bdi(&data.sender))];
    card.child(sentence(el("p").class("lead"), at.wires, "email_code.ready.lead", lead))
        .children(at.actions())
}

fn sent(card: El, at: &At<'_>, data: &EmailCode) -> El {
    let wires = at.wires;
    let lead = vec![("address", bdi(&data.sent_to).class("strong")), ("sender", bdi(&data.sender))];
    let until = data.expires_at.as_deref().map(|instant| {
        let params = vec![("time", moment(wires, instant, TimeStyle::Clock))];
        sentence(el("p").class("hint"), wires, "email_code.until", params)
    });
    let verify = at.find(action::VERIFY);
    let resend = at.find(action::RESEND);
    let back = at.find(action::BACK);
    card.child(sentence(el("p").class("lead"), wires, "email_code.lead", lead))
        .children(until)
        .children(verify.map(|action| at.action_with(action, Some(data.digits))))
        .child(busy_line(wires))
        .children(resend.map(|action| again(at, data, action)))
        .child(missing(at, data))
        .children(back.map(|action| el("div").class("sideways").child(at.action(action))))
        .children(others(at))
}

/// Actions of a newer backend.
fn others(at: &At<'_>) -> Vec<El> {
    let known = [action::VERIFY, action::RESEND, action::BACK];
    let more = at.document().actions.iter().filter(|it| !known.contains(&it.name.as_str()));
    more.map(|action| at.action(action)).collect()
}

/// The way to another code, and from when it is open.
fn again(at: &At<'_>, data: &EmailCode, resend: &Action) -> El {
    let open = Countdown {
        until: data.resend_at.as_deref(),
        from: "email_code.resend_from",
        within: "email_code.resend_in",
        over: "email_code.resend_now",
    };
    el("div").class("again").child(countdown(at.wires, &open)).child(at.action(resend))
}

/// What to look at when no mail comes.
fn missing(at: &At<'_>, data: &EmailCode) -> El {
    let wires = at.wires;
    let item = |key: &str, params: Vec<(&str, El)>| sentence(el("li"), wires, key, params);
    let help = at.document().links.help.as_deref().filter(|href| place(href).is_some());
    el("details").child(el("summary").text(wires.t("email_code.missing"))).child(
        el("ul")
            .child(item("email_code.missing.wait", Vec::new()))
            .child(item("email_code.missing.spam", Vec::new()))
            .child(item("email_code.missing.sender", vec![("sender", bdi(&data.sender))]))
            .child(item("email_code.missing.address", vec![("address", bdi(&data.sent_to))]))
            .children(
                help.map(|href| {
                    el("li").child(link(href, el("span").text(wires.t("email_code.missing.help"))))
                }),
            ),
    )
}

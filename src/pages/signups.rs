//! The desk's page of sign-ups: who waits for a decision, and who came lately. Drawn by the server alone, so it costs the
//! bundle nothing, and its words stand with those of the mails.

use crate::screen::Chrome;
use crate::text::{TimeStyle, Words};
use crate::ui::wires::Wires;
use crate::ui::{El, Look, bdi, button, el, facts, form, link, moment, sentence};

/// Actions of the form.
pub mod action {
    /// Let the person in.
    pub const APPROVE: &str = "approve";
    /// Do not.
    pub const REFUSE: &str = "refuse";
}

/// What became of a sign-up that waits no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// There is a guest.
    Done,
    /// Somebody decided against it.
    Refused,
    /// Nobody decided in time.
    Expired,
}

impl Outcome {
    /// Its name in the words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Expired => "expired",
        }
    }
}

/// What came of the last press.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// It counts.
    Done,
    /// Somebody else was faster, or the time is over.
    Late,
    /// The rules do not let the person in.
    Impossible,
}

impl Notice {
    /// Its name in the words.
    pub fn name(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Late => "late",
            Self::Impossible => "impossible",
        }
    }
}

/// One sign-up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignUp {
    /// Its id.
    pub id: String,
    /// The account.
    pub account: String,
    /// Name of the user flow.
    pub flow: String,
    /// What was filled in: words above the field, and the value.
    pub details: Vec<(String, String)>,
    /// What the person tells when asking about it.
    pub reference: String,
    /// When it was asked for; RFC 3339.
    pub asked_at: String,
    /// Until when it can be decided; RFC 3339.
    pub until: String,
    /// What became of it; nothing while it waits.
    pub outcome: Option<Outcome>,
    /// Who decided.
    pub decided_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// The page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignUpsScreen {
    /// Name of the organization.
    pub organization: String,
    /// Sign-ups that this person may decide.
    pub waiting: Vec<SignUp>,
    /// Whether more of them wait than are shown.
    pub more: bool,
    /// Those that are decided, newest first.
    pub lately: Vec<SignUp>,
    /// What came of the last press.
    pub notice: Option<Notice>,
}

/// The document's title.
pub fn title(chrome: &Chrome, words: &Words) -> String {
    [&words.t("signups.title"), " · ", &super::isolated(super::whose(chrome))].concat()
}

/// Draws everything inside `<div id="app">`.
pub(crate) fn draw(chrome: &Chrome, screen: &SignUpsScreen, wires: &Wires) -> El {
    let lead = vec![("organization", bdi(&screen.organization))];
    let invite = chrome.organization.as_ref().map(|it| {
        let words = el("span").text(wires.t("signups.invite"));
        link(&["/desk/invite?organization=", &it.id].concat(), words)
    });
    let notice = screen.notice.map(|notice| {
        let text = el("span").text(wires.t(&["signups.notice.", notice.name()].concat()));
        let severity = if notice == Notice::Done { "success" } else { "warning" };
        el("p").class("message").attr("data-severity", severity).attr("role", "status").child(text)
    });
    let empty = |list: &[SignUp], key: &str| list.is_empty().then(|| el("p").text(wires.t(key)));
    let card = el("article")
        .class("card")
        .child(el("h1").attr("id", "title").attr("tabindex", "-1").text(wires.t("signups.title")))
        .child(el("p").class("ways").children(invite))
        .child(sentence(el("p").class("lead"), wires, "signups.lead", lead))
        .children(notice)
        .child(el("h2").text(wires.t("signups.waiting")))
        .children(empty(&screen.waiting, "signups.nobody"))
        .children(screen.waiting.iter().map(|one| waiting(chrome, one, wires)))
        .children(screen.more.then(|| el("p").text(wires.t("signups.more"))))
        .child(el("h2").text(wires.t("signups.decided")))
        .children(empty(&screen.lately, "signups.none"))
        .children(screen.lately.iter().map(|one| entry(one, wires)));
    super::frame(chrome, None, card, wires)
}

/// One that waits, with what can be done.
fn waiting(chrome: &Chrome, one: &SignUp, wires: &Wires) -> El {
    let field = ["reason-", &one.id].concat();
    let reason = el("div")
        .class("field")
        .child(el("label").attr("for", field.clone()).text(wires.t("signups.reason")))
        .child(
            el("input")
                .attr("id", field)
                .attr("name", "reason")
                .attr("type", "text")
                .attr("maxlength", "500"),
        );
    let press = |name: &str, look| {
        let id = [name, "-", &one.id].concat();
        button(wires, name, &id, wires.t(&["signups.", name].concat()), look)
    };
    let form = form(chrome, None)
        .child(el("input").attr("type", "hidden").attr("name", "id").attr("value", one.id.as_str()))
        .child(reason)
        .child(
            el("div")
                .class("buttons")
                .child(press(action::APPROVE, Look::Primary))
                .child(press(action::REFUSE, Look::Secondary)),
        );
    entry(one, wires).child(form)
}

/// What is known of one.
fn entry(one: &SignUp, wires: &Wires) -> El {
    let said = |key: &str, text: &Option<String>| text.as_deref().map(|text| (wires.t(key), bdi(text)));
    let until =
        one.outcome.is_none().then(|| (wires.t("signups.until"), moment(wires, &one.until, TimeStyle::Day)));
    let outcome = one.outcome.map(|state| {
        (wires.t("signups.state"), el("span").text(wires.t(&["signups.state.", state.name()].concat())))
    });
    let known = [
        (wires.t("signups.flow"), bdi(&one.flow)),
        (wires.t("signups.asked"), moment(wires, &one.asked_at, TimeStyle::Minute)),
    ];
    let reference = (!one.reference.is_empty())
        .then(|| (wires.t("signups.reference"), bdi(&one.reference).class("reference")));
    let filled_in = || one.details.iter().map(|(label, value)| (label.clone(), bdi(value)));
    let rows = known
        .into_iter()
        .chain(until)
        .chain(outcome)
        .chain(said("signups.by", &one.decided_by))
        .chain(said("signups.why", &one.reason))
        .chain(reference);
    // Who decides reads it first; of the others there are many.
    let details = match one.outcome {
        _ if one.details.is_empty() => None,
        None => Some(facts(filled_in())),
        Some(_) => Some(
            el("details").child(el("summary").text(wires.t("signups.details"))).child(facts(filled_in())),
        ),
    };
    el("section").class("entry").child(el("h3").child(bdi(&one.account))).child(facts(rows)).children(details)
}

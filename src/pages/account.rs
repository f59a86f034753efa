//! The account page: who I am here, what I agreed to and how to take it back, what happened.

use vestibule_contract::panel::{ActivityEntry, ConsentRecord};

use crate::flow::{Event, busy};
use crate::route::Route;
use crate::screen::{AccountScreen, Chrome};
use crate::text::TimeStyle;
use crate::ui::wires::Wires;
use crate::ui::{El, Look, bdi, busy_line, button, el, facts, form, goes, moment, on_submit, sentence};

use super::consent::{permissions, values};

/// Draws the page.
pub(super) fn draw(card: El, chrome: &Chrome, account: &AccountScreen, wires: &Wires) -> El {
    let me = &account.me;
    let role = wires.t(&["role.", me.role.as_str()].concat());
    let panel = Route::Apps { organization: Some(me.organization.id.clone()), query: String::new() };
    card.child(el("p").class("ways").child(goes(wires, panel).text(wires.t("account.panel"))))
        .child(facts([
            (wires.t("account.name"), bdi(&me.name)),
            (wires.t("account.email"), bdi(&me.email)),
            (wires.t("account.role"), el("span").text(role)),
        ]))
        .children(me.may_link.then(|| link(account, wires)))
        .child(busy_line(wires))
        .child(consents(chrome, account, wires))
        .child(organizations(account, wires))
        .child(activity(account, wires))
}

fn link(account: &AccountScreen, wires: &Wires) -> El {
    let route = Route::Link { organization: Some(account.me.organization.id.clone()) };
    el("p").child(goes(wires, route).text(wires.t("account.link")))
}

fn section(wires: &Wires, title: &str) -> El {
    el("section").child(el("h2").text(wires.t(title)))
}

fn consents(chrome: &Chrome, account: &AccountScreen, wires: &Wires) -> El {
    let section = section(wires, "account.consents");
    if account.consents.items.is_empty() {
        return section.child(el("p").text(wires.t("account.no_consents")));
    }
    let entries = account.consents.items.iter().map(|record| consent(chrome, record, wires));
    section.child(el("ul").class("records").children(entries))
}

fn consent(chrome: &Chrome, record: &ConsentRecord, wires: &Wires) -> El {
    let organization = &record.organization;
    let name = sentence(
        el("h3"),
        wires,
        "organization.with_domain",
        vec![("name", bdi(&organization.name)), ("domain", bdi(&organization.domain))],
    );
    let state = match &record.revoked_at {
        Some(instant) => ("account.revoked", instant),
        None => ("account.given", &record.given_at),
    };
    let date = vec![("date", moment(wires, state.1, TimeStyle::Day))];
    let details = el("details")
        .attr("id", ["details-", &record.id].concat())
        .child(
            el("summary")
                .text(wires.t("account.consent_details"))
                .child(el("span").class("unseen").text(" ").child(bdi(&organization.name))),
        )
        .child(permissions(wires, &record.permissions, &organization.name))
        .child(values(wires, &record.shared));
    el("li")
        .child(name)
        .child(sentence(el("p"), wires, state.0, date))
        .child(details)
        .children(record.revoked_at.is_none().then(|| take_back(chrome, record, wires)))
}

fn take_back(chrome: &Chrome, record: &ConsentRecord, wires: &Wires) -> El {
    let id = record.id.clone();
    let under_way = [busy::REVOKE, ":", &record.id].concat();
    let label = button(wires, "revoke", &under_way, wires.t("account.revoke"), Look::Secondary);
    let form = on_submit(form(chrome, None), wires, move |_, _| Event::RevokeConsent { id: id.clone() });
    form.child(el("input").attr("type", "hidden").attr("name", "id").attr("value", record.id.as_str()))
        .child(sentence(
            el("p").class("hint"),
            wires,
            "account.revoke_means",
            vec![("organization", bdi(&record.organization.name))],
        ))
        .child(label.child(el("span").class("unseen").text(" ").child(bdi(&record.organization.name))))
}

fn organizations(account: &AccountScreen, wires: &Wires) -> El {
    let entries = account.organizations.items.iter().map(|membership| {
        let route =
            Route::Apps { organization: Some(membership.organization.id.clone()), query: String::new() };
        let params = vec![
            ("role", el("span").text(wires.t(&["role.", membership.role.as_str()].concat()))),
            ("date", moment(wires, &membership.since, TimeStyle::Day)),
        ];
        el("li").child(goes(wires, route).child(bdi(&membership.organization.name))).child(sentence(
            el("p").class("hint"),
            wires,
            "account.member",
            params,
        ))
    });
    section(wires, "account.organizations").child(el("ul").class("records").children(entries))
}

fn activity(account: &AccountScreen, wires: &Wires) -> El {
    let section = section(wires, "account.activity");
    if account.activity.items.is_empty() {
        return section.child(el("p").text(wires.t("account.no_activity")));
    }
    let entries = account.activity.items.iter().map(|entry| happened(entry, wires));
    section.child(el("ul").class("activity").children(entries))
}

fn happened(entry: &ActivityEntry, wires: &Wires) -> El {
    let key = ["activity.", &entry.action].concat();
    // What a newer backend records is told by its code.
    let what = wires.words.get(&key).unwrap_or(&entry.action).to_owned();
    el("li")
        .child(el("span").text(what))
        .text(" ")
        .child(moment(wires, &entry.at, TimeStyle::Minute).class("kind"))
}

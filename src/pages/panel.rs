//! The access panel: everything that is shared with a guest, and how to find it among a thousand.

use vestibule_contract::panel::Organizations;

use crate::flow::{Event, busy};
use crate::route::Route;
use crate::screen::{Chrome, PanelScreen};
use crate::ui::wires::Wires;
use crate::ui::{El, Look, bdi, busy_line, el, goes, link, on_follow, on_submit, place, sentence, submit};

use super::tile;

/// Draws the panel.
pub(super) fn draw(card: El, chrome: &Chrome, panel: &PanelScreen, wires: &Wires) -> El {
    let head = card.children(switcher(&panel.organizations, wires)).child(ways(panel, wires));
    // A search field over nothing would only be in the way.
    let searchable = !panel.apps.items.is_empty() || !panel.query.is_empty();
    let head = head.children(searchable.then(|| search(panel, wires))).child(busy_line(wires));
    if panel.apps.items.is_empty() {
        return head.child(empty(chrome, panel, wires));
    }
    head.child(count(panel, wires))
        .child(el("ul").class("tiles").children(panel.apps.items.iter().map(|app| tile::draw(app, wires))))
        .children(panel.apps.next_cursor.as_deref().map(|cursor| more(panel, cursor, wires)))
}

/// Every organization that knows the person; nothing when there is only the one.
fn switcher(organizations: &Organizations, wires: &Wires) -> Option<El> {
    let all = &organizations.items;
    let current = all.iter().find(|it| it.current)?;
    if all.len() < 2 {
        return None;
    }
    let entries = all.iter().map(|membership| {
        let organization = &membership.organization;
        let id = organization.id.clone();
        let href = Route::Apps { organization: Some(id.clone()), query: String::new() }.href();
        let entry = el("a").attr("href", href).maybe("aria-current", membership.current.then_some("true"));
        let entry = on_follow(entry, wires, move || Event::SelectOrganization { id: id.clone() });
        el("li").child(
            entry
                .child(bdi(&organization.name))
                .text(" ")
                .child(el("span").class("kind").child(bdi(&organization.domain))),
        )
    });
    let summary = el("summary")
        .child(el("span").class("kind").text(wires.t("panel.organization")).text(" "))
        .child(bdi(&current.organization.name));
    Some(
        el("nav").attr("aria-label", wires.t("panel.organizations")).child(
            el("details")
                .attr("id", "switcher")
                .class("switcher")
                .child(summary)
                .child(el("ul").children(entries)),
        ),
    )
}

/// Where else to go from here.
fn ways(panel: &PanelScreen, wires: &Wires) -> El {
    let organization = Some(panel.me.organization.id.clone());
    let account =
        goes(wires, Route::Account { organization: organization.clone() }).text(wires.t("panel.account"));
    let invite = panel
        .me
        .may_invite
        .then(|| goes(wires, Route::DeskInvite { organization }).text(wires.t("panel.invite")));
    el("p").class("ways").children(invite.into_iter().chain([account]))
}

/// A form that asks for a page of the panel.
fn asking(panel: &PanelScreen) -> El {
    let organization = panel.me.organization.id.as_str();
    el("form").attr("method", "get").attr("action", "/apps").child(hidden("organization", organization))
}

fn hidden(name: &'static str, value: &str) -> El {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

fn search(panel: &PanelScreen, wires: &Wires) -> El {
    let form = on_submit(asking(panel), wires, |_, mut values| Event::Search {
        query: values.remove("query").unwrap_or_default(),
    });
    form.attr("role", "search")
        .class("search")
        .child(el("label").attr("for", "field-query").text(wires.t("panel.search")))
        .child(
            el("div")
                .child(
                    el("input")
                        .attr("type", "search")
                        .attr("id", "field-query")
                        .attr("name", "query")
                        .attr("autocomplete", "off")
                        .attr("value", panel.query.as_str()),
                )
                .child(submit(wires, busy::SEARCH, wires.t("action.search"), Look::Secondary)),
        )
}

fn count(panel: &PanelScreen, wires: &Wires) -> El {
    let number = |value: usize| el("span").text(value.to_string());
    let params =
        vec![("shown", number(panel.apps.items.len())), ("total", number(panel.apps.total as usize))];
    sentence(el("p").class("hint"), wires, "panel.count", params)
}

fn more(panel: &PanelScreen, cursor: &str, wires: &Wires) -> El {
    on_submit(asking(panel), wires, |_, _| Event::MoreApps)
        .child(hidden("query", &panel.query))
        .child(hidden("cursor", cursor))
        .child(submit(wires, busy::MORE, wires.t("action.more"), Look::Secondary))
}

/// Why there is nothing, and what can be done about it.
fn empty(chrome: &Chrome, panel: &PanelScreen, wires: &Wires) -> El {
    let page = el("div").class("empty");
    if !panel.query.is_empty() {
        let all = Route::Apps { organization: Some(panel.me.organization.id.clone()), query: String::new() };
        let words = sentence(el("p"), wires, "panel.no_match", vec![("query", bdi(&panel.query))]);
        return page.child(words).child(el("p").child(goes(wires, all).text(wires.t("panel.show_all"))));
    }
    let help = chrome.links.help.as_deref().filter(|href| place(href).is_some());
    page.child(sentence(
        el("p"),
        wires,
        "panel.empty",
        vec![("organization", bdi(&panel.me.organization.name))],
    ))
    .child(el("p").text(wires.t("panel.empty.ask")))
    .children(help.map(|href| el("p").child(link(href, el("span").text(wires.t("panel.empty.help"))))))
}

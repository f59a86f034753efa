//! `choose_provider`: the ways to prove who one is, each a button of its own; a search, where they are many; the address
//! instead, where one may be typed.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::{
    AnyView, ArcRwSignal, Get as _, IntoAny as _, Set as _, With as _, event_target_value,
};
use vestibule_contract::field::{Action, action};
use vestibule_contract::step::{ChooseProvider, ProviderCard};

use crate::flow::busy::PROVIDER;
use crate::ui::wires::Wires;
use crate::ui::{El, busy_line, el, icon};

use super::step::At;

/// From so many ways on looking for one is faster than reading.
const MANY: usize = 8;

pub(super) fn draw(card: El, at: &At<'_>, data: &ChooseProvider) -> El {
    let wanted = ArcRwSignal::new(String::new());
    let many = data.providers.len() >= MANY;
    let ways = data.providers.iter().filter_map(|provider| {
        let action = at.document().actions.iter().find(|action| chooses(action, &provider.id))?;
        Some(way(at, provider, action, &wanted))
    });
    let typed = at.find(action::CONTINUE);
    let typed = typed.map(|action| {
        el("div")
            .class("otherwise")
            .child(el("p").text(at.wires.t("choose_provider.typed")))
            .child(at.action(action))
    });
    card.children(many.then(|| search(at.wires, &wanted)))
        .child(el("ul").class("choices").attr("role", "list").children(ways))
        .children(many.then(|| nothing(at.wires, data, &wanted)))
        .children(typed)
        .child(busy_line(at.wires))
        .children(others(at, data))
}

fn chooses(action: &Action, id: &str) -> bool {
    action.name == action::CHOOSE
        && action.fields.iter().any(|field| field.name == PROVIDER && field.value.as_deref() == Some(id))
}

/// One way: its mark, its name, and what one should know before going there.
fn way(at: &At<'_>, provider: &ProviderCard, action: &Action, wanted: &ArcRwSignal<String>) -> El {
    let note = if provider.unavailable {
        Some("choose_provider.unavailable")
    } else {
        provider.last_used.then_some("choose_provider.last_used")
    };
    let note = note.map(|key| el("span").class("chip").text(" ").text(at.wires.t(key)));
    let (wanted, label) = (wanted.clone(), provider.label.clone());
    let hidden = Arc::new(move || (!wanted.with(|part| has(&label, part))).then(String::new));
    let mark = icon(provider.kind.as_str());
    el("li").live_attr("hidden", hidden).child(at.action_marked(action, mark, note))
}

/// Whether a name has a part in it. Upper and lower case are the same in ASCII: the tables for the rest of Unicode would
/// be a large part of the page.
fn has(name: &str, part: &str) -> bool {
    let part = part.trim().as_bytes();
    part.is_empty() || name.as_bytes().windows(part.len()).any(|window| window.eq_ignore_ascii_case(part))
}

/// Finds as one types. Without script it has its place and does nothing: the list is whole then.
fn search(wires: &Wires, wanted: &ArcRwSignal<String>) -> El {
    let typed = wanted.clone();
    let input = el("input")
        .attr("type", "search")
        .attr("id", "find-provider")
        .attr("autocomplete", "off")
        .attr("spellcheck", "false")
        .on(ev::input, move |input| typed.set(event_target_value(&input)));
    let label = el("label").attr("for", "find-provider").text(wires.t("choose_provider.search"));
    el("div").class("field search").flag("inert", !wires.ticking).child(label).child(input)
}

/// Said where nothing is called what was typed.
fn nothing(wires: &Wires, data: &ChooseProvider, wanted: &ArcRwSignal<String>) -> El {
    let labels: Vec<String> = data.providers.iter().map(|provider| provider.label.clone()).collect();
    let (wires, wanted) = (wires.clone(), wanted.clone());
    let live = Arc::new(move || -> AnyView {
        let part = wanted.get();
        if labels.iter().any(|label| has(label, &part)) {
            ().into_any()
        } else {
            wires.t("choose_provider.nothing").into_any()
        }
    });
    el("p").class("hint").attr("role", "status").live(live)
}

/// What is neither a way that is listed nor the address.
fn others(at: &At<'_>, data: &ChooseProvider) -> Vec<El> {
    let listed = |action: &&Action| {
        action.name == action::CONTINUE || data.providers.iter().any(|provider| chooses(action, &provider.id))
    };
    let rest: Vec<El> =
        at.document().actions.iter().filter(|it| !listed(it)).map(|action| at.action(action)).collect();
    rest.into_iter().map(|action| el("div").class("sideways").child(action)).collect()
}

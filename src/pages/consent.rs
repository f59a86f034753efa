//! `consent`: what the organization receives, logs and uses, with the very values; and how to undo it.

use vestibule_contract::step::{Consent, Permission, SharedValue};

use crate::ui::wires::Wires;
use crate::ui::{El, bdi, el, facts, link, place, sentence};

use super::step::At;

pub(super) fn draw(card: El, at: &At<'_>, data: &Consent) -> El {
    let wires = at.wires;
    let organization = || bdi(&data.organization.name);
    let whose = sentence(
        el("span"),
        wires,
        "organization.with_domain",
        vec![("name", organization()), ("domain", bdi(&data.organization.domain))],
    );
    card.child(facts([
        (wires.t("consent.account"), bdi(&data.account)),
        (wires.t("consent.organization"), whose),
    ]))
    .child(el("h2").text(wires.t("consent.permissions")))
    .child(permissions(wires, &data.permissions, &data.organization.name))
    .child(el("h2").text(wires.t("consent.shared")))
    .child(values(wires, &data.shared))
    .child(statements(wires, data))
    .child(el("p").text(wires.t("consent.undo")))
    .children(at.actions())
    .child(el("p").class("hint").text(wires.t("consent.cancel")))
}

/// Each permission by name and in a sentence.
pub(super) fn permissions(wires: &Wires, all: &[Permission], organization: &str) -> El {
    el("ul").class("permissions").children(all.iter().map(|permission| {
        let key = ["permission.", permission.as_str()].concat();
        let text = [&key, ".text"].concat();
        el("li").child(el("strong").text(wires.t(&key))).child(sentence(
            el("p"),
            wires,
            &text,
            vec![("organization", bdi(organization))],
        ))
    }))
}

/// The values themselves, as they leave.
pub(super) fn values(wires: &Wires, shared: &[SharedValue]) -> El {
    facts(shared.iter().map(|value| {
        let key = ["claim.", &value.claim].concat();
        let name = wires.words.get(&key).map_or_else(|| value.claim.clone(), str::to_owned);
        (name, bdi(&value.value))
    }))
}

fn statements(wires: &Wires, data: &Consent) -> El {
    let to = |href: &Option<String>, key: &str| {
        let href = href.as_deref().filter(|href| place(href).is_some())?;
        Some(link(href, el("span").text(wires.t(key))))
    };
    let privacy = to(&data.privacy_url, "consent.privacy");
    let none = privacy.is_none().then(|| {
        sentence(
            el("span"),
            wires,
            "consent.no_privacy",
            vec![("organization", bdi(&data.organization.name))],
        )
    });
    let terms = to(&data.terms_url, "consent.terms");
    el("ul")
        .class("statements")
        .children(privacy.or(none).into_iter().chain(terms).map(|entry| el("li").child(entry)))
}

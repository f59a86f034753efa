//! The service's own frame: who speaks, under which verified domain, at which host. No brand reaches it (S84).

use vestibule_contract::document::OrganizationCard;

use crate::flow::{Event, busy};
use crate::route::Route;
use crate::screen::Chrome;
use crate::ui::wires::Wires;
use crate::ui::{El, Look, Place, bdi, button, el, form, goes, icon, link, on_submit, place, sentence};

/// The header.
pub(super) fn header(chrome: &Chrome, wires: &Wires) -> El {
    el("header").class("bar").child(
        el("div")
            .class("column")
            .children(chrome.organization.as_ref().map(|organization| whose(organization, wires)))
            .child(
                el("div")
                    .class("here")
                    .child(
                        el("p")
                            .class("host")
                            .attr("title", wires.t("chrome.host"))
                            .child(icon("lock"))
                            .child(el("span").class("unseen").text(wires.t("chrome.host")).text(" "))
                            .child(bdi(&chrome.host)),
                    )
                    .children(chrome.account.as_deref().map(|account| signed_in(chrome, account, wires))),
            ),
    )
}

/// The organization: its name, which it chose, and its domain, which was verified.
fn whose(organization: &OrganizationCard, wires: &Wires) -> El {
    el("div").class("whose").children(logo(organization)).child(
        el("div").child(el("p").class("name").child(bdi(&organization.name))).child(
            el("p")
                .class("domain")
                .attr("title", wires.t("chrome.verified"))
                .child(icon("verified"))
                .child(el("span").class("unseen").text(wires.t("chrome.verified")).text(" "))
                .child(bdi(&organization.domain)),
        ),
    )
}

/// A logo of a fixed size, from this origin only: another host would learn who reads which invitation.
fn logo(organization: &OrganizationCard) -> Option<El> {
    let href = organization.logo.as_deref().filter(|href| place(href) == Some(Place::Here))?;
    Some(el("img").class("logo").attr("src", href).attr("alt", "").attr("width", "40").attr("height", "40"))
}

fn signed_in(chrome: &Chrome, account: &str, wires: &Wires) -> El {
    let route = Route::Account { organization: chrome.organization.as_ref().map(|it| it.id.clone()) };
    let label = sentence(el("span").class("unseen"), wires, "chrome.account", Vec::new());
    let leave = form(&Chrome { form_action: "/signout".to_owned(), ..chrome.clone() }, None);
    let leave = on_submit(leave, wires, |_, _| Event::SignOut);
    el("div")
        .class("account")
        .child(goes(wires, route).child(label.text(" ")).child(bdi(account)))
        .child(leave.child(button(wires, "sign_out", busy::SIGN_OUT, wires.t("chrome.sign_out"), Look::Link)))
}

/// The footer. `help` comes before the organization's own.
pub(super) fn footer(chrome: &Chrome, help: Option<&String>, wires: &Wires) -> El {
    let links = &chrome.links;
    let rows = [
        ("chrome.privacy", links.privacy.as_ref()),
        ("chrome.terms", links.terms.as_ref()),
        ("chrome.help", help.or(links.help.as_ref())),
    ];
    let shown = rows.into_iter().filter_map(|(key, href)| {
        let href = href.filter(|href| place(href).is_some())?;
        Some(el("li").child(link(href, el("span").text(wires.t(key)))))
    });
    let shown: Vec<El> = shown.collect();
    el("footer").class("foot").child(
        el("div")
            .class("column")
            .child(sentence(el("p"), wires, "chrome.served", vec![("host", bdi(&chrome.host))]))
            .children((!shown.is_empty()).then(|| el("ul").children(shown))),
    )
}

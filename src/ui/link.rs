//! Links: real ones, followed without loading the page anew where a script runs.

use leptos::ev;

use crate::flow::Event;
use crate::route::Route;

use super::wires::Wires;
use super::{El, Place, el, place};

/// A link to an address that came from elsewhere. What leads nowhere is drawn as text.
pub(crate) fn link(href: &str, label: El) -> El {
    match place(href) {
        None => el("span").child(label),
        Some(Place::Here | Place::Mail(_)) => el("a").attr("href", href).child(label),
        Some(Place::Away(_)) => el("a").attr("href", href).attr("rel", "noopener noreferrer").child(label),
    }
}

/// A link to a page of this application.
pub(crate) fn goes(wires: &Wires, route: Route) -> El {
    on_follow(el("a").attr("href", route.href()), wires, move || Event::Go { route: route.clone() })
}

/// Sends an event instead of following a link, when it is followed plainly: a new tab or a download is the
/// browser's affair.
pub(crate) fn on_follow(link: El, wires: &Wires, event: impl Fn() -> Event + 'static) -> El {
    let send = wires.send.clone();
    link.on(ev::click, move |click| {
        let elsewhere = click.button() != 0 || click.ctrl_key() || click.meta_key() || click.shift_key();
        if !elsewhere && !click.alt_key() && !click.default_prevented() {
            click.prevent_default();
            send(event());
        }
    })
}

//! Buttons that show that they were pressed, and the line that says what is going on.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::{AnyView, Get as _, IntoAny as _, With as _};

use crate::flow::{Event, Phase};
use crate::screen::{Failure, FailureKind};

use super::wires::Wires;
use super::{El, bdi, el};

/// Weight of a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// The one thing most people want here.
    Primary,
    /// An equal alternative.
    Secondary,
    /// A side way, drawn as a link.
    Link,
}

/// A button that submits its form with its action.
pub(crate) fn button(wires: &Wires, action: &str, busy: &str, label: String, look: Look) -> El {
    submit(wires, busy, label, look).attr("name", "action").attr("value", action)
}

/// A button that submits its form. `busy` is the name under which it is under way, see [`crate::flow::Busy`]; while
/// it is, the button keeps its label and its focus.
pub(crate) fn submit(wires: &Wires, busy: &str, label: String, look: Look) -> El {
    let pressed = {
        let (signal, name) = (wires.busy, busy.to_owned());
        Arc::new(move || {
            let under_way = signal.with(|it| it.as_ref().is_some_and(|it| it.works() && it.action == name));
            under_way.then(|| "true".to_owned())
        })
    };
    el("button")
        .attr("type", "submit")
        .attr("id", ["action-", busy].concat())
        .class(match look {
            Look::Primary => "button primary",
            Look::Secondary => "button",
            Look::Link => "button plain",
        })
        .live_attr("aria-busy", pressed.clone())
        .live_attr("aria-disabled", pressed)
        .text(label)
}

/// A line that is empty, has its place from the start so that nothing moves, and speaks up when something takes long.
pub(crate) fn busy_line(wires: &Wires) -> El {
    let live = {
        let wires = wires.clone();
        Arc::new(move || match wires.busy.get().map(|it| it.phase) {
            None | Some(Phase::Quiet) => ().into_any(),
            Some(Phase::Slow) => wires.t("busy.slow").into_any(),
            Some(Phase::Late) => again(&wires, el("span").text(wires.t("busy.late"))),
            Some(Phase::Failed(failure)) => again(&wires, failed(&wires, &failure)),
        })
    };
    el("p").class("busy").attr("role", "status").live(live)
}

/// What went wrong, in a sentence, with the reference for support.
fn failed(wires: &Wires, failure: &Failure) -> El {
    let reference = failure.reference.as_deref().map(|reference| {
        el("span")
            .text([" ", &wires.t("blocked.reference"), " "].concat())
            .child(bdi(reference).class("reference"))
    });
    el("span").class("error").text(wires.t(&failure_key(failure.kind, "brief"))).children(reference)
}

/// The key of the words for a kind of failure: `title`, `text` or `brief`.
pub(crate) fn failure_key(kind: FailureKind, part: &str) -> String {
    let name = match kind {
        FailureKind::NotFound => "not_found",
        FailureKind::Offline => "offline",
        FailureKind::BadAnswer => "bad_answer",
        FailureKind::Server => "server",
        FailureKind::Busy => "busy",
        FailureKind::Forbidden => "forbidden",
        FailureKind::CookiesOff => "cookies_off",
        FailureKind::SignedOut => "signed_out",
        FailureKind::Crashed => "crashed",
    };
    ["failure.", name, ".", part].concat()
}

fn again(wires: &Wires, what: El) -> AnyView {
    let send = wires.send.clone();
    let retry =
        el("button").attr("type", "button").class("button plain").on(ev::click, move |_| send(Event::Retry));
    el("span").child(what).text(" ").child(retry.text(wires.t("action.retry"))).into()
}

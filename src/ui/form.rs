//! Forms: real ones, which post to the page itself and work without any script (S81).

use leptos::ev;

use crate::flow::Event;
use crate::screen::{Chrome, Values};

use super::wires::Wires;
use super::{El, el};

/// A form with what the server needs to take it: its token and, at a step, the revision that is on the screen.
pub(crate) fn form(chrome: &Chrome, rev: Option<u64>) -> El {
    el("form")
        .attr("method", "post")
        .attr("action", chrome.form_action.as_str())
        .children(chrome.form_token.as_deref().map(|token| hidden("csrf", token)))
        .children(rev.map(|rev| hidden("rev", &rev.to_string())))
}

fn hidden(name: &'static str, value: &str) -> El {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

/// Sends an event with the pressed button's action and the form's values, instead of posting the form.
pub(crate) fn on_submit(form: El, wires: &Wires, event: impl Fn(String, Values) -> Event + 'static) -> El {
    let (send, read_form) = (wires.send.clone(), wires.read_form);
    form.on(ev::submit, move |submit| {
        submit.prevent_default();
        let (action, values) = read_form(&submit);
        send(event(action, values));
    })
}

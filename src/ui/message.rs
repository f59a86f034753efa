//! Messages: in this page's own words where it knows the code, else in the backend's.

use vestibule_contract::message::Param;
use vestibule_contract::{Message, MessageCode, Severity};

use crate::text::{Piece, TimeStyle, pieces, unix_ms};

use super::wires::Wires;
use super::{El, bdi, el, icon, moment, sentence};

/// The words of a message, put into an element.
pub(crate) fn said(into: El, wires: &Wires, message: &Message) -> El {
    let key = ["message.", message.code.as_str()].concat();
    let known =
        wires.words.get(&key).filter(|text| message.code != MessageCode::Other && complete(text, message));
    if known.is_none() {
        return into.child(bdi(&message.text));
    }
    let params =
        message.params.iter().map(|(name, value)| (name.as_str(), shown(wires, name, value))).collect();
    sentence(into, wires, &key, params)
}

/// Whether all parameters of the words are there. A backend may leave some out.
fn complete(text: &str, message: &Message) -> bool {
    pieces(text).all(|piece| match piece {
        Piece::Text(_) => true,
        Piece::Param(name) => message.params.contains_key(name),
    })
}

fn shown(wires: &Wires, name: &str, value: &Param) -> El {
    match value {
        Param::Text(instant) if name.ends_with("_at") && unix_ms(instant).is_some() => {
            moment(wires, instant, TimeStyle::Clock)
        }
        Param::Text(_) | Param::Number(_) => bdi(&value.to_string()),
    }
}

/// What is said about the step as a whole. Nothing when there is nothing.
pub(crate) fn messages<'a>(wires: &Wires, all: impl IntoIterator<Item = &'a Message>) -> Vec<El> {
    all.into_iter().map(|message| alert(wires, message)).collect()
}

fn alert(wires: &Wires, message: &Message) -> El {
    // Colour and picture alone would not reach everybody.
    let meant = match message.severity {
        Severity::Error => Some("severity.error"),
        Severity::Warning => Some("severity.warning"),
        Severity::Success | Severity::Info => None,
    };
    let words = el("span").children(meant.map(|key| el("span").class("unseen").text(wires.t(key)).text(" ")));
    el("p")
        .class("message")
        .attr("data-severity", message.severity.as_str())
        .child(icon(message.severity.as_str()))
        .child(said(words, wires, message))
}

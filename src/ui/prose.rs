//! Text: sentences with other people's strings in them, times, lists of facts.

use crate::text::{Piece, TimeStyle, pieces};

use super::wires::Wires;
use super::{El, el};

/// A string that somebody else chose. Isolated, so that its direction cannot reorder what stands around it.
pub(crate) fn bdi(text: &str) -> El {
    el("bdi").text(text)
}

/// An instant in words; the exact one on hover and for machines.
pub(crate) fn moment(wires: &Wires, instant: &str, style: TimeStyle) -> El {
    el("time")
        .attr("datetime", instant)
        .attr("title", wires.time(instant, TimeStyle::Minute))
        .text(wires.time(instant, style))
}

/// Puts a sentence of the catalogue into an element, with elements for its parameters.
pub(crate) fn sentence(mut into: El, wires: &Wires, key: &str, params: Vec<(&str, El)>) -> El {
    let mut params: Vec<_> = params.into_iter().map(|(name, value)| (name, Some(value))).collect();
    for piece in pieces(&wires.t(key)) {
        into = match piece {
            Piece::Text(text) => into.text(text),
            Piece::Param(name) => {
                let value =
                    params.iter_mut().find(|(known, _)| *known == name).and_then(|(_, value)| value.take());
                into.children(value)
            }
        };
    }
    into
}

/// Names and values, one below the other.
pub(crate) fn facts(rows: impl IntoIterator<Item = (String, El)>) -> El {
    el("dl").class("facts").children(
        rows.into_iter()
            .map(|(name, value)| el("div").child(el("dt").text(name)).child(el("dd").child(value))),
    )
}

/// A picture that says nothing which the text beside it does not say. Drawn by the style sheet.
pub(crate) fn icon(name: &str) -> El {
    el("span").class("icon").attr("data-icon", name).attr("aria-hidden", "true")
}

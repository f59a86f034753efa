//! A text of several lines, with its limit said before it is hit and counted down while one types.
//!
//! Without `maxlength`: browsers cut what is pasted without a word, and count in other units than the contract.

use std::sync::Arc;

use leptos::ev;
use leptos::prelude::{ArcRwSignal, Get as _, IntoAny as _, Set as _, event_target_value};

use super::wires::Wires;
use super::{El, el};

/// A text area, and the words on its limit where it has one.
pub(crate) fn long_text(wires: &Wires, value: &str, limit: Option<u32>) -> (El, Option<El>) {
    let area = el("textarea").attr("rows", "5").text(value);
    let Some(limit) = limit else {
        return (area, None);
    };
    let count = move |text: &str| i64::from(limit) - i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let left = ArcRwSignal::new(count(value));
    let counted = left.clone();
    let area = area.on(ev::input, move |input| counted.set(count(&event_target_value(&input))));
    let wires = wires.clone();
    let words = Arc::new(move || {
        let (key, number) = match left.get() {
            // Where nothing counts, the limit is all there is to say.
            _ if !wires.ticking => ("field.limit", i64::from(limit)),
            over if over < 0 => ("field.over", -over),
            rest => ("field.left", rest),
        };
        wires.words.tf(key, &[("number", &number.to_string())]).into_any()
    });
    (area, Some(el("span").live(words)))
}

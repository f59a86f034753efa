//! From when something can be done: counted down where there is script, told where there is none.

use std::sync::Arc;

use leptos::prelude::{AnyView, Get as _, IntoAny as _};

use super::wires::Wires;
use super::{El, el, moment, sentence};
use crate::text::{TimeStyle, unix_ms};

/// What is waited for, and the keys of what is said about it. `time` stands in the first two.
pub(crate) struct Countdown<'a> {
    /// The instant; nothing is said without one.
    pub(crate) until: Option<&'a str>,
    /// Where nothing ticks.
    pub(crate) from: &'static str,
    /// Until then.
    pub(crate) within: &'static str,
    /// From then on.
    pub(crate) over: &'static str,
}

/// The line that says so.
pub(crate) fn countdown(wires: &Wires, what: &Countdown<'_>) -> El {
    let Countdown { until, from, within, over } = *what;
    let (wires, until) = (wires.clone(), until.map(str::to_owned));
    let wait = Arc::new(move || -> AnyView {
        let Some(instant) = until.as_deref() else {
            return ().into_any();
        };
        let left = unix_ms(instant).map_or(0, |open| (open - wires.now.get()).div_euclid(1000));
        if left <= 0 {
            return wires.t(over).into_any();
        }
        if !wires.ticking {
            let params = vec![("time", moment(&wires, instant, TimeStyle::Clock))];
            return sentence(el("span"), &wires, from, params).into();
        }
        wires.words.tf(within, &[("time", &clock(left))]).into_any()
    });
    el("p").class("hint").attr("id", "wait").live(wait)
}

/// Minutes and seconds, `1:05`.
fn clock(seconds: i64) -> String {
    let (minutes, rest) = ((seconds / 60).to_string(), (seconds % 60).to_string());
    [minutes.as_str(), if rest.len() < 2 { ":0" } else { ":" }, &rest].concat()
}

#[cfg(test)]
mod tests;

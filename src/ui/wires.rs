//! What every view is handed besides its data: the words, and the ways out.

use std::sync::Arc;

use leptos::prelude::Signal;

use crate::flow::{Busy, Event};
use crate::screen::Values;
use crate::text::{ShowTime, TimeStyle, Words, utc};

/// Reads a submitted form: the pressed button's action, and the values of the fields.
pub type ReadForm = fn(&leptos::ev::SubmitEvent) -> (String, Values);

/// The connections of a view. Cheap to clone.
#[derive(Clone)]
pub struct Wires {
    /// The words of the page's language.
    pub words: Words,
    /// Where events go.
    pub send: Arc<dyn Fn(Event) + Send + Sync>,
    /// What is under way.
    pub busy: Signal<Option<Busy>>,
    /// The time in unix milliseconds, at most a second old.
    pub now: Signal<i64>,
    /// Whether `now` moves, so that a countdown is worth drawing.
    pub ticking: bool,
    /// Reads a submitted form.
    pub read_form: ReadForm,
    /// Writes instants in words.
    pub show_time: ShowTime,
}

impl Wires {
    /// Wires that lead nowhere, for drawing on the server: nothing is ever sent, time stands still. Needs a reactive
    /// owner, as all drawing does.
    pub fn inert(words: Words, now_ms: i64) -> Self {
        Self {
            words,
            send: Arc::new(|_| {}),
            busy: Signal::stored(None),
            now: Signal::stored(now_ms),
            ticking: false,
            read_form: |_| (String::new(), Values::new()),
            show_time: utc,
        }
    }

    /// The text of a key.
    pub fn t(&self, key: &str) -> String {
        self.words.t(key)
    }

    /// An instant in words.
    pub fn time(&self, instant: &str, style: TimeStyle) -> String {
        (self.show_time)(&self.words, instant, style)
    }
}

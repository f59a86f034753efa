//! Listeners and timers that end with their owner.

use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::{Event, EventTarget};

use super::document::window;

/// A listener; dropping it takes it off.
pub(super) struct Listener {
    target: EventTarget,
    name: &'static str,
    heard: Closure<dyn FnMut(Event)>,
}

impl Listener {
    /// Listens.
    pub(super) fn on(target: &EventTarget, name: &'static str, heard: impl FnMut(Event) + 'static) -> Self {
        // Boxed, so that the closure type that crosses to JavaScript is made once.
        let heard: Box<dyn FnMut(Event)> = Box::new(heard);
        let heard = Closure::wrap(heard);
        // Adding a listener to a target that exists cannot fail.
        let _ = target.add_event_listener_with_callback(name, heard.as_ref().unchecked_ref());
        Self { target: target.clone(), name, heard }
    }
}

impl Drop for Listener {
    fn drop(&mut self) {
        let heard = self.heard.as_ref().unchecked_ref();
        let _ = self.target.remove_event_listener_with_callback(self.name, heard);
    }
}

/// Something that happens later, once or again and again; dropping it calls it off.
pub(super) struct Timer {
    id: i32,
    again: bool,
    _due: Closure<dyn FnMut()>,
}

impl Timer {
    /// Once, after some milliseconds.
    pub(super) fn after(milliseconds: i32, due: impl FnMut() + 'static) -> Self {
        Self::start(milliseconds, false, Box::new(due))
    }

    /// Every so many milliseconds.
    pub(super) fn every(milliseconds: i32, due: impl FnMut() + 'static) -> Self {
        Self::start(milliseconds, true, Box::new(due))
    }

    fn start(milliseconds: i32, again: bool, due: Box<dyn FnMut()>) -> Self {
        let due = Closure::wrap(due);
        let callback = due.as_ref().unchecked_ref();
        let window = window();
        let id = if again {
            window.set_interval_with_callback_and_timeout_and_arguments_0(callback, milliseconds)
        } else {
            window.set_timeout_with_callback_and_timeout_and_arguments_0(callback, milliseconds)
        };
        // Ids begin at 1: 0 is none, and calling it off does nothing.
        Self { id: id.unwrap_or_default(), again, _due: due }
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        let window = window();
        if self.again {
            window.clear_interval_with_handle(self.id);
        } else {
            window.clear_timeout_with_handle(self.id);
        }
    }
}

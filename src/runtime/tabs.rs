//! The other tabs of this browser: they hear when the session has ended (S77).

use std::rc::Weak;

use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use super::driver::Engine;
use super::listen::Listener;
use crate::flow::Event;

/// The one thing that is ever said on the channel, and its name.
const SIGNED_OUT: &str = "vestibule-signed-out";

/// The channel. Without one, another tab learns it from the backend's next answer.
pub(super) fn channel() -> Option<BroadcastChannel> {
    BroadcastChannel::new(SIGNED_OUT).ok()
}

/// Hears the other tabs.
pub(super) fn listener(channel: &BroadcastChannel, engine: &Weak<Engine>) -> Listener {
    let engine = engine.clone();
    Listener::on(channel, "message", move |_| {
        if let Some(engine) = engine.upgrade() {
            engine.send(Event::SignedOutElsewhere);
        }
    })
}

impl Engine {
    /// Tells the other tabs that the session has ended.
    pub(super) fn tell_tabs(&self) {
        if let Some(tabs) = &self.tabs {
            let _ = tabs.post_message(&JsValue::from_str(SIGNED_OUT));
        }
    }
}

//! Address bar, history, and the events that tell about them.

use std::rc::Weak;

use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{PageTransitionEvent, PopStateEvent};

use super::document::window;
use super::driver::Engine;
use super::listen::Listener;
use crate::client::http::parse;
use crate::flow::Event;
use crate::route::{Place, Route};
use vestibule_contract::read::from_tree;

/// What stands in the address bar.
pub(super) fn route() -> Route {
    let location = window().location();
    let (path, query) = (location.pathname().unwrap_or_default(), location.search().unwrap_or_default());
    Route::parse(&path, query.trim_start_matches('?'))
}

/// Makes a new entry.
pub(super) fn push(route: &Route, place: Option<&Place>) {
    if let Ok(history) = window().history() {
        // Browsers refuse entries by the hundred a minute; the page works without them.
        let _ = history.push_state_with_url(&remembered(place), "", Some(&route.href()));
    }
}

/// Changes the present entry.
pub(super) fn replace(route: &Route, place: Option<&Place>) {
    if let Ok(history) = window().history() {
        let _ = history.replace_state_with_url(&remembered(place), "", Some(&route.href()));
    }
}

/// Leaves the document.
pub(super) fn leave(url: &str, replace: bool) {
    let location = window().location();
    // The engine has checked the address; one that the browser refuses all the same leaves the page where it is.
    let _ = if replace { location.replace(url) } else { location.assign(url) };
}

/// Loads the document again.
pub(super) fn reload() {
    let _ = window().location().reload();
}

fn remembered(place: Option<&Place>) -> JsValue {
    place
        .and_then(|place| serde_json::to_string(place).ok())
        .map_or(JsValue::NULL, |json| JsValue::from_str(&json))
}

/// Back and Forward, the return from the back/forward cache, and the return of the connection.
pub(super) fn listeners(engine: &Weak<Engine>) -> Vec<Listener> {
    let window = window();
    let tell = |name, read: fn(&web_sys::Event) -> Option<Event>| {
        let engine = engine.clone();
        Listener::on(&window, name, move |event| {
            if let (Some(engine), Some(event)) = (engine.upgrade(), read(&event)) {
                engine.send(event);
            }
        })
    };
    vec![tell("popstate", moved), tell("pageshow", restored), tell("online", |_| Some(Event::CameOnline))]
}

fn moved(event: &web_sys::Event) -> Option<Event> {
    let state = event.dyn_ref::<PopStateEvent>()?.state();
    let place = state.as_string().and_then(|json| from_tree(&parse(&json)?));
    Some(Event::HistoryMoved { place, route: route() })
}

fn restored(event: &web_sys::Event) -> Option<Event> {
    event.dyn_ref::<PageTransitionEvent>()?.persisted().then_some(Event::Restored)
}

//! Reading a submitted form.

use js_sys::Array;
use leptos::ev::SubmitEvent;
use wasm_bindgen::JsCast as _;
use web_sys::{FormData, HtmlButtonElement, HtmlFormElement};

use crate::screen::Values;

/// What a form carries for posting without script only: in a request of the page it would be one more value.
const FOR_POSTING: [&str; 3] = ["action", "csrf", "rev"];

/// The pressed button's action, and the values of the fields. Ticked boxes of one name are joined by spaces.
pub(super) fn read(event: &SubmitEvent) -> (String, Values) {
    let action = event
        .submitter()
        .and_then(|button| button.dyn_into::<HtmlButtonElement>().ok())
        .map(|button| button.value())
        .unwrap_or_default();
    let mut values = Values::new();
    let form = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok());
    let Some(data) = form.and_then(|form| FormData::new_with_form(&form).ok()) else {
        return (action, values);
    };
    for entry in data.entries().into_iter().flatten() {
        let entry = Array::from(&entry);
        let (Some(name), Some(value)) = (entry.get(0).as_string(), entry.get(1).as_string()) else {
            continue;
        };
        if FOR_POSTING.contains(&name.as_str()) {
            continue;
        }
        let value = match values.get(&name) {
            Some(known) if !known.is_empty() => [known, " ", &value].concat(),
            Some(_) | None => value,
        };
        values.insert(name, value);
    }
    (action, values)
}

//! Instants in the person's own zone and words, by the browser's `Intl`.

use std::cell::RefCell;

use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

use super::document::{language, window};
use crate::text::{TimeStyle, Words, unix_ms};

thread_local! {
    /// One formatter a style: making one costs a thousand times what using it does.
    static FORMATTERS: RefCell<Vec<(TimeStyle, Function)>> = const { RefCell::new(Vec::new()) };
}

/// An instant in words, as [`utc`](crate::text::utc) on the server. What is not an instant is shown as it came.
pub(super) fn local(_: &Words, instant: &str, style: TimeStyle) -> String {
    let Some(at) = unix_ms(instant) else { return instant.to_owned() };
    #[expect(clippy::cast_precision_loss, reason = "milliseconds of a four-digit year fit into 53 bits")]
    let date = Date::new(&JsValue::from_f64(at as f64));
    formatter(style)
        .call1(&JsValue::UNDEFINED, &date)
        .ok()
        .and_then(|text| text.as_string())
        .unwrap_or_else(|| instant.to_owned())
}

fn formatter(style: TimeStyle) -> Function {
    FORMATTERS.with_borrow_mut(|known| {
        if let Some((_, formatter)) = known.iter().find(|(of, _)| *of == style) {
            return formatter.clone();
        }
        let formatter = make(style);
        known.push((style, formatter.clone()));
        formatter
    })
}

fn make(style: TimeStyle) -> Function {
    let parts: &[(&str, &str)] = match style {
        TimeStyle::Day => &[("weekday", "long"), ("day", "numeric"), ("month", "long"), ("year", "numeric")],
        TimeStyle::Minute => &[("dateStyle", "long"), ("timeStyle", "short")],
        TimeStyle::Clock => &[("timeStyle", "short")],
    };
    let options = Object::new();
    for (name, value) in parts {
        // A plain object takes every member.
        let _ = Reflect::set(&options, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    let locale = locale();
    let locales = if locale.is_empty() { Array::new() } else { Array::of1(&JsValue::from_str(&locale)) };
    Intl::DateTimeFormat::new(&locales, &options).format()
}

/// The page's language, in the person's own variety of it: `en-GB` writes dates unlike `en-US`.
fn locale() -> String {
    let page = language();
    let main = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    window().navigator().language().filter(|own| main(own) == main(&page)).unwrap_or(page)
}

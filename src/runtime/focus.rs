//! Where the focus goes.

use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

use super::document::{element, window};

/// To the page's heading, so that a new page is read from its beginning. Who looks at a place further down stays there.
pub(super) fn heading() {
    if let Some(heading) = element("title") {
        let window = window();
        let (x, y) = (window.scroll_x().unwrap_or_default(), window.scroll_y().unwrap_or_default());
        focus(&heading);
        window.scroll_to_with_x_and_y(x, y);
    }
}

/// To a field, or to the heading where it is not drawn.
pub(super) fn field(name: &str) {
    match element(&["field-", name].concat()) {
        Some(field) => focus(&field),
        None => heading(),
    }
}

/// To an element.
pub(super) fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        // Focusing an element of the document cannot fail.
        let _ = element.focus();
    }
}

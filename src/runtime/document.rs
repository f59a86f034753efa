//! The document: its parts, its language, what the server left in it.

use js_sys::Uint8Array;
use web_sys::{Document, Element, Window};

use super::clock;
use crate::client::http::parse;
use crate::screen::Page;
use crate::text::dir_of;
use vestibule_contract::read::from_tree;

/// Id of the element in which the server leaves the page that it drew.
const LEFT_BY_SERVER: &str = "vestibule-document";

/// The window. There always is one where a page runs.
pub(super) fn window() -> Window {
    web_sys::window().expect("a page has a window")
}

/// The document. There always is one where a page runs.
pub(super) fn document() -> Document {
    window().document().expect("a window has a document")
}

/// An element by its id.
pub(super) fn element(id: &str) -> Option<Element> {
    document().get_element_by_id(id)
}

/// Takes the page that the server drew out of the document. It stays nowhere else: after sign-out nothing of it is
/// left in the document (S77). What cannot be read is as good as none: the backend is asked instead.
pub(super) fn take_page() -> Option<Page> {
    let element = element(LEFT_BY_SERVER)?;
    if let Some(now) = element.get_attribute("data-now").and_then(|now| now.parse().ok()) {
        clock::set_by(now);
    }
    let page = element.text_content().and_then(|json| from_tree(&parse(&json)?));
    element.remove();
    page
}

/// Scheme, host and port.
pub(super) fn origin() -> String {
    window().location().origin().unwrap_or_default()
}

/// BCP 47 tag of the document's language, as the server or the build wrote it.
pub(super) fn language() -> String {
    document().document_element().and_then(|root| root.get_attribute("lang")).unwrap_or_default()
}

/// Sets title, language and direction of the document.
pub(super) fn describe(title: &str, locale: &str) {
    let document = document();
    document.set_title(title);
    if let Some(root) = document.document_element().filter(|_| !locale.is_empty()) {
        // Both attributes are set by name on an element, which cannot fail.
        let _ = root.set_attribute("lang", locale);
        let _ = root.set_attribute("dir", dir_of(locale));
    }
}

const HEX: &[u8; 16] = b"0123456789abcdef";

/// 128 random bits as text. Without the browser's generator the time stands in: the keys made from it only have to
/// differ from each other.
pub(super) fn seed() -> String {
    let bytes = Uint8Array::new_with_length(16);
    let drawn = window().crypto().and_then(|crypto| crypto.get_random_values_with_array_buffer_view(&bytes));
    if drawn.is_err() {
        return clock::now().to_string();
    }
    let hex = |byte: u8| [HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]];
    bytes.to_vec().into_iter().flat_map(hex).map(char::from).collect()
}

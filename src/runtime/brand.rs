//! The look of another organization, set property by property: a style sheet made of text would need the policy's
//! leave, and properties do not.

use vestibule_contract::brand::Brand;
use wasm_bindgen::JsCast as _;
use web_sys::{HtmlElement, MediaQueryList};

use super::document::{document, window};
use super::driver::Engine;
use super::listen::Listener;
use crate::flow::{layout, tokens};

/// A look that follows the person's choice of light or dark.
pub(super) struct Look {
    _scheme: Option<Listener>,
}

impl Engine {
    /// Puts a look on.
    pub(super) fn paint(&self, brand: Brand) {
        let scheme = window().match_media("(prefers-color-scheme: dark)").ok().flatten();
        put_on(&brand, scheme.as_ref().is_some_and(MediaQueryList::matches));
        let listener = scheme.map(|scheme| {
            let query = scheme.clone();
            Listener::on(&scheme, "change", move |_| put_on(&brand, query.matches()))
        });
        self.look.replace(Some(Look { _scheme: listener }));
    }
}

fn put_on(brand: &Brand, dark: bool) {
    let root = document().document_element();
    let Some(root) = root.and_then(|root| root.dyn_into::<HtmlElement>().ok()) else { return };
    let style = root.style();
    for (name, value) in tokens(brand, dark) {
        // Colours and lengths that the codec has let through.
        let _ = style.set_property(name, &value);
    }
    let _ = root.set_attribute("data-layout", layout(brand));
}

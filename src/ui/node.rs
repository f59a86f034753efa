//! Elements as values.
//!
//! Every element of the page has this one type. Leptos' `view!` gives each its own, and the code of building and
//! replacing it once a type; for a page that is drawn anew at each step that is the larger part of a bundle. It also
//! never reaches `innerHTML`, which `view!` does for nested static markup and which `trusted-types 'none'` forbids:
//! all that goes in is text.

use std::sync::Arc;

use leptos::attr::any_attribute::{AnyAttribute, IntoAnyAttribute as _};
use leptos::attr::custom::custom_attribute;
use leptos::ev::{EventDescriptor, on};
use leptos::html::{ElementChild as _, custom, img, input};
use leptos::prelude::{AddAnyAttr as _, AnyView, IntoAny as _};

/// An element under construction. In a box, because it is handed on with every call, and moving one word instead of
/// eight makes the bundle kilobytes smaller.
pub(crate) struct El(Box<Parts>);

struct Parts {
    tag: &'static str,
    attributes: Vec<AnyAttribute>,
    children: Vec<AnyView>,
}

/// A view that follows signals.
pub(crate) type Live<T> = Arc<dyn Fn() -> T + Send + Sync>;

/// Begins an element.
pub(crate) fn el(tag: &'static str) -> El {
    El(Box::new(Parts { tag, attributes: Vec::new(), children: Vec::new() }))
}

impl El {
    /// With an attribute.
    pub(crate) fn attr(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.0.attributes.push(custom_attribute(name, value.into()).into_any_attr());
        self
    }

    /// With an attribute, if there is a value.
    pub(crate) fn maybe(self, name: &'static str, value: Option<impl Into<String>>) -> Self {
        match value {
            Some(value) => self.attr(name, value),
            None => self,
        }
    }

    /// With an attribute that needs no value.
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Self {
        self.maybe(name, set.then_some(""))
    }

    /// With an attribute that follows signals, and is absent while there is no value.
    pub(crate) fn live_attr(mut self, name: &'static str, value: Live<Option<String>>) -> Self {
        self.0.attributes.push(custom_attribute(name, value).into_any_attr());
        self
    }

    /// With a class.
    pub(crate) fn class(self, names: &'static str) -> Self {
        self.attr("class", names)
    }

    /// With an event listener, see [`leptos::ev`]. Left out on the server.
    pub(crate) fn on<E>(mut self, event: E, handler: impl FnMut(E::EventType) + 'static) -> Self
    where
        E: EventDescriptor + Send + 'static,
        E::EventType: From<leptos::tachys::renderer::types::Event>,
    {
        // Boxed, so that there is one listener type an event and not one a closure.
        let handler: Box<dyn FnMut(E::EventType)> = Box::new(handler);
        self.0.attributes.push(on(event, handler).into_any_attr());
        self
    }

    /// With text in it. Markup in it stays text.
    pub(crate) fn text(mut self, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.0.children.push(text.into_any());
        }
        self
    }

    /// With an element, or something drawn already, in it.
    pub(crate) fn child(mut self, child: impl Into<AnyView>) -> Self {
        self.0.children.push(child.into());
        self
    }

    /// With several in it, or with one or none.
    pub(crate) fn children<C: Into<AnyView>>(mut self, children: impl IntoIterator<Item = C>) -> Self {
        // One by one: `extend` would bring its own code for each kind of iterator.
        for child in children {
            self = self.child(child);
        }
        self
    }

    /// With something in it that follows signals.
    pub(crate) fn live(mut self, view: Live<AnyView>) -> Self {
        self.0.children.push((move || view()).into_any());
        self
    }
}

impl From<El> for AnyView {
    fn from(El(el): El) -> Self {
        match el.tag {
            // The two void elements that occur; HTML has no end tag for them.
            "input" => input().add_any_attr(el.attributes).into_any(),
            "img" => img().add_any_attr(el.attributes).into_any(),
            tag => custom(tag).add_any_attr(el.attributes).child(el.children).into_any(),
        }
    }
}

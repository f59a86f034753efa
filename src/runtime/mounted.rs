//! A drawn page in the document.

use leptos::mount::{UnmountHandle, mount_to_renderer};
use leptos::prelude::{AnyView, Owner, Render};
use web_sys::Element;

use crate::pages;
use crate::screen::Page;
use crate::ui::wires::Wires;

/// A drawn page. Dropping it takes it out of the document and ends what it listens to.
pub(super) struct Mounted {
    _view: UnmountHandle<<AnyView as Render>::State>,
    owner: Owner,
}

impl Mounted {
    /// Draws a page into an element.
    pub(super) fn into(parent: &Element, page: &Page, wires: &Wires) -> Self {
        let owner = Owner::new();
        let view = owner.with(|| {
            let view = pages::draw(page, wires);
            mount_to_renderer(parent, move || view)
        });
        Self { _view: view, owner }
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}

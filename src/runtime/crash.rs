//! The page's own faults: what a person sees when its code has panicked (S76).
//!
//! After a panic nothing of ours can be relied on. So the page that says so is drawn at the start and kept aside;
//! the hook only puts it in, and its ways out are a link and a reload.

use std::cell::RefCell;
use std::panic::{self, PanicHookInfo};
use std::sync::Arc;

use leptos::prelude::Owner;
use wasm_bindgen::JsValue;
use web_sys::Element;

use super::document::{self, describe};
use super::mounted::Mounted;
use super::{focus, history};
use crate::flow::Event;
use crate::pages;
use crate::screen::{Chrome, Failure, FailureKind, Page, Screen};
use crate::text::Words;
use crate::ui::wires::Wires;

thread_local! {
    static ASIDE: RefCell<Option<Aside>> = const { RefCell::new(None) };
}

struct Aside {
    page: Element,
    title: String,
    locale: String,
}

/// Draws the page aside, and takes charge of panics.
pub(super) fn prepare(words: &Words) {
    let locale = document::language();
    let host = document::window().location().host().unwrap_or_default();
    let page = Page {
        chrome: Chrome { host, locale: locale.clone(), ..Chrome::default() },
        screen: Screen::Failure(Failure { kind: FailureKind::Crashed, reference: None }),
    };
    let Ok(aside) = document::document().create_element("div") else { return };
    let owner = Owner::new();
    let mounted = owner.with(|| {
        let mut wires = Wires::inert(words.clone(), 0);
        wires.send = Arc::new(|event| {
            if let Event::Retry = event {
                history::reload();
            }
        });
        Mounted::into(&aside, &page, &wires)
    });
    // They stay for as long as the document does: after a panic nothing must be taken down any more.
    std::mem::forget((mounted, owner));
    let title = pages::title(&page, words);
    ASIDE.set(Some(Aside { page: aside, title, locale }));
    panic::set_hook(Box::new(panicked));
}

fn panicked(info: &PanicHookInfo<'_>) {
    // Where, and not what: the message of a panic may hold a value.
    let place =
        info.location().map(|at| [at.file(), ":", &at.line().to_string()].concat()).unwrap_or_default();
    web_sys::console::error_1(&JsValue::from_str(&["The page has failed at ", &place].concat()));
    let Some(aside) = ASIDE.take() else { return };
    let Some(root) = document::element("app") else { return };
    root.set_text_content(None);
    while let Some(node) = aside.page.first_child() {
        let _ = root.append_child(&node);
    }
    describe(&aside.title, &aside.locale);
    focus::heading();
}

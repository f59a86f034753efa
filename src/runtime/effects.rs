//! Effects, one by one.

use super::driver::Engine;
use super::mounted::Mounted;
use super::takeover::Kept;
use super::{announce, document, focus, history};
use crate::flow::{Draw, Effect, State};
use crate::pages;

impl Engine {
    /// Does what the engine asks for.
    pub(super) fn carry_out(&self, effect: Effect, state: &State) {
        match effect {
            Effect::Call { id, call } => self.call(id, call, state),
            Effect::Abandon { call } => self.abandon(call),
            Effect::Draw(draw) => self.draw(draw, state),
            Effect::Push(route, place) => history::push(&route, place.as_ref()),
            Effect::Replace(route, place) => history::replace(&route, place.as_ref()),
            Effect::Leave { url, replace } => history::leave(&url, replace),
            Effect::LookAgain { after } => self.look_again(after),
            Effect::Work { salt, bits, from } => self.work_on(salt, bits, from),
            Effect::Reload => history::reload(),
            Effect::Announce(what) => announce::announce(&what, &self.wires.words),
            Effect::FocusHeading => focus::heading(),
            Effect::FocusField(name) => focus::field(&name),
            Effect::Paint(brand) => self.paint(*brand),
            Effect::TellTabs => self.tell_tabs(),
        }
    }

    /// Draws the page, aside first, so that the document never has none and nothing jumps.
    fn draw(&self, draw: Draw, state: &State) {
        let kept = match draw {
            Draw::Same => Some(Kept::of(&self.root)),
            Draw::Fresh => None,
        };
        let Ok(aside) = document::document().create_element("div") else { return };
        let mounted = Mounted::into(&aside, &state.page, &self.wires);
        let before = self.mounted.replace(Some(mounted));
        self.root.set_text_content(None);
        drop(before);
        while let Some(node) = aside.first_child() {
            // A node of this document, put into an element of this document.
            let _ = self.root.append_child(&node);
        }
        document::describe(&pages::title(&state.page, &self.wires.words), &state.page.chrome.locale);
        match kept {
            Some(kept) => kept.restore(&self.root),
            None => document::window().scroll_to_with_x_and_y(0.0, 0.0),
        }
        self.keep_time(&state.page);
    }
}

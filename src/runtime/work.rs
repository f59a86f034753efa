//! Work on a challenge, in moments short enough that nothing on the page stands still.

use vestibule_contract::challenge::solves;

use super::clock;
use super::driver::Engine;
use crate::flow::Event;

/// How long one moment is, in milliseconds: shorter than a picture on the screen.
const MOMENT: i64 = 12;
/// Numbers between two looks at the clock.
const AT_ONCE: u32 = 64;

impl Engine {
    /// Tries numbers for a moment, once what is to be drawn has been drawn.
    pub(super) fn work_on(&self, salt: String, bits: u32, from: u32) {
        let due = move |engine: &Self| {
            let (until, mut next) = (clock::now() + MOMENT, from);
            let found = loop {
                let tried = next..next.saturating_add(AT_ONCE);
                if let Some(number) = tried.clone().find(|it| solves(&salt, &it.to_string(), bits)) {
                    next = number;
                    break true;
                }
                next = tried.end;
                if clock::now() >= until {
                    break false;
                }
            };
            engine.send(Event::Worked { salt: salt.clone(), next, found });
        };
        self.again.replace(Some(self.later(0, due)));
    }
}

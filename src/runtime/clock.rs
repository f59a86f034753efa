//! The time, which runs only while something on the page counts down.

use std::cell::Cell;

use js_sys::Date;
use leptos::prelude::Set as _;

use super::driver::Engine;
use super::listen::Timer;
use crate::flow::deadlines;
use crate::screen::Page;
use crate::text::unix_ms;

/// A device that differs from the server by less is right enough: the page took that long to come.
const RIGHT_ENOUGH: i64 = 60_000;

thread_local! {
    static BEHIND: Cell<i64> = const { Cell::new(0) };
}

/// Sets the clock by the server's, for deadlines come from there and many a device's clock is wrong.
pub(super) fn set_by(server: i64) {
    let behind = server - now();
    if behind.abs() > RIGHT_ENOUGH {
        BEHIND.set(behind);
    }
}

/// Now, in unix milliseconds, by the server's clock.
#[expect(
    clippy::cast_possible_truncation,
    reason = "milliseconds of any date that a browser knows fit into 53 bits"
)]
pub(super) fn now() -> i64 {
    Date::now() as i64 + BEHIND.get()
}

impl Engine {
    /// Lets the clock run until the last deadline of a page has passed.
    pub(super) fn keep_time(&self, page: &Page) {
        self.now.set(now());
        let last = deadlines(page).into_iter().filter_map(|instant| unix_ms(instant)).max();
        let clock = last.filter(|last| *last > now()).map(|last| {
            let this = self.this.clone();
            Timer::every(1_000, move || {
                let Some(engine) = this.upgrade() else { return };
                let now = now();
                engine.now.set(now);
                if now > last {
                    engine.stop_clock();
                }
            })
        });
        self.clock.replace(clock);
    }

    /// Not from within the clock's own tick, whose code must not be gone while it runs.
    fn stop_clock(&self) {
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(engine) = this.upgrade() {
                engine.clock.take();
            }
        });
    }
}

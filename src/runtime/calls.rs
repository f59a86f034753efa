//! Requests under way: their patience, and their end.

use web_sys::AbortController;

use super::driver::Engine;
use super::listen::Timer;
use crate::client::{ApiError, Call, Reply, codec, http};
use crate::flow::{CallId, Event, State};

/// After this long, in milliseconds, the page says that it is still at work.
const SLOW: i32 = 1_000;
/// After this long it offers to try again.
const LATE: i32 = 10_000;
/// After this long it stops waiting.
const OVER: i32 = 30_000;

/// A request under way. Dropping it ends it.
pub(super) struct Running {
    controller: AbortController,
    _patience: [Timer; 3],
}

impl Drop for Running {
    fn drop(&mut self) {
        // Of no effect once the answer is there.
        self.controller.abort();
    }
}

impl Engine {
    /// Makes a request.
    pub(super) fn call(&self, id: CallId, call: Call, state: &State) {
        let Ok(controller) = AbortController::new() else {
            return self.send(Event::Replied { call: id, outcome: Err(ApiError::BadAnswer) });
        };
        let signal = controller.signal();
        let patience = [
            self.later(SLOW, move |engine| engine.send(Event::SlowTick { call: id })),
            self.later(LATE, move |engine| engine.send(Event::LateTick { call: id })),
            self.later(OVER, move |engine| engine.answered(id, Err(ApiError::Late))),
        ];
        self.calls.borrow_mut().push((id, Running { controller, _patience: patience }));
        let parts = codec::request(&call, &state.endpoints);
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            let response = http::fetch(&parts, &signal).await;
            let outcome = response.and_then(|response| codec::reply(&call, &response));
            if let Some(engine) = this.upgrade() {
                engine.answered(id, outcome);
            }
        });
    }

    /// Nobody waits for it any more.
    pub(super) fn abandon(&self, id: CallId) {
        drop(self.take_call(id));
    }

    /// A request that was abandoned, or has come to its end already, says nothing.
    fn answered(&self, call: CallId, outcome: Result<Reply, ApiError>) {
        if self.take_call(call).is_some() {
            self.send(Event::Replied { call, outcome });
        }
    }

    fn take_call(&self, id: CallId) -> Option<Running> {
        let mut calls = self.calls.borrow_mut();
        let at = calls.iter().position(|(open, _)| *open == id)?;
        Some(calls.swap_remove(at).1)
    }

    /// Lets the engine look again after some milliseconds.
    pub(super) fn look_again(&self, after: i32) {
        self.again.replace(Some(self.later(after, |engine| engine.send(Event::LookAgain))));
    }

    pub(super) fn later(&self, milliseconds: i32, due: impl Fn(&Self) + 'static) -> Timer {
        let this = self.this.clone();
        Timer::after(milliseconds, move || {
            if let Some(engine) = this.upgrade() {
                due(&engine);
            }
        })
    }
}

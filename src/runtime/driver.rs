//! The loop: take an event, let the engine decide, carry out what it asks for.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::rc::{Rc, Weak};
use std::sync::Arc;

use leptos::prelude::{LocalStorage, Owner, RwSignal, Set as _, StoredValue, WithValue as _};
use web_sys::{BroadcastChannel, Element};

use super::brand::Look;
use super::calls::Running;
use super::listen::{Listener, Timer};
use super::mounted::Mounted;
use super::{clock, form, history, tabs, time};
use crate::flow::{Busy, CallId, Event, State, step};
use crate::text::Words;
use crate::ui::wires::Wires;

/// The running page. Dropping it takes the page down: listeners, timers and requests end.
pub struct Driver {
    engine: Rc<Engine>,
    owner: Owner,
}

impl Driver {
    /// Puts everything up that the page needs, and sends it nothing yet.
    pub(super) fn new(root: Element, words: Words) -> Self {
        let owner = Owner::new();
        let engine = owner.with(|| Engine::new(root, words));
        Self { engine, owner }
    }

    /// Hands an event to the engine, after whatever is being dealt with.
    pub fn send(&self, event: Event) {
        self.engine.send(event);
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        self.owner.cleanup();
    }
}

/// What the running page consists of.
pub(super) struct Engine {
    /// The element that the page is drawn into.
    pub(super) root: Element,
    /// For closures that must not keep the page alive.
    pub(super) this: Weak<Self>,
    /// What the views are handed.
    pub(super) wires: Wires,
    /// The time that countdowns follow.
    pub(super) now: RwSignal<i64>,
    /// What is drawn.
    pub(super) mounted: RefCell<Option<Mounted>>,
    /// Requests under way.
    pub(super) calls: RefCell<Vec<(CallId, Running)>>,
    /// Runs while something counts down.
    pub(super) clock: RefCell<Option<Timer>>,
    /// Until the step is looked at again, or worked on.
    pub(super) again: RefCell<Option<Timer>>,
    /// The look of another organization than the server drew.
    pub(super) look: RefCell<Option<Look>>,
    /// To the other tabs of this browser.
    pub(super) tabs: Option<BroadcastChannel>,
    state: RefCell<Option<State>>,
    busy: RwSignal<Option<Busy>>,
    queue: RefCell<VecDeque<Event>>,
    awake: Cell<bool>,
    _listeners: Vec<Listener>,
}

impl Engine {
    fn new(root: Element, words: Words) -> Rc<Self> {
        let busy = RwSignal::new(None);
        let now = RwSignal::new(clock::now());
        Rc::new_cyclic(|this: &Weak<Self>| {
            // Views ask for handlers that could cross threads, which nothing here ever does.
            let line: StoredValue<Weak<Self>, LocalStorage> = StoredValue::new_local(this.clone());
            let wires = Wires {
                words,
                send: Arc::new(move |event| {
                    // A page that is gone hears nothing more.
                    if let Some(engine) = line.try_with_value(Weak::upgrade).flatten() {
                        engine.send(event);
                    }
                }),
                busy: busy.into(),
                now: now.into(),
                ticking: true,
                read_form: form::read,
                show_time: time::local,
            };
            let tabs = tabs::channel();
            let mut listeners = history::listeners(this);
            listeners.extend(tabs.as_ref().map(|channel| tabs::listener(channel, this)));
            Self {
                root,
                this: this.clone(),
                wires,
                now,
                mounted: RefCell::default(),
                calls: RefCell::default(),
                clock: RefCell::default(),
                again: RefCell::default(),
                look: RefCell::default(),
                tabs,
                state: RefCell::new(Some(State::before())),
                busy,
                queue: RefCell::default(),
                awake: Cell::new(false),
                _listeners: listeners,
            }
        })
    }

    /// Takes an event up. It is dealt with when the present handler has returned: a view may be replaced by what its
    /// own button sets off, and must not be gone while its code still runs.
    pub(super) fn send(&self, event: Event) {
        self.queue.borrow_mut().push_back(event);
        if self.awake.replace(true) {
            return;
        }
        let this = self.this.clone();
        wasm_bindgen_futures::spawn_local(async move {
            if let Some(engine) = this.upgrade() {
                engine.work();
            }
        });
    }

    fn work(&self) {
        loop {
            let event = self.queue.borrow_mut().pop_front();
            let Some(event) = event else { break };
            self.turn(event);
        }
        self.awake.set(false);
    }

    fn turn(&self, event: Event) {
        let Some(state) = self.state.borrow_mut().take() else { return };
        let before = state.busy.clone();
        let (state, effects) = step(state, event);
        if state.busy != before {
            self.busy.set(state.busy.clone());
        }
        for effect in effects {
            self.carry_out(effect, &state);
        }
        *self.state.borrow_mut() = Some(state);
    }
}

//! The engine: `step(State, Event) -> (State, Vec<Effect>)`, without a document, a network or a clock.
//!
//! Every decision that the page takes itself is here, and there are few: which requests an address needs, what
//! happens to an answer, what Back means, and whether an address may be followed. What comes next, and what is
//! allowed, the backend says. Each file adds one concern to [`turn::Turn`], which is one call of [`step`].

mod account;
mod again;
mod arrive;
mod away;
mod blocked;
pub mod busy;
mod countdown;
pub mod desk;
mod effect;
mod event;
mod failure;
mod history;
mod leave;
mod look;
mod panel;
mod show;
mod start;
mod state;
mod submit;
mod target;
mod turn;

pub use away::away;
pub use countdown::deadlines;
pub use effect::{Announcement, Draw, Effect};
pub use event::{Busy, CallId, Event, Phase, Start};
pub use look::{layout, tokens};
pub use state::State;
pub use target::{Target, target};

/// Takes one event: what the page is afterwards, and what is to be done, in this order.
pub fn step(state: State, event: Event) -> (State, Vec<Effect>) {
    let mut turn = turn::Turn { state, effects: Vec::new() };
    turn.take(event);
    (turn.state, turn.effects)
}

#[cfg(test)]
mod tests;

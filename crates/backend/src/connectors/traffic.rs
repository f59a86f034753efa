//! Keeps a connector that is down or slow from holding up everybody else: a breaker for each connector, and a bulkhead
//! for each organization (T22). In memory: after a restart every connector is tried anew.

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vestibule_domain::time::Timestamp;
use vestibule_storage::connectors::Connector;

use super::answer::Failure;

/// Failures in a row after which a connector is left alone.
const FAILURES: u32 = 5;
/// For how long.
const PAUSE: Duration = Duration::from_secs(30);
/// After this long, failures are forgotten.
const FORGET: Duration = Duration::from_hours(1);
/// Calls at once for one organization.
const AT_ONCE: usize = 8;

/// Who is being asked, and who has failed.
#[derive(Debug, Default)]
pub(super) struct Traffic(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// Calls under way, by organization.
    running: HashMap<String, usize>,
    /// Failures in a row, by organization and id.
    failing: HashMap<(String, String), Failing>,
}

/// What a connector showed of itself when it was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Showed<'a> {
    /// That it works.
    Life,
    /// An error of its own, when it was asked about this account. Of one person's it counts once in a row: what he typed
    /// may be the cause, and must not close the door for others.
    Fault(&'a str),
    /// Nothing.
    Nothing,
}

#[derive(Clone, Debug)]
struct Failing {
    in_a_row: u32,
    /// About whom the last fault was.
    about: Option<String>,
    /// The last failure, or when somebody went to try again.
    at: Timestamp,
}

/// Leave to ask, until it is dropped.
#[derive(Debug)]
pub(super) struct Permit<'t> {
    traffic: &'t Traffic,
    key: (String, String),
}

impl Traffic {
    /// Leave to ask a connector, or why there is none.
    ///
    /// # Errors
    /// [`Failure::Busy`] and [`Failure::BreakerOpen`].
    pub(super) fn enter(&self, connector: &Connector, now: Timestamp) -> Result<Permit<'_>, Failure> {
        let key = (connector.organization.clone(), connector.id.clone());
        let mut state = self.lock();
        if state.running.get(&key.0).is_some_and(|running| *running >= AT_ONCE) {
            return Err(Failure::Busy);
        }
        if let Some(failing) = state.failing.get_mut(&key)
            && failing.in_a_row >= FAILURES
        {
            if now.since(failing.at) < PAUSE {
                return Err(Failure::BreakerOpen);
            }
            // One tries; the others wait on. Should it never come back to tell, the next one tries after the pause.
            failing.at = now;
        }
        *state.running.entry(key.0.clone()).or_default() += 1;
        Ok(Permit { traffic: self, key })
    }

    /// The maps are whole between any two statements, so a panic elsewhere leaves them usable.
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// Notes how the connector did.
    pub(super) fn note(&self, showed: Showed<'_>, now: Timestamp) {
        let mut state = self.traffic.lock();
        let about = match showed {
            Showed::Life => {
                state.failing.remove(&self.key);
                return;
            }
            Showed::Fault(about) => Some(about),
            Showed::Nothing => None,
        };
        state.failing.retain(|_, failing| now.since(failing.at) < FORGET);
        let new = || Failing { in_a_row: 0, about: None, at: now };
        let failing = state.failing.entry(self.key.clone()).or_insert_with(new);
        if about.is_none() || failing.about.as_deref() != about {
            failing.in_a_row = failing.in_a_row.saturating_add(1);
        }
        failing.about = about.map(str::to_owned);
        failing.at = now;
    }
}

/// A call ends however it ends, also when nobody waits for it any longer.
impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut state = self.traffic.lock();
        if let Some(running) = state.running.get_mut(&self.key.0) {
            *running -= 1;
            if *running == 0 {
                state.running.remove(&self.key.0);
            }
        }
    }
}

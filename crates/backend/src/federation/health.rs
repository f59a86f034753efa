//! Which providers did not answer a moment ago (F06): told before somebody goes there in vain, and nobody else waits.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::Provider;

/// For how long a provider counts as down that nobody has tried since.
const PAUSE: Duration = Duration::from_mins(2);

/// Since when providers do not answer, by organization and id. Only for what people are told: it may be forgotten.
#[derive(Debug, Default)]
pub struct Health(Mutex<HashMap<(String, String), Timestamp>>);

impl Health {
    /// Notes whether a provider answered.
    pub fn note(&self, provider: &Provider, answered: bool, now: Timestamp) {
        let key = (provider.organization.clone(), provider.id.clone());
        let mut down = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if answered {
            down.remove(&key);
        } else {
            down.insert(key, now);
        }
    }

    /// Whether a provider did not answer a moment ago.
    pub fn is_down(&self, provider: &Provider, now: Timestamp) -> bool {
        let key = (provider.organization.clone(), provider.id.clone());
        let down = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        down.get(&key).is_some_and(|since| now.since(*since) < PAUSE)
    }
}

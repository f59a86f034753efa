//! What providers publish and change now and then, kept in memory: asked for when it is old, once more when it does not
//! fit, and never more often than that, whatever answers come (S45 to S47).

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vestibule_domain::provider::Failure;
use vestibule_domain::time::Timestamp;

/// A provider publishes what comes next beforehand; it is asked anew after this long.
const FRESH: Duration = Duration::from_hours(1);
/// Between two questions at one place because nothing fitted.
const PAUSE: Duration = Duration::from_mins(5);
/// Between two questions at a place that does not answer.
const DOWN: Duration = Duration::from_secs(15);
/// Places that are remembered. Beyond, the one that was asked longest ago is forgotten.
const MOST: usize = 1_000;

/// Answers by the place that they came from.
#[derive(Debug)]
pub struct Remembered<T>(Mutex<HashMap<String, Kept<T>>>);

#[derive(Debug)]
struct Kept<T> {
    found: Option<T>,
    /// When it was asked for.
    at: Timestamp,
    /// When it was last asked for because nothing fitted.
    again: Option<Timestamp>,
    /// When it last did not answer, unless it has since.
    down: Option<Timestamp>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

impl<T: Clone> Remembered<T> {
    /// What a place says, from memory while that is fresh.
    ///
    /// # Errors
    /// What `ask` gives, and the same for a moment without asking.
    pub async fn of(
        &self,
        place: &str,
        now: Timestamp,
        ask: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        if let Some(kept) = self.lock().get(place) {
            match &kept.found {
                Some(found) if now.since(kept.at) < FRESH => return Ok(found.clone()),
                Some(_) | None => {}
            }
            if kept.down.is_some_and(|down| now.since(down) < DOWN) {
                return Err(Failure::Unreachable);
            }
        }
        self.ask(place, now, ask).await
    }

    /// What a place says now, because what it said before did not fit; `None` when that was asked a moment ago.
    ///
    /// # Errors
    /// What `ask` gives.
    pub async fn again(
        &self,
        place: &str,
        now: Timestamp,
        ask: impl Future<Output = Result<T, Failure>>,
    ) -> Result<Option<T>, Failure> {
        // Noted before it is asked: of many answers at once one asks, and a place that is down is not asked more.
        if let Some(kept) = self.lock().get_mut(place) {
            if kept.again.is_some_and(|last| now.since(last) < PAUSE) {
                return Ok(None);
            }
            kept.again = Some(now);
        }
        self.ask(place, now, ask).await.map(Some)
    }

    /// What a place said last, however long ago.
    pub fn last(&self, place: &str) -> Option<T> {
        self.lock().get(place).and_then(|kept| kept.found.clone())
    }

    async fn ask(
        &self,
        place: &str,
        now: Timestamp,
        ask: impl Future<Output = Result<T, Failure>>,
    ) -> Result<T, Failure> {
        let said = ask.await;
        let mut all = self.lock();
        if !all.contains_key(place) && all.len() >= MOST {
            let oldest = all.iter().min_by_key(|(_, kept)| kept.at).map(|(place, _)| place.clone());
            oldest.and_then(|place| all.remove(&place));
        }
        let kept =
            all.entry(place.to_owned()).or_insert(Kept { found: None, at: now, again: None, down: None });
        match &said {
            Ok(found) => (kept.found, kept.at, kept.down) = (Some(found.clone()), now, None),
            Err(_) => kept.down = Some(now),
        }
        said
    }

    /// The map is whole between any two statements, so a panic elsewhere leaves it usable.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Kept<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

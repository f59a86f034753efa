//! Signing keys of identity providers, kept in memory.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use openidconnect::JsonWebKeySetUrl;
use openidconnect::core::CoreJsonWebKeySet;
use vestibule_domain::provider::Failure;
use vestibule_domain::time::Timestamp;

use crate::federation::http::Http;

/// A provider that changes its keys publishes the next one beforehand; they are asked for anew after this long.
const FRESH: Duration = Duration::from_hours(1);
/// Between two questions at one place, whatever tokens come (S47).
const PAUSE: Duration = Duration::from_mins(5);
/// Keys of one provider that are looked at.
const MOST_KEYS: usize = 50;

/// Keys by the address that they came from.
#[derive(Debug, Default)]
pub struct ProviderKeys(Mutex<HashMap<String, Kept>>);

#[derive(Clone, Debug)]
struct Kept {
    keys: CoreJsonWebKeySet,
    at: Timestamp,
    /// When they were last asked for because no key fitted.
    again: Option<Timestamp>,
}

impl ProviderKeys {
    /// The keys of a provider, from memory while they are fresh.
    ///
    /// # Errors
    /// When they are not at hand and the provider does not give them.
    pub async fn of(
        &self,
        http: &Http,
        url: &JsonWebKeySetUrl,
        now: Timestamp,
    ) -> Result<CoreJsonWebKeySet, Failure> {
        match self.kept(url) {
            Some(kept) if now.since(kept.at) < FRESH => Ok(kept.keys),
            Some(_) | None => self.fetch(http, url, now, None).await,
        }
    }

    /// The keys, asked for again because none fitted a token; `None` when that was done a moment ago (S45 to S47).
    ///
    /// # Errors
    /// When the provider does not give them.
    pub async fn again(
        &self,
        http: &Http,
        url: &JsonWebKeySetUrl,
        now: Timestamp,
    ) -> Result<Option<CoreJsonWebKeySet>, Failure> {
        {
            // Noted before it is asked: of many tokens at once one asks, and a provider that is down is not asked more.
            let mut all = self.lock();
            if let Some(kept) = all.get_mut(url.as_str()) {
                if kept.again.is_some_and(|last| now.since(last) < PAUSE) {
                    return Ok(None);
                }
                kept.again = Some(now);
            }
        }
        self.fetch(http, url, now, Some(now)).await.map(Some)
    }

    async fn fetch(
        &self,
        http: &Http,
        url: &JsonWebKeySetUrl,
        now: Timestamp,
        again: Option<Timestamp>,
    ) -> Result<CoreJsonWebKeySet, Failure> {
        let ask = http.asking();
        let keys = CoreJsonWebKeySet::fetch_async(url, &ask).await.map_err(|error| {
            tracing::warn!(%error, "the keys of an identity provider cannot be read");
            Failure::Unreachable
        })?;
        if keys.keys().len() > MOST_KEYS {
            return Err(Failure::Key);
        }
        let again = again.or_else(|| self.kept(url).and_then(|kept| kept.again));
        let kept = Kept { keys: keys.clone(), at: now, again };
        self.lock().insert(url.to_string(), kept);
        Ok(keys)
    }

    fn kept(&self, url: &JsonWebKeySetUrl) -> Option<Kept> {
        self.lock().get(url.as_str()).cloned()
    }

    /// The map is whole between any two statements, so a panic elsewhere leaves it usable.
    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

//! Certificates that changed since the organization's file was applied.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::Saml;

use super::metadata;
use crate::state::App;

/// Between two questions at one place, whatever answers come (S47).
const PAUSE: Duration = Duration::from_mins(5);

/// The newest certificates by the address of the metadata, and when that was last asked.
#[derive(Debug, Default)]
pub struct Renewed(Mutex<HashMap<String, Asked>>);

#[derive(Debug)]
struct Asked {
    at: Timestamp,
    found: Option<Vec<String>>,
}

impl Renewed {
    /// The map is whole between any two statements, so a panic elsewhere leaves it usable.
    fn lock(&self) -> MutexGuard<'_, HashMap<String, Asked>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A provider's certificates as its metadata has them now: asked at most once in five minutes, and remembered. `None`
/// when the metadata was given as text, or cannot be used, or is another provider's.
pub(super) async fn certificates(app: &App, settings: &Saml) -> Option<Vec<String>> {
    let url = settings.metadata_url.as_ref()?;
    let now = app.now();
    let before = {
        let mut known = app.renewed_certificates.lock();
        if let Some(asked) = known.get(url)
            && now.since(asked.at) < PAUSE
        {
            return asked.found.clone();
        }
        // Noted before it is asked, so that answers at the same time ask once; what was found before counts meanwhile.
        let before = known.get(url).and_then(|asked| asked.found.clone());
        known.insert(url.clone(), Asked { at: now, found: before.clone() });
        before
    };
    let found = match metadata::fetch(&app.http, url).await {
        Ok(text) => metadata::read(&text, Some(&settings.entity_id), now).map(|read| read.certificates),
        Err(error) => Err(error),
    };
    match found {
        Ok(found) => {
            let asked = Asked { at: now, found: Some(found.clone()) };
            app.renewed_certificates.lock().insert(url.clone(), asked);
            Some(found)
        }
        Err(error) => {
            tracing::warn!(%error, "changed certificates cannot be read");
            before
        }
    }
}

//! Certificates that changed since the organization's file was applied.

use vestibule_domain::provider::Failure;
use vestibule_storage::providers::Saml;

use super::metadata;
use crate::state::App;

/// A provider's certificates: as its metadata have them, where these are at an address that answers.
pub(super) async fn certificates(app: &App, settings: &Saml) -> Vec<String> {
    let Some(url) = &settings.metadata_url else { return settings.certificates.clone() };
    let (known, place) = (&app.renewed_certificates, place(settings, url));
    let found = known.of(&place, app.now(), ask(app, settings, url)).await.ok();
    // Whoever keeps us from reading them takes nobody's way in; what was known last counts on.
    found.or_else(|| known.last(&place)).unwrap_or_else(|| settings.certificates.clone())
}

/// The same, asked for because none fitted. `None` when there is nothing to ask, or that was done a moment ago.
pub(super) async fn again(app: &App, settings: &Saml) -> Option<Vec<String>> {
    let url = settings.metadata_url.as_ref()?;
    let place = place(settings, url);
    app.renewed_certificates.again(&place, app.now(), ask(app, settings, url)).await.ok().flatten()
}

/// What was read for one entity at an address says nothing of another, and nothing once the file was applied anew.
fn place(settings: &Saml, url: &str) -> String {
    [&[url.to_owned(), settings.entity_id.clone()], settings.certificates.as_slice()].concat().join(" ")
}

async fn ask(app: &App, settings: &Saml, url: &str) -> Result<Vec<String>, Failure> {
    let read = metadata::fetch(&app.http, url)
        .await
        .and_then(|text| metadata::read(&text, Some(&settings.entity_id), app.now()));
    read.map(|read| read.certificates).map_err(|error| {
        tracing::warn!(%error, "changed certificates cannot be read");
        Failure::Unreachable
    })
}

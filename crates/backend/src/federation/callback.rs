//! Where a provider sends people back.

use vestibule_storage::providers::Provider;

use crate::state::App;

/// An address for each organization and provider, so that an answer of one is never taken for another's (S40).
pub fn callback(app: &App, provider: &Provider) -> String {
    format!(
        "{}/federation/{}/{}/callback",
        app.config.public_url.origin(),
        provider.organization,
        provider.id
    )
}

/// The page that speaks to a provider itself, where the backend does not.
pub fn page(app: &App, provider: &Provider) -> String {
    format!("{}/federate/{}/{}", app.config.public_url.origin(), provider.organization, provider.id)
}

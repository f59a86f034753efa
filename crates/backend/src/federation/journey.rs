//! The way to a provider: an address, and the secrets that its answer has to fit (S41).

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::secret::TokenHash;
use vestibule_storage::providers::{Protocol, Provider};

use super::secret::StoredProviderError;
use super::{oauth, openid, saml};
use crate::flows::walk::WalkError;
use crate::state::App;

/// What they are sealed for; another sealed text does not open as these.
const PURPOSE: &str = "authorization";

/// A journey that has begun.
pub struct Journey {
    /// Where the browser goes; empty where a page of ours finds out.
    pub url: String,
    /// Its origin.
    pub origin: String,
    /// Hash of `state`, under which the answer is expected.
    pub state: TokenHash,
    /// What the answer has to fit, sealed for the database.
    pub sealed: String,
    /// What the front-end needs where it speaks to the provider itself.
    pub browser: Option<Browser>,
}

/// What the front-end needs to be a provider's client. Nothing of it is secret: the page is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Browser {
    /// Issuer.
    pub issuer: String,
    /// Client id there.
    pub client_id: String,
    /// What is asked for, separated by spaces.
    pub scope: String,
    /// The page that does it.
    pub redirect_uri: String,
    /// What the ID token has to hold; the journey is known by its hash.
    pub nonce: String,
    /// Whom the provider may expect.
    pub login_hint: Option<String>,
}

/// Whom the provider may expect.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hint<'a> {
    /// The address, where the person has typed it: whoever has only a link is not told it.
    pub address: Option<&'a EmailAddress>,
    /// The domain of the address, which everybody is shown.
    pub domain: Option<&'a str>,
}

/// Begins a journey. Asks nobody.
///
/// # Errors
/// When there is no randomness, or what is stored of the provider cannot be read.
pub fn begin(app: &App, provider: &Provider, hint: Hint<'_>) -> Result<Journey, WalkError> {
    match &provider.protocol {
        Protocol::OpenIdConnect(settings) => openid::begin::begin(app, provider, settings, hint),
        // No way to say whom to expect.
        Protocol::OAuth2(settings) => oauth::begin::begin(app, provider, settings),
        Protocol::Saml(settings) => saml::begin::begin(app, provider, settings),
    }
}

/// Seals what an answer has to fit.
pub(super) fn seal(app: &App, secrets: &impl Serialize) -> Result<String, WalkError> {
    Ok(app.sealer.seal(app.entropy.as_ref(), PURPOSE, &serde_json::to_vec(secrets)?)?)
}

/// Opens it.
pub(super) fn open<T: DeserializeOwned>(app: &App, sealed: &str) -> Result<T, StoredProviderError> {
    Ok(serde_json::from_slice(&app.sealer.open(PURPOSE, sealed)?)?)
}

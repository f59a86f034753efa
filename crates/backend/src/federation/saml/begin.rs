//! The way to a SAML identity provider.

use url::Url;
use vestibule_domain::secret::Token;
use vestibule_storage::providers::{Provider, Saml};

use super::answer::Journeyed;
use super::own;
use super::request::{SigningKey, address};
use crate::federation::journey::{Journey, seal};
use crate::federation::secret::{self, StoredProviderError};
use crate::flows::walk::WalkError;
use crate::state::App;

/// Begins a journey.
pub(in crate::federation) fn begin(
    app: &App,
    provider: &Provider,
    settings: &Saml,
) -> Result<Journey, WalkError> {
    let entropy = app.entropy.as_ref();
    let state = Token::generate(entropy)?;
    // An XML name does not begin with a digit.
    let id = format!("_{}", Token::generate(entropy)?.reveal());
    let key = settings.signing.as_ref().map(|signing| {
        let pem = secret::open(app, &signing.sealed_key)?;
        SigningKey::parse(&pem).map_err(|_| StoredProviderError::Address)
    });
    let sso_url = Url::parse(&settings.sso_url).map_err(|_| StoredProviderError::Address)?;
    let request = own::request(app, provider, settings, &id);
    let url = address(&sso_url, &request, &state.reveal(), key.transpose()?.as_ref())
        .map_err(|_| StoredProviderError::Address)?;
    Ok(Journey {
        origin: url.origin().ascii_serialization(),
        url: url.into(),
        state: state.hash(),
        browser: None,
        sealed: seal(app, &Journeyed::Asked { request: id })?,
    })
}

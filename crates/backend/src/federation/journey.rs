//! The way to a provider: an address, and the secrets that its answer has to fit (S41).

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::secret::{Token, TokenHash};
use vestibule_storage::providers::Provider;

use super::provider::{StoredProviderError, client};
use crate::flows::walk::WalkError;
use crate::state::App;

/// What they are sealed for; another sealed text does not open as these.
const PURPOSE: &str = "authorization";

/// What the answer has to fit. Never leaves the server but as a hash, or as what it has to be.
#[derive(Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// A journey that has begun.
pub struct Journey {
    /// Where the browser goes.
    pub url: String,
    /// Its origin.
    pub origin: String,
    /// Hash of `state`, under which the answer is expected.
    pub state: TokenHash,
    /// The secrets, sealed for the database.
    pub sealed: String,
}

/// Begins a journey. Asks nobody. `hint` is whom the provider may expect.
///
/// # Errors
/// When there is no randomness, or what is stored of the provider cannot be read.
pub fn begin(app: &App, provider: &Provider, hint: Option<&EmailAddress>) -> Result<Journey, WalkError> {
    let (client, _) = client(app, provider)?;
    let entropy = app.entropy.as_ref();
    let (state, nonce) = (Token::generate(entropy)?, Token::generate(entropy)?);
    let verifier = PkceCodeVerifier::new(Token::generate(entropy)?.reveal());
    let mut request = client
        .authorize_url(
            CoreAuthenticationFlow::AuthorizationCode,
            {
                let state = state.reveal();
                move || CsrfToken::new(state)
            },
            {
                let nonce = nonce.reveal();
                move || Nonce::new(nonce)
            },
        )
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(provider.settings.scopes.iter().cloned().map(Scope::new));
    if let Some(hint) = hint {
        request = request.set_login_hint(LoginHint::new(hint.display().to_owned()));
    }
    let (url, _, _) = request.url();
    let secrets = Secrets { nonce: nonce.reveal(), verifier: verifier.secret().clone() };
    Ok(Journey {
        origin: url.origin().ascii_serialization(),
        url: url.into(),
        state: state.hash(),
        sealed: app.sealer.seal(entropy, PURPOSE, &serde_json::to_vec(&secrets)?)?,
    })
}

/// Opens the secrets of a journey.
pub(super) fn open(app: &App, sealed: &str) -> Result<Secrets, StoredProviderError> {
    Ok(serde_json::from_slice(&app.sealer.open(PURPOSE, sealed)?)?)
}

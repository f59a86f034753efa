//! The way to an OAuth 2.0 server.

use oauth2::{CsrfToken, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};
use vestibule_domain::secret::Token;
use vestibule_storage::providers::{OAuth2, Provider};

use super::client::client;
use crate::federation::journey::{Journey, seal};
use crate::flows::walk::WalkError;
use crate::state::App;

/// What the answer has to fit.
#[derive(Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) verifier: String,
}

/// Begins a journey.
pub(in crate::federation) fn begin(
    app: &App,
    provider: &Provider,
    settings: &OAuth2,
) -> Result<Journey, WalkError> {
    let entropy = app.entropy.as_ref();
    let state = Token::generate(entropy)?;
    let verifier = PkceCodeVerifier::new(Token::generate(entropy)?.reveal());
    let shown = state.reveal();
    let (url, _) = client(app, provider, settings)?
        .authorize_url(move || CsrfToken::new(shown))
        .set_pkce_challenge(PkceCodeChallenge::from_code_verifier_sha256(&verifier))
        .add_scopes(settings.scopes.iter().cloned().map(Scope::new))
        .url();
    Ok(Journey {
        origin: url.origin().ascii_serialization(),
        url: url.into(),
        state: state.hash(),
        browser: None,
        sealed: seal(app, &Secrets { verifier: verifier.secret().clone() })?,
    })
}

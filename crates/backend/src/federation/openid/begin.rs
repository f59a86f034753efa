//! The way to an OpenID Connect provider.

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Kind;
use vestibule_domain::secret::Token;
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::provider::client;
use crate::federation::journey::{Journey, seal};
use crate::flows::walk::WalkError;
use crate::state::App;

/// What the answer has to fit. Never leaves the server but as a hash, or as what it has to be.
#[derive(Serialize, Deserialize)]
pub(super) struct Secrets {
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// Begins a journey.
pub(in crate::federation) fn begin(
    app: &App,
    provider: &Provider,
    settings: &OpenIdConnect,
    hint: Option<&EmailAddress>,
) -> Result<Journey, WalkError> {
    let (client, _) = client(app, provider, settings)?;
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
        .add_scopes(settings.scopes.iter().cloned().map(Scope::new));
    if let Some(hint) = hint {
        request = request.set_login_hint(LoginHint::new(hint.display().to_owned()));
    }
    if provider.kind == Kind::Apple {
        // It gives no address otherwise.
        request = request.add_extra_param("response_mode", "form_post");
    }
    let (url, _, _) = request.url();
    let secrets = Secrets { nonce: nonce.reveal(), verifier: verifier.secret().clone() };
    Ok(Journey {
        origin: url.origin().ascii_serialization(),
        url: url.into(),
        state: state.hash(),
        sealed: seal(app, &secrets)?,
    })
}

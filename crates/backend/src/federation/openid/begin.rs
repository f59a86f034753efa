//! The way to an OpenID Connect provider.

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{CsrfToken, LoginHint, Nonce, PkceCodeChallenge, PkceCodeVerifier, Scope};
use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Kind;
use vestibule_domain::secret::Token;
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::provider::{Metadata, client};
use crate::federation::callback::page;
use crate::federation::journey::{Browser, Hint, Journey, seal};
use crate::federation::secret::StoredProviderError;
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
    hint: Hint<'_>,
) -> Result<Journey, WalkError> {
    if settings.sealed_secret.is_none() {
        return in_the_browser(app, provider, settings, hint.address);
    }
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
    if let Some(address) = hint.address {
        request = request.set_login_hint(LoginHint::new(address.display().to_owned()));
    }
    // Where accounts of many organizations are, the domain leads to the right page at once; each calls it otherwise.
    let named = match provider.kind {
        Kind::Microsoft => Some("domain_hint"),
        Kind::Google => Some("hd"),
        Kind::OpenIdConnect
        | Kind::Saml
        | Kind::OAuth2
        | Kind::MicrosoftPersonal
        | Kind::Facebook
        | Kind::Apple
        | Kind::GitHub
        | Kind::LinkedIn => None,
    };
    let is_own = |domain: &&str| provider.kind.own_domains().contains(domain);
    if let (Some(name), Some(domain)) = (named, hint.domain.filter(|domain| !is_own(domain))) {
        request = request.add_extra_param(name, domain.to_owned());
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
        browser: None,
    })
}

/// The same where the front-end speaks to the provider: state and verifier are its own.
fn in_the_browser(
    app: &App,
    provider: &Provider,
    settings: &OpenIdConnect,
    hint: Option<&EmailAddress>,
) -> Result<Journey, WalkError> {
    let metadata: Metadata =
        serde_json::from_str(&settings.metadata).map_err(StoredProviderError::Metadata)?;
    let nonce = Token::generate(app.entropy.as_ref())?;
    let scopes = std::iter::once("openid").chain(settings.scopes.iter().map(String::as_str));
    Ok(Journey {
        url: String::new(),
        origin: metadata.authorization_endpoint().url().origin().ascii_serialization(),
        state: nonce.hash(),
        sealed: String::new(),
        browser: Some(Browser {
            issuer: settings.issuer.clone(),
            client_id: settings.client_id.clone(),
            scope: scopes.collect::<Vec<_>>().join(" "),
            redirect_uri: page(app, provider),
            nonce: nonce.reveal(),
            login_hint: hint.map(|hint| hint.display().to_owned()),
        }),
    })
}

//! The way to the provider.

use openidconnect::core::CoreAuthenticationFlow;
use openidconnect::{AsyncHttpClient, CsrfToken, LoginHint, Nonce, PkceCodeChallenge, Scope};
use serde::Serialize;
use vestibule_domain::provider::Failure;

use crate::provider::{Client, discover};

/// Where the browser goes, and what it keeps until it is back.
#[derive(Debug, Serialize)]
pub struct Departure {
    /// Where to.
    pub url: String,
    /// What the answer has to name (RFC 6749 section 10.12).
    pub state: String,
    /// What proves at the token endpoint that the code is ours (RFC 7636).
    pub verifier: String,
}

/// Begins a sign-in.
///
/// # Errors
/// When the provider does not answer, or is another than the step names.
pub async fn begin<H>(http: &H, client: &Client) -> Result<Departure, Failure>
where
    H: for<'c> AsyncHttpClient<'c>,
{
    let (public, _) = discover(http, client).await?;
    let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
    let nonce = Nonce::new(client.nonce.clone());
    // The library asks for `openid` itself.
    let scopes = client.scope.split_ascii_whitespace().filter(|scope| *scope != "openid");
    let mut request = public
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, move || nonce)
        .set_pkce_challenge(challenge)
        .add_scopes(scopes.map(|scope| Scope::new(scope.to_owned())));
    if let Some(hint) = &client.login_hint {
        request = request.set_login_hint(LoginHint::new(hint.clone()));
    }
    let (url, state, _) = request.url();
    Ok(Departure { url: url.into(), state: state.into_secret(), verifier: verifier.into_secret() })
}

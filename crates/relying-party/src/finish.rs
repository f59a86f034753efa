//! The way back: a code, and the ID token that comes for it.

use openidconnect::core::CoreIdTokenVerifier;
use openidconnect::{
    AsyncHttpClient, AuthorizationCode, ClaimsVerificationError, ClientId, Nonce, PkceCodeVerifier,
    RequestTokenError, SignatureVerificationError, TokenResponse as _,
};
use serde::Deserialize;
use vestibule_domain::provider::Failure;

use crate::provider::{ALGORITHMS, Client, discover};

/// What a provider says in the address that it sends people back to (RFC 6749 section 4.1.2, RFC 9207), and what was kept
/// for it. Whether `state` is the kept one, the page has looked at.
#[derive(Clone, Debug, Deserialize)]
pub struct Arrival {
    /// As it was when the sign-in began.
    pub client: Client,
    /// What proves that the code is ours.
    pub verifier: String,
    /// The code.
    pub code: Option<String>,
    /// Who answers.
    pub iss: Option<String>,
    /// What went wrong there.
    pub error: Option<String>,
}

/// Trades the code for an ID token and checks it. The provider's other tokens are dropped here.
///
/// Whether the token is over is left to the backend: its clock is right, and many a device's is not.
///
/// # Errors
/// See [`Failure`].
pub async fn finish<H>(http: &H, arrival: Arrival) -> Result<String, Failure>
where
    H: for<'c> AsyncHttpClient<'c>,
{
    let Arrival { client, verifier, code, iss, error } = arrival;
    let (public, metadata) = discover(http, &client).await?;
    // An answer of another issuer is taken to nobody (S40).
    let named = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match iss {
        Some(issuer) if issuer != client.issuer => return Err(Failure::MixUp),
        None if named => return Err(Failure::MixUp),
        Some(_) | None => {}
    }
    let code = match (error.as_deref(), code) {
        (Some("access_denied" | "login_required" | "interaction_required" | "consent_required"), _) => {
            return Err(Failure::Denied);
        }
        (Some(_), _) => return Err(Failure::ProviderError),
        (None, Some(code)) => code,
        (None, None) => return Err(Failure::Malformed),
    };
    let request = public.exchange_code(AuthorizationCode::new(code)).map_err(|_| Failure::Exchange)?;
    let request = request.set_pkce_verifier(PkceCodeVerifier::new(verifier));
    let answer = request.request_async(http).await.map_err(|error| match error {
        RequestTokenError::Request(_) => Failure::Unreachable,
        RequestTokenError::ServerResponse(_) | RequestTokenError::Parse(..) | RequestTokenError::Other(_) => {
            Failure::Exchange
        }
    })?;
    let token = answer.id_token().ok_or(Failure::NoIdToken)?;
    let us = ClientId::new(client.client_id);
    let verifier =
        CoreIdTokenVerifier::new_public_client(us, metadata.issuer().clone(), metadata.jwks().clone())
            .set_allowed_algs(ALGORITHMS)
            // The epoch: nothing is over yet.
            .set_time_fn(Default::default);
    match token.claims(&verifier, &Nonce::new(client.nonce)) {
        Ok(_) => Ok(token.to_string()),
        Err(error) => Err(failure_of(&error)),
    }
}

/// What is wrong with an ID token: the library's words in ours. Times are not told apart here: they are the backend's to
/// judge.
pub fn failure_of(error: &ClaimsVerificationError) -> Failure {
    match error {
        ClaimsVerificationError::InvalidAudience(_) => Failure::Audience,
        ClaimsVerificationError::InvalidIssuer(_) => Failure::Issuer,
        ClaimsVerificationError::InvalidNonce(_) => Failure::Nonce,
        ClaimsVerificationError::SignatureVerification(error) => match error {
            SignatureVerificationError::DisallowedAlg(_) | SignatureVerificationError::UnsupportedAlg(_) => {
                Failure::Algorithm
            }
            SignatureVerificationError::AmbiguousKeyId(_)
            | SignatureVerificationError::InvalidKey(_)
            | SignatureVerificationError::NoMatchingKey => Failure::Key,
            _ => Failure::Signature,
        },
        _ => Failure::Claims,
    }
}

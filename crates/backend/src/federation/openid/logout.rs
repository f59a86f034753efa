//! What a provider says when somebody has signed out there (OpenID Connect Back-Channel Logout 1.0).

use openidconnect::Nonce;
use openidconnect::core::CoreIdToken;
use serde::Deserialize;
use serde_json::{Map, Value};
use vestibule_domain::account::Identity;
use vestibule_domain::provider::Failure;
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::exchange::{LONGEST_TOKEN, part, payload, verify};
use super::provider::Metadata;
use crate::state::App;

/// The one event that is meant.
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// Its type, with and without the beginning that may be left out (RFC 7515 section 4.1.9).
const TYPES: [&str; 2] = ["logout+jwt", "application/logout+jwt"];

#[derive(Deserialize)]
struct Header {
    typ: String,
}

/// Claims of a logout token that an ID token does not have.
#[derive(Deserialize)]
struct Logout {
    jti: String,
    events: Map<String, Value>,
}

/// Somebody who has signed out.
#[derive(Debug)]
pub struct SignedOut {
    /// Who.
    pub identity: Identity,
    /// The token's own id: each counts once.
    pub token: String,
}

/// Reads a logout token. One that names a session and no subject is refused: sessions of the provider are not known here.
///
/// # Errors
/// See [`Failure`].
pub async fn signed_out(
    app: &App,
    provider: &Provider,
    settings: &OpenIdConnect,
    text: &str,
) -> Result<SignedOut, Failure> {
    if text.len() > LONGEST_TOKEN {
        return Err(Failure::NoIdToken);
    }
    let metadata: Metadata = serde_json::from_str(&settings.metadata).map_err(|_| Failure::Malformed)?;
    let token: CoreIdToken = text.parse().map_err(|_| Failure::NoIdToken)?;
    // An ID token is none: it has a nonce, and no such type.
    let Header { typ } = part(text, 0).ok_or(Failure::Claims)?;
    if !TYPES.iter().any(|one| typ.eq_ignore_ascii_case(one)) {
        return Err(Failure::Claims);
    }
    let none =
        |nonce: Option<&Nonce>| nonce.map_or(Ok(()), |_| Err("a logout token has no nonce".to_owned()));
    let claims = verify(app, settings, &metadata, &token, none, &TYPES).await?;
    let Logout { jti, events } = payload(text).ok_or(Failure::Claims)?;
    if jti.is_empty() || !events.get(EVENT).is_some_and(Value::is_object) {
        return Err(Failure::Claims);
    }
    let identity = Identity {
        provider: provider.id.clone(),
        issuer: claims.issuer().as_str().to_owned(),
        subject: claims.subject().as_str().to_owned(),
        organization: Some(provider.organization.clone()),
    };
    Ok(SignedOut { identity, token: jti })
}

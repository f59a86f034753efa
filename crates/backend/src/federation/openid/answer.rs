//! The answer of an OpenID Connect provider, to us or to the front-end.

use vestibule_domain::provider::{Failure, Kind};
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::exchange::{exchange, vouched_for};
use super::provider::Metadata;
use super::tenant;
use crate::federation::answer::{Answer, Person};
use crate::state::App;

/// Who it is. An answer of another issuer than was asked is taken to nobody (S40).
pub(in crate::federation) async fn person(
    app: &App,
    provider: &Provider,
    settings: &OpenIdConnect,
    sealed: &str,
    answer: Answer,
) -> Result<Person, Failure> {
    if settings.sealed_secret.is_none() {
        // The code of a public client is not ours to take.
        return Err(Failure::Malformed);
    }
    let metadata: Metadata = serde_json::from_str(&settings.metadata).map_err(|_| Failure::Malformed)?;
    let named = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match &answer.iss {
        Some(issuer) if !tenant::fits(&settings.issuer, issuer) => return Err(Failure::MixUp),
        None if named => return Err(Failure::MixUp),
        Some(_) | None => {}
    }
    exchange(app, provider, settings, sealed, answer.code()?).await
}

/// Who it is by an ID token that the front-end was given. It is checked like one that we were given ourselves.
pub(in crate::federation) async fn person_of(
    app: &App,
    kind: Kind,
    settings: &OpenIdConnect,
    nonce: String,
    id_token: &str,
) -> Result<Person, Failure> {
    let metadata: Metadata = serde_json::from_str(&settings.metadata).map_err(|_| Failure::Malformed)?;
    vouched_for(app, (kind, settings), &metadata, id_token, nonce).await
}

//! The answer of an OpenID Connect provider.

use vestibule_domain::provider::Failure;
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::exchange::exchange;
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
    let metadata: Metadata = serde_json::from_str(&settings.metadata).map_err(|_| Failure::Malformed)?;
    let named = metadata.additional_metadata().authorization_response_iss_parameter_supported;
    match &answer.iss {
        Some(issuer) if !tenant::fits(&settings.issuer, issuer) => return Err(Failure::MixUp),
        None if named => return Err(Failure::MixUp),
        Some(_) | None => {}
    }
    exchange(app, provider, settings, sealed, answer.code()?).await
}

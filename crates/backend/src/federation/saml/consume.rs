//! The assertion consumer service: what a provider lets the browser post is checked, and kept with its journey.

use std::sync::Arc;

use vestibule_domain::provider::Failure;
use vestibule_domain::secret::TokenHash;
use vestibule_storage::authorizations;
use vestibule_storage::providers::{self, Protocol, Provider, Saml};

use super::answer::Journeyed;
use super::certificate::{Key, decode};
use super::response::{self, Expected};
use super::{own, renew};
use crate::federation::answer::Person;
use crate::federation::journey::{open, seal};
use crate::flows::walk::WalkError;
use crate::state::Shared;

/// Takes the answer to an open journey of this organization and provider. Whatever else is posted here is nothing: only
/// what was asked for is answered (no response without a request), and once.
///
/// # Errors
/// When the store fails, or there is no randomness.
pub async fn consume(
    app: &Shared,
    state: &TokenHash,
    organization: &str,
    id: &str,
    answer: &str,
    delivery: &str,
) -> Result<(), WalkError> {
    let (wanted, place, now) = (state.clone(), (organization.to_owned(), id.to_owned()), app.now());
    let open_journey = app
        .store
        .read::<_, WalkError, _>(move |connection| {
            Box::pin(async move {
                let (organization, id) = place;
                let sealed = authorizations::sealed_of(connection, &wanted, &organization, &id, now).await?;
                let provider = providers::find_enabled(connection, &organization, &id).await?;
                Ok(sealed.zip(provider))
            })
        })
        .await?;
    let Some((sealed, provider)) = open_journey else { return Ok(()) };
    let Protocol::Saml(settings) = &provider.protocol else { return Ok(()) };
    let Journeyed::Asked { request } = open(app, &sealed)? else { return Ok(()) };
    let person = person(app, &provider, settings, &request, answer).await;
    let kept = seal(app, &Journeyed::by(person, delivery))?;
    let state = state.clone();
    app.store
        .write::<_, WalkError, _>(move |connection| {
            Box::pin(async move { Ok(authorizations::keep(connection, &state, &sealed, &kept, now).await?) })
        })
        .await?;
    Ok(())
}

/// Checks the answer by the provider's certificates; where none fits, once more by those that it has now.
async fn person(
    app: &Shared,
    provider: &Provider,
    settings: &Saml,
    request: &str,
    answer: &str,
) -> Result<Person, Failure> {
    let xml = decode(answer).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Failure::Malformed)?;
    let xml: Arc<str> = xml.into();
    let asked = Arc::new((
        settings.clone(),
        own::entity_id(app, provider),
        own::acs(app, provider),
        request.to_owned(),
    ));
    let now = app.now();
    // Beside the threads that answer requests: it takes as long as the document and its signatures are large.
    let read = async |certificates: Vec<String>| {
        let (xml, asked) = (xml.clone(), asked.clone());
        let checked = tokio::task::spawn_blocking(move || {
            let (settings, entity_id, acs, request) = &*asked;
            response::read(&xml, &keys(&certificates), &Expected { settings, entity_id, acs, request, now })
        });
        checked.await.unwrap_or(Err(Failure::Document))
    };
    match read(renew::certificates(app, settings).await).await {
        Err(Failure::Key) => match renew::again(app, settings).await {
            Some(certificates) => read(certificates).await,
            None => Err(Failure::Key),
        },
        read => read,
    }
}

/// Those that can be read: they were read when they were stored.
fn keys(certificates: &[String]) -> Vec<Key> {
    certificates.iter().filter_map(|certificate| Key::of_certificate(certificate).ok()).collect()
}

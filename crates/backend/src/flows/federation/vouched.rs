//! A proof that the front-end brings: the ID token that a provider gave to it, or why there is none.
//!
//! To check it takes keys that may have to be asked for, so it is done before the write transaction; there the journey is
//! taken, once (S55).

use vestibule_contract::field::action;
use vestibule_domain::provider::Failure;
use vestibule_domain::secret::Token;
use vestibule_storage::{authorizations, providers};

use crate::federation::answer::{Person, person_of};
use crate::flows::offered::{ERROR, ID_TOKEN};
use crate::flows::state::{FlowState, Stage};
use crate::flows::submit::{Submit, load};
use crate::flows::walk::{Walk, WalkError};
use crate::state::Shared;

/// What the front-end brings, checked.
pub struct Vouched {
    provider: providers::Provider,
    nonce: String,
    person: Result<Person, Failure>,
}

/// Checks what a submission brings. `None` where it brings nothing, or where its step does not wait for it: then the
/// submission finds that out itself.
pub async fn vouched(app: &Shared, request: &Submit) -> Result<Option<Vouched>, WalkError> {
    if request.body.action != action::COMPLETE {
        return Ok(None);
    }
    let (reader, id, binding) = (app.clone(), request.flow.clone(), request.binding.clone());
    let rev = request.body.rev;
    let waits = app
        .store
        .read::<_, WalkError, _>(|connection| {
            Box::pin(async move {
                let Ok(flow) = load(&reader, connection, &id, binding.as_ref()).await? else {
                    return Ok(None);
                };
                let state: FlowState = serde_json::from_str(&flow.state)?;
                let Stage::Federate { provider, browser: Some(browser), .. } = state.stage else {
                    return Ok(None);
                };
                if u64::try_from(flow.rev) != Ok(rev) {
                    return Ok(None);
                }
                let provider = providers::find_enabled(connection, &flow.organization, &provider.id).await?;
                Ok(provider.map(|provider| (provider, browser.nonce)))
            })
        })
        .await?;
    let Some((provider, nonce)) = waits else { return Ok(None) };
    let value = |name| request.body.values.get(name).filter(|value| !value.is_empty());
    let person = match (value(ID_TOKEN), value(ERROR)) {
        (Some(token), None) => person_of(app, &provider, nonce.clone(), token).await,
        // Only a name of ours reaches the audit.
        (None, Some(error)) => Err(Failure::parse(error).unwrap_or(Failure::ProviderError)),
        (Some(_), Some(_)) | (None, None) => Err(Failure::Malformed),
    };
    Ok(Some(Vouched { provider, nonce, person }))
}

impl Walk<'_> {
    /// Goes on with what the front-end brought, if its journey is still open.
    pub async fn vouched(&mut self, vouched: Vouched) -> Result<(), WalkError> {
        let Vouched { provider, nonce, person } = vouched;
        let taken = match Token::parse(&nonce) {
            Ok(nonce) => {
                let (organization, flow) = (self.organization.clone(), self.flow.clone());
                authorizations::take(
                    self.connection,
                    &nonce.hash(),
                    &organization,
                    &provider.id,
                    &flow,
                    self.now,
                )
                .await?
            }
            Err(_) => None,
        };
        let person = if taken.is_some() { person } else { Err(Failure::Expired) };
        self.answered(&provider, person).await
    }
}

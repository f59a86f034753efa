//! Signing keys of OpenID Connect providers.

use std::collections::HashMap;

use axum::http::Request;
use openidconnect::core::CoreJsonWebKeySet;
use openidconnect::{IssuerUrl, JsonWebKeySetUrl};
use serde::Deserialize;
use vestibule_domain::provider::Failure;

use super::tenant;
use crate::outgoing::http::Http;

/// Keys of one provider that are looked at.
const MOST_KEYS: usize = 50;

/// A provider's keys.
#[derive(Clone, Debug)]
pub struct ProviderKeys {
    /// As the library takes them.
    pub set: CoreJsonWebKeySet,
    /// Whose tokens a key signs, by its id, where a provider of many tenants says so (Microsoft Entra).
    issuers: HashMap<String, String>,
}

#[derive(Deserialize)]
struct Published {
    keys: Vec<Signs>,
}

#[derive(Deserialize)]
struct Signs {
    kid: Option<String>,
    issuer: Option<String>,
}

impl ProviderKeys {
    /// Whether the key of this id may sign for this issuer.
    pub fn sign_for(&self, kid: Option<&str>, issuer: &IssuerUrl) -> bool {
        let said = kid.and_then(|kid| self.issuers.get(kid));
        said.is_none_or(|said| tenant::fits(said, issuer))
    }
}

/// Asks a provider for its keys.
///
/// # Errors
/// When it does not give them.
pub async fn fetch(http: &Http, url: &JsonWebKeySetUrl) -> Result<ProviderKeys, Failure> {
    let request = Request::get(url.as_str()).body(Vec::new()).map_err(|_| Failure::Unreachable)?;
    let answer = http.call(request).await.map_err(|error| {
        tracing::warn!(%error, "the keys of an identity provider cannot be read");
        Failure::Unreachable
    })?;
    read(answer.body()).ok_or_else(|| {
        tracing::warn!(
            url = url.as_str(),
            "what should be the keys of an identity provider is something else"
        );
        Failure::Unreachable
    })
}

fn read(body: &[u8]) -> Option<ProviderKeys> {
    let set: CoreJsonWebKeySet = serde_json::from_slice(body).ok()?;
    let Published { keys } = serde_json::from_slice(body).ok()?;
    let issuers = keys.into_iter().take(MOST_KEYS).filter_map(|key| key.kid.zip(key.issuer)).collect();
    (set.keys().len() <= MOST_KEYS).then_some(ProviderKeys { set, issuers })
}

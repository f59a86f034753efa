//! A provider's own description, and ourselves as its client.

use openidconnect::core::{CoreClient, CoreClientAuthMethod, CoreResponseType};
use openidconnect::http::Request;
use openidconnect::{AuthType, ClientId, ClientSecret, DiscoveryError, IssuerUrl, RedirectUrl};
use url::Url;
use vestibule_storage::providers::{OpenIdConnect, Provider};

use super::{keys, tenant};
use crate::federation::callback::callback;
use crate::federation::secret::{self, StoredProviderError};
use crate::outgoing::http::{Http, HttpError};
use crate::state::App;

pub use vestibule_relying_party::{ALGORITHMS, Metadata, Ourselves as Client};

/// Why a provider cannot be used. Each says what to do.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    /// Not an address.
    #[error(
        "`{0}` is not an issuer: give the https address without query and fragment that the provider names itself by"
    )]
    Issuer(String),
    /// Its description cannot be read.
    #[error("{at}: {reason}")]
    Description {
        /// Where it should be.
        at: String,
        /// What is wrong.
        reason: String,
    },
    /// It cannot do what is needed.
    #[error("{0}")]
    Missing(&'static str),
}

/// Reads and checks a provider's description (OpenID Connect Discovery 1.0), keys included.
///
/// # Errors
/// When it cannot be used, with the reason.
pub async fn describe(http: &Http, issuer: &str) -> Result<Metadata, Unusable> {
    let url = Url::parse(issuer).ok().filter(|url| {
        ["https", "http"].contains(&url.scheme()) && url.query().is_none() && url.fragment().is_none()
    });
    let no_issuer = || Unusable::Issuer(issuer.to_owned());
    let url = url.ok_or_else(no_issuer)?;
    let issuer_url = IssuerUrl::new(issuer.to_owned()).map_err(|_| no_issuer())?;
    let metadata = if issuer.contains(tenant::PLACE) {
        of_all_tenants(http, issuer).await?
    } else {
        of_issuer(http, issuer, issuer_url).await?
    };
    if metadata.token_endpoint().is_none() {
        return Err(Unusable::Missing(
            "the provider has no token endpoint: the authorization code flow needs one",
        ));
    }
    let code =
        |types: &openidconnect::ResponseTypes<CoreResponseType>| types.iter().eq([&CoreResponseType::Code]);
    if !metadata.response_types_supported().iter().any(code) {
        return Err(Unusable::Missing("the provider does not offer the response type `code`"));
    }
    let signs = metadata.id_token_signing_alg_values_supported();
    if !signs.iter().any(|algorithm| ALGORITHMS.contains(algorithm)) {
        return Err(Unusable::Missing(
            "the provider signs ID tokens by no algorithm that is taken here: RS, PS or ES with 256 to 512 bits",
        ));
    }
    // Whoever could read the way to the provider could take the code on the way back.
    if url.scheme() == "https" && metadata.authorization_endpoint().url().scheme() != "https" {
        return Err(Unusable::Missing("the provider's authorization endpoint is not https"));
    }
    if metadata.jwks().keys().is_empty() {
        return Err(Unusable::Missing("the provider publishes no keys"));
    }
    Ok(metadata)
}

async fn of_issuer(http: &Http, issuer: &str, url: IssuerUrl) -> Result<Metadata, Unusable> {
    let ask = http.asking();
    Metadata::discover_async(url, &ask).await.map_err(|error| {
        let reason = match error {
            DiscoveryError::Request(error) => HttpError::to_string(&error),
            other => other.to_string(),
        };
        Unusable::Description { at: tenant::described_at(issuer), reason }
    })
}

/// The library compares the issuer with the address that the description was asked for at; here they differ by design.
async fn of_all_tenants(http: &Http, issuer: &str) -> Result<Metadata, Unusable> {
    let at = tenant::described_at(issuer);
    let wrong = |reason: String| Unusable::Description { at: at.clone(), reason };
    let request = Request::get(&at).body(Vec::new()).map_err(|error| wrong(error.to_string()))?;
    let answer = http.call(request).await.map_err(|error| wrong(error.to_string()))?;
    // What is there instead is told nobody: it may be a page of this network.
    let none = "no description of an OpenID Connect provider is there";
    let metadata: Metadata = serde_json::from_slice(answer.body()).map_err(|_| wrong(none.to_owned()))?;
    if metadata.issuer().as_str() != issuer {
        return Err(wrong(format!("unexpected issuer {}", metadata.issuer().as_str())));
    }
    let keys = keys::fetch(http, metadata.jwks_uri()).await;
    let keys = keys.map_err(|_| wrong("the keys at its `jwks_uri` cannot be read".to_owned()))?;
    Ok(metadata.set_jwks(keys.set))
}

/// Ourselves as a provider's client, and its description.
///
/// # Errors
/// When what is stored cannot be read: the secret of this installation was changed.
pub(super) fn client(
    app: &App,
    provider: &Provider,
    settings: &OpenIdConnect,
) -> Result<(Client, Metadata), StoredProviderError> {
    let OpenIdConnect { client_id, sealed_secret, metadata, .. } = settings;
    let metadata: Metadata = serde_json::from_str(metadata)?;
    let secret = sealed_secret.as_deref().map(|sealed| secret::open(app, sealed)).transpose()?;
    let basic = CoreClientAuthMethod::ClientSecretBasic;
    let posts = metadata.token_endpoint_auth_methods_supported().is_some_and(|known| {
        !known.contains(&basic) && known.contains(&CoreClientAuthMethod::ClientSecretPost)
    });
    let redirect = RedirectUrl::new(callback(app, provider)).map_err(|_| StoredProviderError::Address)?;
    let client = CoreClient::from_provider_metadata(
        metadata.clone(),
        ClientId::new(client_id.clone()),
        secret.map(ClientSecret::new),
    )
    .set_redirect_uri(redirect)
    .set_auth_type(if posts { AuthType::RequestBody } else { AuthType::BasicAuth });
    Ok((client, metadata))
}

//! The provider's own description, and ourselves as its client.

use openidconnect::core::{
    CoreAuthDisplay, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod, CoreGrantType,
    CoreJsonWebKey, CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm,
    CoreJwsSigningAlgorithm, CoreResponseMode, CoreResponseType, CoreSubjectIdentifierType,
};
use openidconnect::{
    AdditionalProviderMetadata, AsyncHttpClient, AuthType, ClientId, DiscoveryError, EndpointMaybeSet,
    EndpointNotSet, EndpointSet, IssuerUrl, ProviderMetadata, RedirectUrl,
};
use serde::{Deserialize, Serialize};
use vestibule_domain::provider::Failure;

/// How ID tokens may be signed: by asymmetric keys, and by algorithms that nobody advises against (S44).
pub const ALGORITHMS: [CoreJwsSigningAlgorithm; 8] = [
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
];

/// What the step says: which provider, and what we are there.
#[derive(Clone, Debug, Deserialize)]
pub struct Client {
    /// Issuer, byte for byte as the provider names itself.
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// What is asked for, separated by spaces.
    pub scope: String,
    /// The page that the provider sends people back to.
    pub redirect_uri: String,
    /// What the ID token has to hold.
    pub nonce: String,
    /// Whom the provider may expect.
    pub login_hint: Option<String>,
}

/// What of the description the library does not read.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Extra {
    /// Whether answers name their issuer (RFC 9207).
    #[serde(default)]
    pub authorization_response_iss_parameter_supported: bool,
}

impl AdditionalProviderMetadata for Extra {}

/// A provider's description.
pub type Metadata = ProviderMetadata<
    Extra,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

/// Ourselves as a client, public or with a secret.
pub type Ourselves = CoreClient<
    EndpointSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointNotSet,
    EndpointMaybeSet,
    EndpointMaybeSet,
>;

/// Reads the provider's description and its keys (OpenID Connect Discovery 1.0), which has to name the very issuer (S39).
pub(crate) async fn discover<H>(http: &H, client: &Client) -> Result<(Ourselves, Metadata), Failure>
where
    H: for<'c> AsyncHttpClient<'c>,
{
    let issuer = IssuerUrl::new(client.issuer.clone()).map_err(|_| Failure::Malformed)?;
    let metadata = Metadata::discover_async(issuer, http).await.map_err(|error| match error {
        DiscoveryError::Request(_) | DiscoveryError::Response(..) => Failure::Unreachable,
        DiscoveryError::Validation(_) => Failure::Issuer,
        _ => Failure::Malformed,
    })?;
    // Whoever could read the way to the provider could take the code on the way back.
    let scheme = metadata.authorization_endpoint().url().scheme();
    if scheme != "https" && (scheme != "http" || client.issuer.starts_with("https:")) {
        return Err(Failure::Malformed);
    }
    let redirect = RedirectUrl::new(client.redirect_uri.clone()).map_err(|_| Failure::Malformed)?;
    let public =
        CoreClient::from_provider_metadata(metadata.clone(), ClientId::new(client.client_id.clone()), None)
            .set_redirect_uri(redirect)
            .set_auth_type(AuthType::RequestBody);
    Ok((public, metadata))
}

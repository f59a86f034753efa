//! Ourselves as the client of an OAuth 2.0 server.

use oauth2::basic::BasicClient;
use oauth2::{AuthType, AuthUrl, ClientId, ClientSecret, EndpointNotSet, EndpointSet, RedirectUrl, TokenUrl};
use vestibule_storage::providers::{OAuth2, Provider};

use crate::federation::callback::callback;
use crate::federation::secret::{self, StoredProviderError};
use crate::state::App;

pub(super) type Client =
    BasicClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointSet>;

/// Ourselves, with the secret.
pub(super) fn client(
    app: &App,
    provider: &Provider,
    settings: &OAuth2,
) -> Result<Client, StoredProviderError> {
    let none = |_| StoredProviderError::Address;
    Ok(BasicClient::new(ClientId::new(settings.client_id.clone()))
        .set_client_secret(ClientSecret::new(secret::open(app, &settings.sealed_secret)?))
        // In the body: what all servers take that are spoken to like this.
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(settings.authorization_endpoint.clone()).map_err(none)?)
        .set_token_uri(TokenUrl::new(settings.token_endpoint.clone()).map_err(none)?)
        .set_redirect_uri(RedirectUrl::new(callback(app, provider)).map_err(none)?))
}

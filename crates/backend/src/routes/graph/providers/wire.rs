//! Stored providers in Graph's shape. No answer has a secret.

use vestibule_contract::identity_provider::{
    BASE, BUILT_IN, ClientAuthentication, HIDDEN, IdentityProvider, IdentityProviderDetails, OIDC,
    SECRET_AUTHENTICATION, SOCIAL,
};
use vestibule_domain::provider::Kind;
use vestibule_storage::organizations::Organization;
use vestibule_storage::providers::managed::Managed;
use vestibule_storage::providers::{OAuth2, Protocol};

use crate::federation::callback::callback;
use crate::federation::openid::described_at;
use crate::state::App;

/// Id of the one-time code, as in Graph.
pub(in crate::routes::graph) const CODE: &str = "EmailOtpSignup-OAUTH";

/// Where the resources are.
pub(super) const PATH: &str = "/v1.0/identity/identityProviders";

/// Ourselves as a client, whatever is spoken.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Client<'p> {
    pub(super) id: Option<&'p str>,
    pub(super) sealed_secret: Option<&'p str>,
    pub(super) scopes: &'p [String],
    /// Only where the issuer is the provider's own name, and not made of its addresses.
    pub(super) issuer: Option<&'p str>,
    pub(super) endpoints: Option<&'p OAuth2>,
}

/// What a protocol says of us.
pub(super) fn client(protocol: &Protocol) -> Client<'_> {
    match protocol {
        Protocol::OpenIdConnect(settings) => Client {
            id: Some(&settings.client_id),
            sealed_secret: settings.sealed_secret.as_deref(),
            scopes: &settings.scopes,
            issuer: Some(&settings.issuer),
            endpoints: None,
        },
        Protocol::OAuth2(settings) => Client {
            id: Some(&settings.client_id),
            sealed_secret: Some(&settings.sealed_secret),
            scopes: &settings.scopes,
            issuer: None,
            endpoints: Some(settings),
        },
        // Nobody's client: there is no secret between the two.
        Protocol::Saml(_) => Client::default(),
    }
}

/// Graph's type of a kind.
pub(in crate::routes::graph) fn odata_type(kind: Kind) -> &'static str {
    match kind {
        Kind::OpenIdConnect => OIDC,
        Kind::Saml | Kind::OAuth2 => BASE,
        Kind::Google
        | Kind::Microsoft
        | Kind::MicrosoftPersonal
        | Kind::Facebook
        | Kind::Apple
        | Kind::GitHub
        | Kind::LinkedIn => SOCIAL,
    }
}

/// Graph's `identityProviderType` of a kind.
pub(in crate::routes::graph) fn provider_type(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::OpenIdConnect | Kind::Saml | Kind::OAuth2 => None,
        Kind::Google => Some("Google"),
        Kind::Microsoft => Some("Microsoft"),
        Kind::MicrosoftPersonal => Some("MicrosoftPersonal"),
        Kind::Facebook => Some("Facebook"),
        Kind::Apple => Some("Apple"),
        Kind::GitHub => Some("GitHub"),
        Kind::LinkedIn => Some("LinkedIn"),
    }
}

/// The one-time code.
pub(in crate::routes::graph) fn code(organization: &Organization) -> IdentityProvider {
    let enabled = organization.settings.redemption_order.email_code;
    IdentityProvider {
        odata_type: BUILT_IN.to_owned(),
        id: CODE.to_owned(),
        display_name: "Email One Time Passcode".to_owned(),
        identity_provider_type: Some("EmailOTP".to_owned()),
        state: Some(if enabled { "enabled" } else { "disabled" }.to_owned()),
        ..IdentityProvider::default()
    }
}

/// A provider.
pub(super) fn provider(app: &App, managed: &Managed) -> IdentityProvider {
    let Managed { provider, position, source } = managed;
    let bare = IdentityProvider {
        odata_type: odata_type(provider.kind).to_owned(),
        id: provider.id.clone(),
        display_name: provider.label.clone(),
        identity_provider_type: provider_type(provider.kind).map(str::to_owned),
        vestibule: Some(IdentityProviderDetails {
            kind: provider.kind.as_str().to_owned(),
            enabled: provider.enabled,
            domains: provider.domains.clone(),
            position: *position,
            source: source.as_str().to_owned(),
            callback: callback(app, provider),
        }),
        ..IdentityProvider::default()
    };
    let (client, hidden) = (client(&provider.protocol), || HIDDEN.to_owned());
    match bare.odata_type.as_str() {
        SOCIAL => IdentityProvider {
            client_id: client.id.map(str::to_owned),
            client_secret: client.sealed_secret.map(|_| hidden()),
            issuer: client.issuer.map(str::to_owned),
            scope: Some(client.scopes.join(" ")),
            ..bare
        },
        OIDC => IdentityProvider {
            client_id: client.id.map(str::to_owned),
            client_authentication: client.sealed_secret.map(|_| ClientAuthentication {
                odata_type: SECRET_AUTHENTICATION.to_owned(),
                client_secret: hidden(),
            }),
            issuer: client.issuer.map(str::to_owned),
            well_known_endpoint: client.issuer.map(described_at),
            response_type: Some("code".to_owned()),
            scope: Some(format!("openid {}", client.scopes.join(" ")).trim_end().to_owned()),
            ..bare
        },
        // Graph has no more of these.
        _ => bare,
    }
}

/// A provider as a resource of its own.
pub(super) fn entity(app: &App, provider: IdentityProvider) -> IdentityProvider {
    let context = format!("{}/$entity", context(app));
    IdentityProvider { odata_context: Some(context), ..provider }
}

/// The context of the list.
pub(super) fn context(app: &App) -> String {
    format!("{}/v1.0/$metadata#identity/identityProviders", app.config.public_url.origin())
}

//! The management plane's identity providers, shaped like Microsoft Graph's `/identity/identityProviders`.
//!
//! `socialIdentityProvider` and `builtInIdentityProvider` are Graph v1.0's, `oidcIdentityProvider` is its beta's. What
//! Graph lacks stands in one member of its own, `vestibule`.

use core::fmt;

use serde::{Deserialize, Serialize};

/// `@odata.type` of the one-time code.
pub const BUILT_IN: &str = "#microsoft.graph.builtInIdentityProvider";
/// `@odata.type` of a provider that is known by name.
pub const SOCIAL: &str = "#microsoft.graph.socialIdentityProvider";
/// `@odata.type` of some OpenID Connect provider.
pub const OIDC: &str = "#microsoft.graph.oidcIdentityProvider";
/// `@odata.type` of what Graph has no type for. Read only.
pub const BASE: &str = "#microsoft.graph.identityProviderBase";
/// `@odata.type` of a client that shows a secret.
pub const SECRET_AUTHENTICATION: &str = "#microsoft.graph.oidcClientSecretAuthentication";

/// Stands in answers for a client secret.
pub const HIDDEN: &str = "******";

/// A secret on its way in. Is written nowhere.
#[derive(Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct WriteOnly(pub String);

impl fmt::Debug for WriteOnly {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("WriteOnly([redacted])")
    }
}

/// Body of `POST` and `PATCH`. A `PATCH` changes what it names; `id`, `@odata.type` and `identityProviderType` cannot be
/// changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityProviderRequest {
    /// `#microsoft.graph.socialIdentityProvider` or `#microsoft.graph.oidcIdentityProvider`.
    #[serde(default, rename = "@odata.type")]
    pub odata_type: Option<String>,
    /// Unlike Graph, chosen by the caller: 2 to 40 characters of `a-z`, `0-9` and `-`; a part of the callback's address.
    #[serde(default)]
    pub id: Option<String>,
    /// The name that people press. Known providers have one of their own.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Of a social provider: `Google`, `Facebook`, `Microsoft`, `MicrosoftPersonal`, `GitHub`, `LinkedIn` or `Apple`.
    #[serde(default)]
    pub identity_provider_type: Option<String>,
    /// Our id there.
    #[serde(default)]
    pub client_id: Option<String>,
    /// Our secret there. In a `PATCH`, `******` leaves it as it is.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>, write_only))]
    pub client_secret: Option<WriteOnly>,
    /// Graph's place for the secret of an OpenID Connect provider; instead of `clientSecret`.
    #[serde(default)]
    pub client_authentication: Option<ClientAuthenticationRequest>,
    /// The issuer, byte for byte. Known providers have one of their own; for `Microsoft`, it chooses one tenant.
    #[serde(default)]
    pub issuer: Option<String>,
    /// Follows from the issuer; refused when it does not.
    #[serde(default)]
    pub well_known_endpoint: Option<String>,
    /// Only `code`.
    #[serde(default)]
    pub response_type: Option<String>,
    /// What is asked for, separated by spaces.
    #[serde(default)]
    pub scope: Option<String>,
    /// What Graph lacks.
    #[serde(default)]
    pub vestibule: Option<IdentityProviderExtras>,
}

/// How we show at the provider who we are, on the way in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientAuthenticationRequest {
    /// Only `#microsoft.graph.oidcClientSecretAuthentication`.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// Our secret there.
    #[cfg_attr(feature = "generate", schema(value_type = String, write_only))]
    pub client_secret: WriteOnly,
}

/// What Graph's provider lacks, on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct IdentityProviderExtras {
    /// Whether it may be used; yes, when nothing is said. One that is not is not asked for its description.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// Domains that it speaks for, besides its own.
    #[serde(default)]
    pub domains: Option<Vec<String>>,
    /// Its place in the order; behind the others, when nothing is said.
    #[serde(default)]
    pub position: Option<u16>,
}

/// An identity provider as it is read.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct IdentityProvider {
    /// OData context, on single resources.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// What of Graph's types it is.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// Its id.
    pub id: String,
    /// The name that people press.
    pub display_name: String,
    /// Which known provider it is; `EmailOTP` is the one-time code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identity_provider_type: Option<String>,
    /// Of the one-time code: `enabled` or `disabled`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Our id there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Always `******`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<String>,
    /// How we show who we are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_authentication: Option<ClientAuthentication>,
    /// The issuer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<String>,
    /// Where it describes itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub well_known_endpoint: Option<String>,
    /// `code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub response_type: Option<String>,
    /// What is asked for, separated by spaces.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope: Option<String>,
    /// What Graph lacks; not on the one-time code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub vestibule: Option<IdentityProviderDetails>,
}

/// How we show at the provider who we are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ClientAuthentication {
    /// `#microsoft.graph.oidcClientSecretAuthentication`.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// Always `******`.
    pub client_secret: String,
}

/// What Graph's provider lacks, on the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct IdentityProviderDetails {
    /// What it is, as an organization's file names it: `openid_connect`, `google`, …
    pub kind: String,
    /// Whether it may be used.
    pub enabled: bool,
    /// Domains that it speaks for, besides its own.
    pub domains: Vec<String>,
    /// Its place in the order.
    pub position: i64,
    /// Who says what it is: the organization's `file`, which alone changes it, or the `api`.
    pub source: String,
    /// Where it has to send people back to: what is entered as redirect URI there.
    pub callback: String,
}

/// Body of `GET /v1.0/identity/identityProviders`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct IdentityProviders {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// In the order of the organization, the one-time code last.
    pub value: Vec<IdentityProvider>,
}

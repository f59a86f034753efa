//! What somebody wants of a provider: as a file or a call says it, before the provider was asked.

use serde::Deserialize;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::provider::Kind;
use vestibule_domain::secret::SecretString;

/// A provider as it is wanted. What a kind knows by itself can be left out (see [`super::preset`]).
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Its id in the organization: a slug, part of its callback address.
    pub id: OrganizationId,
    /// Its name, as people press it.
    pub label: Option<String>,
    /// What it is.
    #[serde(default = "openid_connect")]
    pub kind: Kind,
    /// Whether it may be used.
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Domains that it speaks for, besides its own.
    #[serde(default)]
    pub domains: Vec<String>,
    /// OpenID Connect: the issuer. In `{tenantid}` of Microsoft Entra any tenant may stand.
    pub issuer: Option<String>,
    /// OpenID Connect: who speaks to the provider.
    #[serde(default)]
    pub mode: Mode,
    /// Our id there.
    pub client_id: Option<String>,
    /// Our secret there.
    pub client_secret: Option<SecretString>,
    /// What is asked for.
    pub scopes: Option<Vec<String>>,
    /// OAuth 2.0: where people agree.
    pub authorization_endpoint: Option<String>,
    /// OAuth 2.0: where codes become tokens.
    pub token_endpoint: Option<String>,
    /// OAuth 2.0: where it says who signed in.
    pub userinfo_endpoint: Option<String>,
    /// OAuth 2.0: where it lists addresses and which are verified, when it does not say so with the person.
    pub emails_endpoint: Option<String>,
}

impl Wanted {
    /// A provider of which nothing is said but what it is.
    pub fn new(id: OrganizationId, kind: Kind) -> Self {
        Self {
            id,
            label: None,
            kind,
            enabled: true,
            domains: Vec::new(),
            issuer: None,
            mode: Mode::default(),
            client_id: None,
            client_secret: None,
            scopes: None,
            authorization_endpoint: None,
            token_endpoint: None,
            userinfo_endpoint: None,
            emails_endpoint: None,
        }
    }
}

/// Who speaks to an OpenID Connect provider.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// This backend, as a confidential client.
    #[default]
    Redirect,
    /// The front-end, as a public client.
    Browser,
}

fn openid_connect() -> Kind {
    Kind::OpenIdConnect
}

/// Providers are on unless they are said to be off.
pub fn yes() -> bool {
    true
}

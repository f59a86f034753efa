//! Identity providers of an organization.

pub mod managed;

use serde::{Deserialize, Serialize};
use vestibule_domain::provider::{self, Kind};

use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

mod saml;

pub use saml::{NameId, Saml, Signing};

const TABLE: &str = "providers";

/// Providers that an organization may have: all of them are read where people choose one.
pub const MOST: usize = 50;

/// An identity provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provider {
    /// Organization.
    pub organization: String,
    /// Its id, unique in the organization.
    pub id: String,
    /// Its name, as people see it.
    pub label: String,
    /// Its mark.
    pub kind: Kind,
    /// Whether it may be used. Taken away, it is so at once and for whatever is under way (S53).
    pub enabled: bool,
    /// Domains that it speaks for.
    pub domains: Vec<String>,
    /// How it is spoken to.
    pub protocol: Protocol,
}

/// Who says what a provider, or a connector, is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// The organization's file.
    File,
    /// The API.
    Api,
}

impl Source {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Api => "api",
        }
    }

    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        match text {
            "file" => Ok(Self::File),
            "api" => Ok(Self::Api),
            _ => Err(format!("{text} is unknown")),
        }
    }
}

/// How an identity provider is spoken to, and what that takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// OpenID Connect.
    OpenIdConnect(OpenIdConnect),
    /// OAuth 2.0, at a server that tells who signed in.
    OAuth2(OAuth2),
    /// SAML 2.0 (Web Browser SSO).
    Saml(Saml),
}

/// An OpenID Connect provider, as its client knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIdConnect {
    /// Issuer, byte for byte as in its tokens (S39).
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// Our client secret there, sealed. A public client has none: the front-end speaks to the provider then.
    pub sealed_secret: Option<String>,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// The provider's own description (OpenID Connect Discovery 1.0), as it was when this was saved; JSON.
    pub metadata: String,
}

/// An OAuth 2.0 server, as a confidential client knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OAuth2 {
    /// What the subjects are unique at: the origin of the authorization endpoint.
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// Our client secret there, sealed.
    pub sealed_secret: String,
    /// What is asked for.
    pub scopes: Vec<String>,
    /// Where people agree.
    pub authorization_endpoint: String,
    /// Where codes become tokens.
    pub token_endpoint: String,
    /// Where it says who signed in.
    pub userinfo_endpoint: String,
    /// Where it lists addresses and which are verified.
    pub emails_endpoint: Option<String>,
}

impl Protocol {
    /// Whether the front-end speaks to the provider, as a public client.
    pub fn is_of_browser(&self) -> bool {
        matches!(self, Self::OpenIdConnect(OpenIdConnect { sealed_secret: None, .. }))
    }

    /// What is sealed of it: our secret there, or our key.
    pub fn sealed(&mut self) -> Option<&mut String> {
        match self {
            Self::OpenIdConnect(settings) => settings.sealed_secret.as_mut(),
            Self::OAuth2(settings) => Some(&mut settings.sealed_secret),
            Self::Saml(settings) => settings.signing.as_mut().map(|signing| &mut signing.sealed_key),
        }
    }

    fn name(&self) -> &'static str {
        match self {
            Self::OpenIdConnect(_) => "openid_connect",
            Self::OAuth2(_) => "oauth2",
            Self::Saml(_) => "saml",
        }
    }

    fn settings(&self) -> Result<String, serde_json::Error> {
        match self {
            Self::OpenIdConnect(settings) => serde_json::to_string(settings),
            Self::OAuth2(settings) => serde_json::to_string(settings),
            Self::Saml(settings) => serde_json::to_string(settings),
        }
    }

    fn read(row: &Reader<'_>) -> Result<Self, StoreError> {
        match row.text("protocol")?.as_str() {
            "openid_connect" => row.json("settings").map(Self::OpenIdConnect),
            "oauth2" => row.json("settings").map(Self::OAuth2),
            "saml" => row.json("settings").map(Self::Saml),
            _ => row.parse("protocol", |protocol| Err(format!("{protocol} is unknown"))),
        }
    }
}

impl Provider {
    /// As the rules see it.
    pub fn rules(&self) -> provider::Provider<'_> {
        provider::Provider { id: &self.id, kind: self.kind, enabled: self.enabled, domains: &self.domains }
    }
}

fn read(row: &Reader<'_>) -> Result<Provider, StoreError> {
    Ok(Provider {
        organization: row.text("organization")?,
        id: row.text("id")?,
        label: row.text("label")?,
        kind: row.parse("kind", |kind| Kind::parse(kind).map_err(|error| error.to_string()))?,
        enabled: row.flag("enabled")?,
        domains: row.json("domains")?,
        protocol: Protocol::read(row)?,
    })
}

/// An organization's providers, in its own order.
pub async fn list(connection: &mut Connection, organization: &str) -> Result<Vec<Provider>, StoreError> {
    let rows = sqlx::query("SELECT * FROM providers WHERE organization = $1 ORDER BY position, id")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, read)
}

/// The provider of an id, if it may be used.
pub async fn find_enabled(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<Provider>, StoreError> {
    let row = sqlx::query("SELECT * FROM providers WHERE organization = $1 AND id = $2 AND enabled = 1")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// Makes the providers of an organization's file these, in this order. One that the API made under the same id gives
/// way; the others stay.
pub async fn replace(
    connection: &mut Connection,
    organization: &str,
    providers: &[Provider],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM providers WHERE organization = $1 AND source = 'file'")
        .bind(organization)
        .execute(&mut *connection)
        .await?;
    for (position, provider) in (0_i64..).zip(providers) {
        managed::delete(connection, organization, &provider.id).await?;
        insert(connection, provider, position, Source::File).await?;
    }
    Ok(())
}

/// Stores a provider. `false` when its id is taken.
async fn insert(
    connection: &mut Connection,
    provider: &Provider,
    position: i64,
    source: Source,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO providers \
         (organization, id, position, label, kind, enabled, domains, protocol, settings, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (organization, id) DO NOTHING",
    )
    .bind(&provider.organization)
    .bind(&provider.id)
    .bind(position)
    .bind(&provider.label)
    .bind(provider.kind.as_str())
    .bind(i64::from(provider.enabled))
    .bind(serde_json::to_string(&provider.domains)?)
    .bind(provider.protocol.name())
    .bind(provider.protocol.settings()?)
    .bind(source.as_str())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

//! Identity providers of an organization.

use serde::{Deserialize, Serialize};
use vestibule_domain::provider;

use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

const TABLE: &str = "providers";

/// An identity provider.
#[derive(Clone, Debug)]
pub struct Provider {
    /// Organization.
    pub organization: String,
    /// Its id, unique in the organization.
    pub id: String,
    /// Its name, as people see it.
    pub label: String,
    /// Whether it may be used. Taken away, it is so at once and for whatever is under way (S53).
    pub enabled: bool,
    /// Domains that it speaks for.
    pub domains: Vec<String>,
    /// How it is spoken to.
    pub settings: OpenIdConnect,
}

/// An OpenID Connect provider, as a confidential client knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenIdConnect {
    /// Issuer, byte for byte as in its tokens (S39).
    pub issuer: String,
    /// Our client id there.
    pub client_id: String,
    /// Our client secret there, sealed.
    pub sealed_secret: String,
    /// What is asked for besides `openid`.
    pub scopes: Vec<String>,
    /// The provider's own description (OpenID Connect Discovery 1.0), as it was when this was saved; JSON.
    pub metadata: String,
}

impl Provider {
    /// As the rules see it.
    pub fn rules(&self) -> provider::Provider<'_> {
        provider::Provider { id: &self.id, enabled: self.enabled, domains: &self.domains }
    }
}

fn read(row: &Reader<'_>) -> Result<Provider, StoreError> {
    Ok(Provider {
        organization: row.text("organization")?,
        id: row.text("id")?,
        label: row.text("label")?,
        enabled: row.flag("enabled")?,
        domains: row.json("domains")?,
        settings: row.json("settings")?,
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

/// Makes an organization's providers these, in this order.
pub async fn replace(
    connection: &mut Connection,
    organization: &str,
    providers: &[Provider],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM providers WHERE organization = $1")
        .bind(organization)
        .execute(&mut *connection)
        .await?;
    for (position, provider) in (0_i64..).zip(providers) {
        sqlx::query(
            "INSERT INTO providers (organization, id, position, label, enabled, domains, settings) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(organization)
        .bind(&provider.id)
        .bind(position)
        .bind(&provider.label)
        .bind(i64::from(provider.enabled))
        .bind(serde_json::to_string(&provider.domains)?)
        .bind(serde_json::to_string(&provider.settings)?)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

//! API tokens of an organization, for the management plane.

use vestibule_domain::secret::TokenHash;
use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// An API token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiToken {
    /// Organization.
    pub organization: String,
    /// Id.
    pub id: String,
    /// What it is for, in its maker's words.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<String>,
}

/// Stores a new token.
pub async fn insert(
    connection: &mut Connection,
    token: &ApiToken,
    hash: &TokenHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO api_tokens (organization, id, name, hash, scopes, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&token.organization)
    .bind(&token.id)
    .bind(&token.name)
    .bind(hash.as_str())
    .bind(serde_json::to_string(&token.scopes)?)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// The live token of a hash.
pub async fn find(connection: &mut Connection, hash: &TokenHash) -> Result<Option<ApiToken>, StoreError> {
    let row = sqlx::query("SELECT * FROM api_tokens WHERE hash = $1 AND revoked_at IS NULL")
        .bind(hash.as_str())
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), "api_tokens", |row| {
        Ok(ApiToken {
            organization: row.text("organization")?,
            id: row.text("id")?,
            name: row.text("name")?,
            scopes: row.json("scopes")?,
        })
    })
}

/// Revokes a token. `false` when there is no such live one.
pub async fn revoke(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE api_tokens SET revoked_at = $3 WHERE organization = $1 AND id = $2 AND revoked_at IS NULL",
    )
    .bind(organization)
    .bind(id)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

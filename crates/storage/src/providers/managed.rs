//! Identity providers as they are managed: each with its place in the order, and with who says what it is.

use super::{Provider, Source, TABLE, insert, read};
use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

/// A provider as it is managed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managed {
    /// The provider.
    pub provider: Provider,
    /// Its place: lower ones come first, and equal ones by id.
    pub position: i64,
    /// Who says what it is.
    pub source: Source,
}

fn managed(row: &Reader<'_>) -> Result<Managed, StoreError> {
    Ok(Managed {
        provider: read(row)?,
        position: row.number("position")?,
        source: row.parse("source", Source::parse)?,
    })
}

/// An organization's providers, in its own order.
pub async fn list(connection: &mut Connection, organization: &str) -> Result<Vec<Managed>, StoreError> {
    let rows = sqlx::query("SELECT * FROM providers WHERE organization = $1 ORDER BY position, id")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, managed)
}

/// The provider of an id, whether it may be used or not.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<Managed>, StoreError> {
    let row = sqlx::query("SELECT * FROM providers WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, managed)
}

/// Stores a provider that the API made, behind the others unless it has a place. `None` when its id is taken.
pub async fn create(
    connection: &mut Connection,
    provider: &Provider,
    position: Option<i64>,
) -> Result<Option<Managed>, StoreError> {
    let position = match position {
        Some(position) => position,
        None => next_position(connection, &provider.organization).await?,
    };
    let source = Source::Api;
    let made = insert(connection, provider, position, source).await?;
    Ok(made.then(|| Managed { provider: provider.clone(), position, source }))
}

async fn next_position(connection: &mut Connection, organization: &str) -> Result<i64, StoreError> {
    let row = sqlx::query(
        "SELECT COALESCE(MAX(position) + 1, 0) AS position FROM providers WHERE organization = $1",
    )
    .bind(organization)
    .fetch_optional(connection)
    .await?;
    Ok(one(row.as_ref(), TABLE, |row| row.number("position"))?.unwrap_or_default())
}

/// Changes a provider that the API made. `false` when there is no such one.
pub async fn update(
    connection: &mut Connection,
    provider: &Provider,
    position: i64,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE providers SET position = $3, label = $4, kind = $5, enabled = $6, domains = $7, protocol = $8, \
         settings = $9 WHERE organization = $1 AND id = $2 AND source = 'api'",
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
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a provider that the API made. `false` when there is no such one.
pub async fn delete(connection: &mut Connection, organization: &str, id: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM providers WHERE organization = $1 AND id = $2 AND source = 'api'")
        .bind(organization)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

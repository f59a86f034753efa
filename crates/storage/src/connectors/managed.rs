//! API connectors as they are managed: each with who says what it is.

use super::{Connector, TABLE, insert, read};
use crate::providers::Source;
use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

/// A connector as it is managed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managed {
    /// The connector.
    pub connector: Connector,
    /// Who says what it is.
    pub source: Source,
}

fn managed(row: &Reader<'_>) -> Result<Managed, StoreError> {
    Ok(Managed { connector: read(row)?, source: row.parse("source", Source::parse)? })
}

/// An organization's connectors, by id.
pub async fn list(connection: &mut Connection, organization: &str) -> Result<Vec<Managed>, StoreError> {
    let rows = sqlx::query("SELECT * FROM connectors WHERE organization = $1 ORDER BY id")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, managed)
}

/// The connector of an id.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<Managed>, StoreError> {
    let row = sqlx::query("SELECT * FROM connectors WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, managed)
}

/// Stores a connector that the API made. `false` when its id is taken. Whether there is room for it
/// ([`MOST`](super::MOST)) is asked before, in the same write transaction.
pub async fn create(connection: &mut Connection, connector: &Connector) -> Result<bool, StoreError> {
    insert(connection, connector, Source::Api).await
}

/// Changes a connector that the API made. `false` when there is no such one.
pub async fn update(connection: &mut Connection, connector: &Connector) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE connectors SET name = $3, target_url = $4, authentication = $5, timeout_seconds = $6, \
         on_failure = $7 WHERE organization = $1 AND id = $2 AND source = 'api'",
    )
    .bind(&connector.organization)
    .bind(&connector.id)
    .bind(&connector.name)
    .bind(&connector.target_url)
    .bind(serde_json::to_string(&connector.authentication)?)
    .bind(i64::from(connector.timeout_seconds))
    .bind(connector.on_failure.as_str())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a connector that the API made. `false` when there is no such one.
pub async fn delete(connection: &mut Connection, organization: &str, id: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM connectors WHERE organization = $1 AND id = $2 AND source = 'api'")
        .bind(organization)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

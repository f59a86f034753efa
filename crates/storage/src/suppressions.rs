//! Who does not want to be invited any more: by one organization, or by any of this installation (T23).

use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;

use crate::row::all;
use crate::{Connection, StoreError};

/// Whose invitations are not wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Of one organization.
    Organization(String),
    /// Of any organization of this installation.
    Everybody,
}

impl Scope {
    /// As the table has it.
    fn column(&self) -> &str {
        match self {
            Self::Organization(id) => id,
            Self::Everybody => "",
        }
    }
}

/// An address that is left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The address in its canonical form.
    pub address_key: String,
    /// By whom.
    pub scope: Scope,
    /// Since when.
    pub since: Timestamp,
}

/// Leaves an address alone. `false` when it was already.
pub async fn add(
    connection: &mut Connection,
    address: &EmailAddress,
    scope: &Scope,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO suppressions (address_key, organization, since) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
    )
    .bind(address.key())
    .bind(scope.column())
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets an address be invited again. `false` when it could be.
pub async fn lift(
    connection: &mut Connection,
    address: &EmailAddress,
    scope: &Scope,
) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM suppressions WHERE address_key = $1 AND organization = $2")
        .bind(address.key())
        .bind(scope.column())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

/// Lets an address be invited again by everybody. `false` when it could be.
pub async fn lift_all(connection: &mut Connection, address: &EmailAddress) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM suppressions WHERE address_key = $1")
        .bind(address.key())
        .execute(connection)
        .await?;
    Ok(done.rows_affected() > 0)
}

/// Why an organization's invitations are not wanted, the widest scope first. Empty when they are welcome.
pub async fn of(
    connection: &mut Connection,
    address: &EmailAddress,
    organization: &str,
) -> Result<Vec<Suppression>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM suppressions WHERE address_key = $1 AND organization IN ('', $2) ORDER BY organization",
    )
    .bind(address.key())
    .bind(organization)
    .fetch_all(connection)
    .await?;
    read(&rows)
}

/// Every address that is left alone.
pub async fn list(connection: &mut Connection) -> Result<Vec<Suppression>, StoreError> {
    let rows = sqlx::query("SELECT * FROM suppressions ORDER BY address_key, organization")
        .fetch_all(connection)
        .await?;
    read(&rows)
}

fn read(rows: &[sqlx::any::AnyRow]) -> Result<Vec<Suppression>, StoreError> {
    all(rows, "suppressions", |row| {
        let organization = row.text("organization")?;
        Ok(Suppression {
            address_key: row.text("address_key")?,
            scope: if organization.is_empty() { Scope::Everybody } else { Scope::Organization(organization) },
            since: row.at("since")?,
        })
    })
}

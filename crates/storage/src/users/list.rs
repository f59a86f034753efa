//! Users of an organization, as lists.

use super::{TABLE, User, read};
use crate::row::all;
use crate::{Connection, StoreError};

/// The guests, by address.
pub async fn guests(connection: &mut Connection, organization: &str) -> Result<Vec<User>, StoreError> {
    let rows =
        sqlx::query("SELECT * FROM users WHERE organization = $1 AND role = 'guest' ORDER BY address_key")
            .bind(organization)
            .fetch_all(connection)
            .await?;
    all(&rows, TABLE, read)
}

/// The users that the organization's file made.
pub async fn of_file(connection: &mut Connection, organization: &str) -> Result<Vec<User>, StoreError> {
    let rows = sqlx::query("SELECT * FROM users WHERE organization = $1 AND creation = 'file'")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, read)
}

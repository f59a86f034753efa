//! What people agreed to.

use vestibule_domain::time::Timestamp;

use crate::row::all;
use crate::{Connection, StoreError};

/// A consent as it was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Id.
    pub id: String,
    /// When it was given.
    pub given_at: Timestamp,
    /// When it was taken back.
    pub revoked_at: Option<Timestamp>,
    /// What was said in it, as JSON.
    pub record: String,
}

/// Stores a consent. `false` when the user has a live one already.
pub async fn give(
    connection: &mut Connection,
    organization: &str,
    user: &str,
    consent: &Consent,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO consents (organization, id, user_id, given_at, record) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT DO NOTHING",
    )
    .bind(organization)
    .bind(&consent.id)
    .bind(user)
    .bind(consent.given_at.0)
    .bind(&consent.record)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Takes a consent back. `false` when the user has no such live consent.
pub async fn revoke(
    connection: &mut Connection,
    organization: &str,
    user: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE consents SET revoked_at = $4 \
         WHERE organization = $1 AND user_id = $2 AND id = $3 AND revoked_at IS NULL",
    )
    .bind(organization)
    .bind(user)
    .bind(id)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// A user's consents, newest first.
pub async fn list(
    connection: &mut Connection,
    organization: &str,
    user: &str,
) -> Result<Vec<Consent>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM consents WHERE organization = $1 AND user_id = $2 ORDER BY given_at DESC, id",
    )
    .bind(organization)
    .bind(user)
    .fetch_all(connection)
    .await?;
    all(&rows, "consents", |row| {
        Ok(Consent {
            id: row.text("id")?,
            given_at: row.at("given_at")?,
            revoked_at: row.at_option("revoked_at")?,
            record: row.text("record")?,
        })
    })
}

/// Whether a user has a live consent.
pub async fn is_given(
    connection: &mut Connection,
    organization: &str,
    user: &str,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT 1 AS one FROM consents WHERE organization = $1 AND user_id = $2 AND revoked_at IS NULL",
    )
    .bind(organization)
    .bind(user)
    .fetch_optional(connection)
    .await?;
    Ok(row.is_some())
}

//! Answers kept for clients that ask again with the same key (P3).

use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// A kept answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// Hash of the request's body.
    pub body_hash: String,
    /// The answer, sealed: it may hold a link.
    pub answer: String,
    /// Id of what the request made.
    pub effect: String,
}

/// The answer kept under a key, if it is still kept at `now`.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    key: &str,
    now: Timestamp,
) -> Result<Option<Kept>, StoreError> {
    let row =
        sqlx::query("SELECT * FROM idempotency WHERE organization = $1 AND key = $2 AND expires_at > $3")
            .bind(organization)
            .bind(key)
            .bind(now.0)
            .fetch_optional(connection)
            .await?;
    one(row.as_ref(), "idempotency", |row| {
        Ok(Kept {
            body_hash: row.text("body_hash")?,
            answer: row.text("answer")?,
            effect: row.text("effect")?,
        })
    })
}

/// Keeps an answer until `expires_at`, in the transaction of its effect.
pub async fn keep(
    connection: &mut Connection,
    organization: &str,
    key: &str,
    kept: &Kept,
    expires_at: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO idempotency (organization, key, body_hash, answer, effect, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (organization, key) DO UPDATE SET \
         body_hash = excluded.body_hash, answer = excluded.answer, effect = excluded.effect, \
         expires_at = excluded.expires_at",
    )
    .bind(organization)
    .bind(key)
    .bind(&kept.body_hash)
    .bind(&kept.answer)
    .bind(&kept.effect)
    .bind(expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes answers whose time is over.
pub async fn sweep(connection: &mut Connection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM idempotency WHERE expires_at <= $1").bind(now.0).execute(connection).await?;
    Ok(())
}

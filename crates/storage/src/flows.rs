//! Running flows: revision, state and the newest answer.

use vestibule_domain::secret::TokenHash;
use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// A stored flow. Its state is the backend's own JSON.
#[derive(Clone, Debug)]
pub struct StoredFlow {
    /// Id.
    pub id: String,
    /// Organization, empty until it is known.
    pub organization: String,
    /// Revision.
    pub rev: i64,
    /// State, as JSON.
    pub state: String,
    /// Hash of the cookie that binds it to its browser.
    pub binding: String,
    /// When it has to be begun again.
    pub expires_at: Timestamp,
    /// The newest submission and its answer, for a client that asks again.
    pub last: Option<Submission>,
}

/// A submission and its answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// The client's idempotency key.
    pub key: String,
    /// Hash of the body.
    pub body_hash: String,
    /// The answer, as JSON.
    pub answer: String,
}

/// The flow of an id.
pub async fn find(connection: &mut Connection, id: &str) -> Result<Option<StoredFlow>, StoreError> {
    let row = sqlx::query("SELECT * FROM flows WHERE id = $1").bind(id).fetch_optional(connection).await?;
    one(row.as_ref(), "flows", |row| {
        let last = match (
            row.text_option("last_key")?,
            row.text_option("last_body_hash")?,
            row.text_option("last_answer")?,
        ) {
            (Some(key), Some(body_hash), Some(answer)) => Some(Submission { key, body_hash, answer }),
            _ => None,
        };
        Ok(StoredFlow {
            id: row.text("id")?,
            organization: row.text("organization")?,
            rev: row.number("rev")?,
            state: row.text("state")?,
            binding: row.text("binding_hash")?,
            expires_at: row.at("expires_at")?,
            last,
        })
    })
}

/// Stores a new flow.
pub async fn insert(
    connection: &mut Connection,
    flow: &StoredFlow,
    binding: &TokenHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO flows (id, organization, rev, state, binding_hash, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&flow.id)
    .bind(&flow.organization)
    .bind(flow.rev)
    .bind(&flow.state)
    .bind(binding.as_str())
    .bind(now.0)
    .bind(flow.expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Swaps a flow from revision `from` to what `flow` holds. `false` when it is no longer at `from`.
pub async fn swap(connection: &mut Connection, flow: &StoredFlow, from: i64) -> Result<bool, StoreError> {
    let last = flow.last.as_ref();
    let done = sqlx::query(
        "UPDATE flows SET organization = $3, rev = $4, state = $5, last_key = $6, last_body_hash = $7, \
         last_answer = $8 WHERE id = $1 AND rev = $2",
    )
    .bind(&flow.id)
    .bind(from)
    .bind(&flow.organization)
    .bind(flow.rev)
    .bind(&flow.state)
    .bind(last.map(|last| &last.key))
    .bind(last.map(|last| &last.body_hash))
    .bind(last.map(|last| &last.answer))
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Ends the flow that this cookie binds, if it has not run out.
pub async fn end(connection: &mut Connection, binding: &TokenHash, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE flows SET expires_at = $2 WHERE binding_hash = $1 AND expires_at > $2")
        .bind(binding.as_str())
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Removes flows and codes that ran out before `before`. Nothing depends on it: both check their own expiry.
pub async fn sweep(connection: &mut Connection, before: Timestamp) -> Result<u64, StoreError> {
    sqlx::query("DELETE FROM codes WHERE expires_at < $1").bind(before.0).execute(&mut *connection).await?;
    let done =
        sqlx::query("DELETE FROM flows WHERE expires_at < $1").bind(before.0).execute(connection).await?;
    Ok(done.rows_affected())
}

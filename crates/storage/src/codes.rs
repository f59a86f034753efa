//! One-time codes, stored as keyed hashes.

use vestibule_domain::code::{CodeHash, CodeState};
use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// A stored code.
#[derive(Clone, Debug)]
pub struct StoredCode {
    /// Id.
    pub id: String,
    /// Keyed hash.
    pub hash: CodeHash,
    /// State.
    pub state: CodeState,
    /// Attempts that were left before this one.
    pub attempts_left: u32,
    /// Until when it works.
    pub expires_at: Timestamp,
}

/// Stores a new code for a flow; the one before stops working (S91).
pub async fn replace(
    connection: &mut Connection,
    organization: &str,
    flow: &str,
    code: &StoredCode,
    now: Timestamp,
) -> Result<(), StoreError> {
    supersede(connection, flow).await?;
    sqlx::query(
        "INSERT INTO codes (id, organization, flow, hash, state, attempts_left, created_at, expires_at) \
         VALUES ($1, $2, $3, $4, 'active', $5, $6, $7)",
    )
    .bind(&code.id)
    .bind(organization)
    .bind(flow)
    .bind(code.hash.as_str())
    .bind(i64::from(code.attempts_left))
    .bind(now.0)
    .bind(code.expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Stops whatever code of a flow still works.
pub async fn supersede(connection: &mut Connection, flow: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE codes SET state = 'superseded' WHERE flow = $1 AND state = 'active'")
        .bind(flow)
        .execute(connection)
        .await?;
    Ok(())
}

/// A code of a flow, as it stands. `None` when the flow has no such code.
pub async fn find(
    connection: &mut Connection,
    flow: &str,
    id: &str,
) -> Result<Option<StoredCode>, StoreError> {
    let row = sqlx::query("SELECT * FROM codes WHERE flow = $1 AND id = $2")
        .bind(flow)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), "codes", |row| {
        Ok(StoredCode {
            id: row.text("id")?,
            hash: CodeHash::from_stored(row.text("hash")?),
            state: row.parse("state", |text| CodeState::parse(text).map_err(|error| error.to_string()))?,
            attempts_left: u32::try_from(row.number("attempts_left")?).unwrap_or_default(),
            expires_at: row.at("expires_at")?,
        })
    })
}

/// Spends one attempt at a code, before anything is compared, so that parallel guesses cannot share one (T15).
pub async fn spend_attempt(connection: &mut Connection, flow: &str, id: &str) -> Result<(), StoreError> {
    sqlx::query("UPDATE codes SET attempts_left = attempts_left - 1 WHERE flow = $1 AND id = $2 AND attempts_left > 0")
        .bind(flow)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

/// Burns a code, if it still works. `false` when somebody was faster.
pub async fn burn(connection: &mut Connection, flow: &str, id: &str) -> Result<bool, StoreError> {
    let done =
        sqlx::query("UPDATE codes SET state = 'used' WHERE flow = $1 AND id = $2 AND state = 'active'")
            .bind(flow)
            .bind(id)
            .execute(connection)
            .await?;
    Ok(done.rows_affected() == 1)
}

//! Journeys to identity providers that have not come back yet.

use vestibule_domain::secret::TokenHash;
use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// A journey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    /// Organization.
    pub organization: String,
    /// Provider.
    pub provider: String,
    /// Flow.
    pub flow: String,
    /// What the answer has to fit, sealed.
    pub sealed: String,
    /// Until when it can come.
    pub expires_at: Timestamp,
}

/// Stores a journey under the hash of its `state`.
pub async fn insert(
    connection: &mut Connection,
    state: &TokenHash,
    authorization: &Authorization,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO authorizations (hash, organization, provider, flow, sealed, expires_at) \
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(state.as_str())
    .bind(&authorization.organization)
    .bind(&authorization.provider)
    .bind(&authorization.flow)
    .bind(&authorization.sealed)
    .bind(authorization.expires_at.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Takes the journey of a `state`, if it is of this organization and provider, of one of these flows, and neither over
/// nor taken before (S41, S55). Whoever comes with another one leaves it as it is.
pub async fn take(
    connection: &mut Connection,
    state: &TokenHash,
    organization: &str,
    provider: &str,
    flow: &str,
    now: Timestamp,
) -> Result<Option<Authorization>, StoreError> {
    let row = sqlx::query(
        "UPDATE authorizations SET used_at = $5 WHERE hash = $1 AND organization = $2 AND provider = $3 \
         AND flow = $4 AND used_at IS NULL AND expires_at > $5 RETURNING *",
    )
    .bind(state.as_str())
    .bind(organization)
    .bind(provider)
    .bind(flow)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), "authorizations", |row| {
        Ok(Authorization {
            organization: row.text("organization")?,
            provider: row.text("provider")?,
            flow: row.text("flow")?,
            sealed: row.text("sealed")?,
            expires_at: row.at("expires_at")?,
        })
    })
}

/// What the answer to an open journey has to fit, sealed. Takes nothing.
pub async fn sealed_of(
    connection: &mut Connection,
    state: &TokenHash,
    organization: &str,
    provider: &str,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(
        "SELECT sealed FROM authorizations WHERE hash = $1 AND organization = $2 AND provider = $3 \
         AND used_at IS NULL AND expires_at > $4",
    )
    .bind(state.as_str())
    .bind(organization)
    .bind(provider)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), "authorizations", |row| row.text("sealed"))
}

/// Keeps what came of an open journey in the place of what its answer had to fit, until the browser that began it comes
/// for it. Only the first answer is kept.
pub async fn keep(
    connection: &mut Connection,
    state: &TokenHash,
    before: &str,
    after: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE authorizations SET sealed = $3 WHERE hash = $1 AND sealed = $2 AND used_at IS NULL \
         AND expires_at > $4",
    )
    .bind(state.as_str())
    .bind(before)
    .bind(after)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// The flow that a `state` belongs to, whatever became of the journey.
pub async fn flow_of(connection: &mut Connection, state: &TokenHash) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT flow FROM authorizations WHERE hash = $1")
        .bind(state.as_str())
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), "authorizations", |row| row.text("flow"))
}

/// Ends the journeys to a provider that have not come back: what they were begun with counts no more (S41, S53).
pub async fn end_all(
    connection: &mut Connection,
    organization: &str,
    provider: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE authorizations SET used_at = $3 WHERE organization = $1 AND provider = $2 AND used_at IS NULL",
    )
    .bind(organization)
    .bind(provider)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes those that are over.
pub async fn sweep(connection: &mut Connection, before: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM authorizations WHERE expires_at < $1")
        .bind(before.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// For how long a token of a provider is remembered: longer than one is taken.
const REMEMBERED: std::time::Duration = std::time::Duration::from_hours(1);

/// Whether a token of a provider, by the hash of its own id, was never seen before.
pub async fn count_once(
    connection: &mut Connection,
    organization: &str,
    provider: &str,
    hash: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO authorizations (hash, organization, provider, flow, sealed, expires_at, used_at) \
         VALUES ($1, $2, $3, '', '', $4, $5) ON CONFLICT DO NOTHING",
    )
    .bind(hash)
    .bind(organization)
    .bind(provider)
    .bind(now.plus(REMEMBERED).0)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

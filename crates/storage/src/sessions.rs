//! Sessions of browsers.

use vestibule_domain::account::{Account, Identity};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::secret::TokenHash;
use vestibule_domain::session::Method;
use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// A session: a proven account at one browser.
#[derive(Clone, Debug)]
pub struct Session {
    /// Id, never sent anywhere.
    pub id: String,
    /// Who.
    pub account: Account,
    /// How it was proven.
    pub method: Method,
    /// When.
    pub created_at: Timestamp,
    /// When it was used last, to the minute.
    pub last_seen_at: Timestamp,
}

/// Stores a new session.
pub async fn insert(
    connection: &mut Connection,
    session: &Session,
    token: &TokenHash,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sessions (id, token_hash, address, address_key, method, created_at, last_seen_at, identity) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&session.id)
    .bind(token.as_str())
    .bind(session.account.address.display())
    .bind(session.account.address.key())
    .bind(session.method.as_str())
    .bind(session.created_at.0)
    .bind(session.last_seen_at.0)
    .bind(serde_json::to_string(&session.account.identity)?)
    .execute(connection)
    .await?;
    Ok(())
}

/// Ends the sessions that an identity began. Gives how many lived.
pub async fn end_of_identity(
    connection: &mut Connection,
    identity: &Identity,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE sessions SET ended_at = $2 WHERE identity = $1 AND ended_at IS NULL")
        .bind(serde_json::to_string(identity)?)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

/// The session of a cookie, unless it was ended. Whether it has run out is the caller's question to the policy.
pub async fn find(connection: &mut Connection, token: &TokenHash) -> Result<Option<Session>, StoreError> {
    let row = sqlx::query("SELECT * FROM sessions WHERE token_hash = $1 AND ended_at IS NULL")
        .bind(token.as_str())
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), "sessions", |row| {
        let address = row.address("address")?;
        let identity: Option<Identity> = row.json_option("identity")?;
        Ok(Session {
            id: row.text("id")?,
            // One from before there were others is of a mailbox.
            account: Account {
                identity: identity.unwrap_or_else(|| Identity::of_mailbox(&address)),
                address,
            },
            method: row.parse("method", |text| Method::parse(text).map_err(|error| error.to_string()))?,
            created_at: row.at("created_at")?,
            last_seen_at: row.at("last_seen_at")?,
        })
    })
}

/// Notes that a session is in use. Never moves backwards, so that a clock that jumps back revives nothing.
pub async fn touch(connection: &mut Connection, id: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at < $2")
        .bind(id)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Whether a session has not been ended.
pub async fn is_live(connection: &mut Connection, id: &str) -> Result<bool, StoreError> {
    let row = sqlx::query("SELECT 1 AS one FROM sessions WHERE id = $1 AND ended_at IS NULL")
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(row.is_some())
}

/// Removes the sessions that began before `before`, when none of them can be alive any more.
pub async fn sweep(connection: &mut Connection, before: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM sessions WHERE created_at < $1").bind(before.0).execute(connection).await?;
    Ok(())
}

/// Ends a session for good.
pub async fn end(connection: &mut Connection, id: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE sessions SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL")
        .bind(id)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Ends every session of an address.
pub async fn end_all(
    connection: &mut Connection,
    address: &EmailAddress,
    now: Timestamp,
) -> Result<u64, StoreError> {
    let done = sqlx::query("UPDATE sessions SET ended_at = $2 WHERE address_key = $1 AND ended_at IS NULL")
        .bind(address.key())
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(done.rows_affected())
}

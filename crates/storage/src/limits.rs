//! Rate limits and failure counters. One budget per key, whichever path spends it (S94).

use vestibule_domain::limit::{Rate, Retry};
use vestibule_domain::time::Timestamp;

use crate::row::one;
use crate::{Connection, StoreError};

/// Takes one request from a key's budget, or says when to come again.
///
/// Runs inside a write transaction, so that two requests cannot take the same place.
pub async fn admit(
    connection: &mut Connection,
    key: &str,
    rate: &Rate,
    now: Timestamp,
) -> Result<Result<(), Retry>, StoreError> {
    match rate.admit(arrival(connection, key).await?, now) {
        Err(retry) => Ok(Err(retry)),
        Ok(tat) => {
            sqlx::query("INSERT INTO limits (key, tat) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET tat = excluded.tat")
                .bind(key)
                .bind(tat.0)
                .execute(connection)
                .await?;
            Ok(Ok(()))
        }
    }
}

/// Failures of a key in a row, and when the last one was.
pub async fn failures(
    connection: &mut Connection,
    key: &str,
) -> Result<(u32, Option<Timestamp>), StoreError> {
    let row = sqlx::query("SELECT count, last_at FROM failures WHERE key = $1")
        .bind(key)
        .fetch_optional(connection)
        .await?;
    let found = one(row.as_ref(), "failures", |row| Ok((row.number("count")?, row.at("last_at")?)))?;
    Ok(found.map_or((0, None), |(count, last)| (u32::try_from(count).unwrap_or(u32::MAX), Some(last))))
}

/// Counts a failure.
pub async fn count_failure(connection: &mut Connection, key: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO failures (key, count, last_at) VALUES ($1, 1, $2) \
         ON CONFLICT (key) DO UPDATE SET count = failures.count + 1, last_at = excluded.last_at",
    )
    .bind(key)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Forgets a key's failures, after a success.
pub async fn clear_failures(connection: &mut Connection, key: &str) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM failures WHERE key = $1").bind(key).execute(connection).await?;
    Ok(())
}

/// Removes budgets that are full again at `now` anyway.
pub async fn sweep(connection: &mut Connection, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM limits WHERE tat < $1").bind(now.0).execute(connection).await?;
    Ok(())
}

/// When a key's next request would be admitted, if not now. Takes nothing.
pub async fn peek(
    connection: &mut Connection,
    key: &str,
    rate: &Rate,
    now: Timestamp,
) -> Result<Option<Retry>, StoreError> {
    Ok(rate.admit(arrival(connection, key).await?, now).err())
}

async fn arrival(connection: &mut Connection, key: &str) -> Result<Option<Timestamp>, StoreError> {
    let row =
        sqlx::query("SELECT tat FROM limits WHERE key = $1").bind(key).fetch_optional(connection).await?;
    one(row.as_ref(), "limits", |row| row.at("tat"))
}

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

/// Takes one request from each budget, or from none: then gives the place of the first that is empty, and when to come
/// again. So nobody who is refused for one reason spends what belongs to others.
pub async fn admit_all(
    connection: &mut Connection,
    budgets: &[(String, Rate)],
    now: Timestamp,
) -> Result<Result<(), (usize, Retry)>, StoreError> {
    for (place, (key, rate)) in budgets.iter().enumerate() {
        if let Some(retry) = peek(connection, key, rate, now).await? {
            return Ok(Err((place, retry)));
        }
    }
    for (key, rate) in budgets {
        // Peeked at in this very transaction.
        let _ = admit(connection, key, rate, now).await?;
    }
    Ok(Ok(()))
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

/// Removes budgets that are full again at `now` anyway, and failures in a row of which the last was before `before`.
pub async fn sweep(connection: &mut Connection, now: Timestamp, before: Timestamp) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM limits WHERE tat < $1").bind(now.0).execute(&mut *connection).await?;
    sqlx::query("DELETE FROM failures WHERE last_at < $1").bind(before.0).execute(connection).await?;
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

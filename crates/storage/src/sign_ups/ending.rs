//! Sign-ups whose time is over.

use vestibule_domain::time::Timestamp;

use super::{SignUp, TABLE, read};
use crate::row::all;
use crate::{Connection, StoreError};

/// Takes sign-ups that nobody decided about in time, whoever's they are, to tell the people: each is given once.
pub async fn take_unanswered(
    connection: &mut Connection,
    most: i64,
    now: Timestamp,
) -> Result<Vec<SignUp>, StoreError> {
    let rows = sqlx::query(
        "UPDATE sign_ups SET decided_at = $1 WHERE (organization, id) IN (SELECT organization, id FROM sign_ups \
         WHERE state = 'waiting' AND expires_at <= $1 AND decided_at IS NULL ORDER BY expires_at LIMIT $2) \
         RETURNING *",
    )
    .bind(now.0)
    .bind(most)
    .fetch_all(connection)
    .await?;
    all(&rows, TABLE, read)
}

/// Forgets what was filled in by sign-ups that were over before then, and those that made no guest altogether.
pub async fn sweep(connection: &mut Connection, before: Timestamp) -> Result<(), StoreError> {
    for statement in [
        "DELETE FROM sign_ups WHERE state <> 'done' AND COALESCE(decided_at, expires_at) < $1",
        "UPDATE sign_ups SET attributes = '{}', agreed_name = NULL WHERE state = 'done' \
         AND COALESCE(decided_at, expires_at) < $1 AND (attributes <> '{}' OR agreed_name IS NOT NULL)",
    ] {
        sqlx::query(statement).bind(before.0).execute(&mut *connection).await?;
    }
    Ok(())
}

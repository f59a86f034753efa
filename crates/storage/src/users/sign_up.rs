//! Guests who let themselves in.

use std::collections::BTreeMap;

use vestibule_domain::time::Timestamp;

use crate::row::{all, one};
use crate::{Connection, StoreError};

/// Makes an invited person whose invitation is over the guest of a user flow. `false` when that is nobody who waits.
pub async fn adopt(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    user_flow: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE users SET state = 'accepted', state_changed_at = $4, user_flow = $3 \
         WHERE organization = $1 AND id = $2 AND state = 'pending' AND disabled_at IS NULL \
         AND NOT EXISTS (SELECT 1 FROM invitations WHERE invitations.organization = $1 \
         AND invitations.user_id = $2 AND invitations.state = 'pending' AND invitations.expires_at > $4)",
    )
    .bind(organization)
    .bind(id)
    .bind(user_flow)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Keeps what somebody filled in, in the place of what was there under the same names.
pub async fn keep_attributes(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    values: &BTreeMap<String, String>,
) -> Result<(), StoreError> {
    for (name, value) in values {
        sqlx::query(
            "INSERT INTO user_attributes (organization, user_id, name, value) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (organization, user_id, name) DO UPDATE SET value = excluded.value",
        )
        .bind(organization)
        .bind(id)
        .bind(name)
        .bind(value)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Gives a guest another name.
pub async fn rename(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    name: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET name = $3 WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(name)
        .execute(connection)
        .await?;
    Ok(())
}

/// What somebody filled in, by name.
pub async fn attributes(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<BTreeMap<String, String>, StoreError> {
    let rows =
        sqlx::query("SELECT name, value FROM user_attributes WHERE organization = $1 AND user_id = $2")
            .bind(organization)
            .bind(id)
            .fetch_all(connection)
            .await?;
    let pairs = all(&rows, "user_attributes", |row| Ok((row.text("name")?, row.text("value")?)))?;
    Ok(pairs.into_iter().collect())
}

/// The user flow by which somebody came, if by any.
pub async fn user_flow(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query("SELECT user_flow FROM users WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    Ok(one(row.as_ref(), "users", |row| row.text_option("user_flow"))?.flatten())
}

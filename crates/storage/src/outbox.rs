//! Mails that a change has promised, stored with the change (P4).
//!
//! A row's `sealed` holds the recipient and the words, encrypted, because they carry a code or a link; it is erased
//! once the mail server has taken it. Sending is at least once: a process that dies between the server's 250 and
//! the mark sends again, under the same Message-ID.

use vestibule_domain::time::Timestamp;

use crate::row::{all, one};
use crate::{Connection, StoreError};

/// A mail to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Id; becomes the Message-ID.
    pub id: String,
    /// Organization, empty when none.
    pub organization: String,
    /// What kind of mail: `invitation`, `code`, …
    pub kind: String,
    /// Id of what it is about: the invitation, the code.
    pub about: String,
    /// The encrypted letter.
    pub sealed: String,
    /// After this it is no longer worth sending.
    pub not_after: Timestamp,
    /// How often it was tried.
    pub attempts: i64,
}

/// What became of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Waiting, or being tried again.
    Queued,
    /// Taken by the mail server.
    Sent,
    /// Given up.
    Failed,
}

/// Stores a mail to send.
pub async fn push(connection: &mut Connection, mail: &Mail, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO outbox (id, organization, kind, about, sealed, created_at, not_after, attempts, next_at, \
         lease_until) VALUES ($1, $2, $3, $4, $5, $6, $7, 0, $6, 0)",
    )
    .bind(&mail.id)
    .bind(&mail.organization)
    .bind(&mail.kind)
    .bind(&mail.about)
    .bind(&mail.sealed)
    .bind(now.0)
    .bind(mail.not_after.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Leases the mails that are due, `limit` at most, until `lease_until`: no other worker takes them meanwhile.
pub async fn lease(
    connection: &mut Connection,
    now: Timestamp,
    lease_until: Timestamp,
    limit: u32,
) -> Result<Vec<Mail>, StoreError> {
    let rows = sqlx::query(
        "UPDATE outbox SET lease_until = $2, attempts = attempts + 1 WHERE id IN (SELECT id FROM outbox \
         WHERE sent_at IS NULL AND failed_at IS NULL AND next_at <= $1 AND lease_until <= $1 \
         ORDER BY next_at LIMIT $3) RETURNING id, organization, kind, about, sealed, not_after, attempts",
    )
    .bind(now.0)
    .bind(lease_until.0)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    all(&rows, "outbox", |row| {
        Ok(Mail {
            id: row.text("id")?,
            organization: row.text("organization")?,
            kind: row.text("kind")?,
            about: row.text("about")?,
            sealed: row.text_option("sealed")?.unwrap_or_default(),
            not_after: row.at("not_after")?,
            attempts: row.number("attempts")?,
        })
    })
}

/// Marks a mail as taken by the server and erases its letter.
pub async fn mark_sent(connection: &mut Connection, id: &str, now: Timestamp) -> Result<(), StoreError> {
    sqlx::query("UPDATE outbox SET sent_at = $2, sealed = NULL, error = NULL WHERE id = $1")
        .bind(id)
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Puts a mail back for another try at `next_at`.
pub async fn retry_at(
    connection: &mut Connection,
    id: &str,
    next_at: Timestamp,
    error: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE outbox SET next_at = $2, lease_until = 0, error = $3 WHERE id = $1")
        .bind(id)
        .bind(next_at.0)
        .bind(error)
        .execute(connection)
        .await?;
    Ok(())
}

/// Gives a mail up and erases its letter.
pub async fn mark_failed(
    connection: &mut Connection,
    id: &str,
    now: Timestamp,
    error: &str,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE outbox SET failed_at = $2, sealed = NULL, error = $3 WHERE id = $1")
        .bind(id)
        .bind(now.0)
        .bind(error)
        .execute(connection)
        .await?;
    Ok(())
}

/// Keeps back the mails about something that have not gone out: what they say is over.
pub async fn withdraw(
    connection: &mut Connection,
    organization: &str,
    about: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE outbox SET failed_at = $3, sealed = NULL, error = 'withdrawn' \
         WHERE organization = $1 AND about = $2 AND sent_at IS NULL AND failed_at IS NULL",
    )
    .bind(organization)
    .bind(about)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Removes what is left of mails with codes that came to an end before `before`. Those of invitations stay: they tell
/// what became of the mail.
pub async fn sweep(connection: &mut Connection, before: Timestamp) -> Result<(), StoreError> {
    sqlx::query(
        "DELETE FROM outbox WHERE (sent_at < $1 OR failed_at < $1) \
         AND NOT EXISTS (SELECT 1 FROM invitations i WHERE i.organization = outbox.organization AND i.id = outbox.about)",
    )
    .bind(before.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// What became of the newest mail of a kind about something; `None` when there never was one.
pub async fn fate(
    connection: &mut Connection,
    organization: &str,
    kind: &str,
    about: &str,
) -> Result<Option<Fate>, StoreError> {
    let row = sqlx::query(
        "SELECT sent_at, failed_at FROM outbox WHERE organization = $1 AND kind = $2 AND about = $3 \
         ORDER BY id DESC LIMIT 1",
    )
    .bind(organization)
    .bind(kind)
    .bind(about)
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), "outbox", |row| {
        Ok(match (row.at_option("sent_at")?, row.at_option("failed_at")?) {
            (Some(_), _) => Fate::Sent,
            (None, Some(_)) => Fate::Failed,
            (None, None) => Fate::Queued,
        })
    })
}

/// When the next mail is due, if any waits.
pub async fn next_due(connection: &mut Connection) -> Result<Option<Timestamp>, StoreError> {
    let row = sqlx::query(
        "SELECT CASE WHEN next_at > lease_until THEN next_at ELSE lease_until END AS due FROM outbox \
         WHERE sent_at IS NULL AND failed_at IS NULL ORDER BY due LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), "outbox", |row| row.at("due"))
}

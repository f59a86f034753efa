//! The audit: what happened, appended in the transaction in which it happened, chained by hashes (P5).

use vestibule_domain::audit::{Entry, GENESIS, entry_hash};
use vestibule_domain::time::Timestamp;

use crate::row::{all, one};
use crate::{Connection, StoreError};

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// Organization.
    pub organization: &'a str,
    /// Who did it: `user:<id>`, `guest:<address key>`, `token:<id>`, `command`, `anonymous`.
    pub actor: &'a str,
    /// What: `invitation.accepted`, …
    pub action: &'a str,
    /// To what: `user:<id>`, `invitation:<id>`, …
    pub subject: &'a str,
    /// More, as JSON. Never a secret.
    pub detail: &'a str,
}

/// A stored entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// When.
    pub at: Timestamp,
    /// Who.
    pub actor: String,
    /// What.
    pub action: String,
    /// To what.
    pub subject: String,
}

/// Appends an entry.
pub async fn append(
    connection: &mut Connection,
    event: &Event<'_>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let row = sqlx::query(
        "SELECT sequence, hash FROM audit WHERE organization = $1 ORDER BY sequence DESC LIMIT 1",
    )
    .bind(event.organization)
    .fetch_optional(&mut *connection)
    .await?;
    let (sequence, previous) =
        one(row.as_ref(), "audit", |row| Ok((row.number("sequence")?, row.text("hash")?)))?
            .unwrap_or_else(|| (0, GENESIS.to_owned()));
    let entry = Entry {
        organization: event.organization,
        sequence: sequence + 1,
        at: now,
        actor: event.actor,
        action: event.action,
        subject: event.subject,
        detail: event.detail,
    };
    sqlx::query(
        "INSERT INTO audit (organization, sequence, at, actor, action, subject, detail, previous, hash) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(event.organization)
    .bind(entry.sequence)
    .bind(now.0)
    .bind(event.actor)
    .bind(event.action)
    .bind(event.subject)
    .bind(event.detail)
    .bind(&previous)
    .bind(entry_hash(&previous, &entry))
    .execute(connection)
    .await?;
    Ok(())
}

/// What a person did or had done to them, newest first.
pub async fn of_person(
    connection: &mut Connection,
    organization: &str,
    user: &str,
    limit: u32,
) -> Result<Vec<Stored>, StoreError> {
    let who = format!("user:{user}");
    let rows = sqlx::query(
        "SELECT at, actor, action, subject FROM audit WHERE organization = $1 AND (subject = $2 OR actor = $2) \
         ORDER BY sequence DESC LIMIT $3",
    )
    .bind(organization)
    .bind(who)
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    all(&rows, "audit", |row| {
        Ok(Stored {
            at: row.at("at")?,
            actor: row.text("actor")?,
            action: row.text("action")?,
            subject: row.text("subject")?,
        })
    })
}

/// Recomputes an organization's chain. Gives the first sequence number that does not fit, if any.
pub async fn first_break(connection: &mut Connection, organization: &str) -> Result<Option<i64>, StoreError> {
    let rows = sqlx::query("SELECT * FROM audit WHERE organization = $1 ORDER BY sequence")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    let mut previous = GENESIS.to_owned();
    for (expected, found) in (1..).zip(all(&rows, "audit", |row| {
        let (actor, action, subject, detail) =
            (row.text("actor")?, row.text("action")?, row.text("subject")?, row.text("detail")?);
        let sequence = row.number("sequence")?;
        let entry = Entry {
            organization,
            sequence,
            at: row.at("at")?,
            actor: &actor,
            action: &action,
            subject: &subject,
            detail: &detail,
        };
        let before = row.text("previous")?;
        let fits = entry_hash(&before, &entry) == row.text("hash")?;
        Ok((sequence, before, row.text("hash")?, fits))
    })?) {
        let (sequence, before, hash, fits) = found;
        if !fits || before != previous || sequence != expected {
            return Ok(Some(sequence));
        }
        previous = hash;
    }
    Ok(None)
}

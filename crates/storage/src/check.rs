//! The invariants I1 to I9, asked of the data itself. Run by tests of races and crashes, and by `vestibule-backend check`.

use crate::row::all;
use crate::{Connection, StoreError, audit};

/// One broken invariant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Violation {
    /// `I1` to `I9`.
    pub invariant: &'static str,
    /// What is wrong, with ids.
    pub what: String,
}

/// Each query gives the ids of rows that break its invariant.
const QUERIES: &[(&str, &str, &str)] = &[
    (
        "I1",
        "an invitation whose guest is missing or has another address, organization included",
        "\
        SELECT i.id AS id FROM invitations i LEFT JOIN users u ON u.organization = i.organization AND u.id = i.user_id \
        WHERE u.id IS NULL OR u.address_key <> i.address_key",
    ),
    (
        "I1",
        "an accepted invitation whose guest is not accepted",
        "\
        SELECT i.id AS id FROM invitations i JOIN users u ON u.organization = i.organization AND u.id = i.user_id \
        WHERE i.state = 'accepted' AND u.state <> 'accepted'",
    ),
    (
        "I1",
        "an accepted guest of an invitation without any accepted one",
        "\
        SELECT u.id AS id FROM users u WHERE u.creation = 'invitation' AND u.user_flow IS NULL \
        AND u.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM audit a WHERE a.organization = u.organization \
        AND a.subject = 'user:' || u.id AND a.action = 'guest.created') AND NOT EXISTS \
        (SELECT 1 FROM invitations i WHERE i.organization = u.organization AND i.user_id = u.id \
        AND i.state = 'accepted')",
    ),
    (
        "I2",
        "a decided invitation with a live link that is not its own record of success",
        "\
        SELECT i.id AS id FROM invitations i JOIN invitation_links l ON l.organization = i.organization \
        AND l.invitation = i.id WHERE l.replaced_at IS NULL AND i.state = 'revoked'",
    ),
    (
        "I2",
        "a flow with more than one active code",
        "\
        SELECT flow AS id FROM codes WHERE state = 'active' GROUP BY flow HAVING COUNT(*) > 1",
    ),
    (
        "I3",
        "an accepted invitation without its audit row",
        "\
        SELECT i.id AS id FROM invitations i WHERE i.state = 'accepted' AND NOT EXISTS (SELECT 1 FROM audit a \
        WHERE a.organization = i.organization AND a.subject = 'invitation:' || i.id \
        AND a.action = 'invitation.accepted')",
    ),
    (
        "I3",
        "an invitation accepted more than once in the audit",
        "\
        SELECT subject AS id FROM audit WHERE action = 'invitation.accepted' GROUP BY organization, subject \
        HAVING COUNT(*) > 1",
    ),
    (
        "I3",
        "a guest of a user flow without a sign-up that is done, or the audit of it",
        "\
        SELECT u.id AS id FROM users u WHERE u.user_flow IS NOT NULL AND u.state = 'accepted' AND (NOT EXISTS \
        (SELECT 1 FROM sign_ups s WHERE s.organization = u.organization AND s.user_id = u.id AND s.state = 'done') \
        OR NOT EXISTS (SELECT 1 FROM audit a WHERE a.organization = u.organization \
        AND a.subject = 'user:' || u.id AND a.action = 'guest.signed_up'))",
    ),
    (
        "I3",
        "a sign-up that is done without its guest",
        "\
        SELECT s.id AS id FROM sign_ups s WHERE s.state = 'done' AND NOT EXISTS (SELECT 1 FROM users u \
        WHERE u.organization = s.organization AND u.id = s.user_id)",
    ),
    (
        "I4",
        "a pending invitation with a mail promised but no mail stored",
        "\
        SELECT i.id AS id FROM invitations i WHERE i.send_mail = 1 AND i.state = 'pending' AND NOT EXISTS \
        (SELECT 1 FROM outbox o WHERE o.organization = i.organization AND o.about = i.id AND o.kind = 'invitation')",
    ),
    (
        "I4",
        "a mail that was sent or given up but still holds its letter",
        "\
        SELECT id FROM outbox WHERE sealed IS NOT NULL AND (sent_at IS NOT NULL OR failed_at IS NOT NULL)",
    ),
    (
        "I5",
        "a link of another organization than its invitation",
        "\
        SELECT l.hash AS id FROM invitation_links l LEFT JOIN invitations i ON i.organization = l.organization \
        AND i.id = l.invitation WHERE i.id IS NULL",
    ),
    (
        "I5",
        "an assignment of another organization than its app or user",
        "\
        SELECT s.app AS id FROM assignments s LEFT JOIN apps a ON a.organization = s.organization AND a.id = s.app \
        LEFT JOIN users u ON u.organization = s.organization AND u.id = s.user_id WHERE a.id IS NULL OR u.id IS NULL",
    ),
    (
        "I5",
        "an identity of another organization than its user",
        "\
        SELECT x.subject AS id FROM identities x LEFT JOIN users u ON u.organization = x.organization \
        AND u.id = x.user_id WHERE u.id IS NULL",
    ),
    (
        "I6",
        "an identity tied twice",
        "\
        SELECT subject AS id FROM identities GROUP BY organization, provider, issuer, subject HAVING COUNT(*) > 1",
    ),
    (
        "I6",
        "an accepted guest without an identity",
        "\
        SELECT u.id AS id FROM users u WHERE u.role = 'guest' AND u.state = 'accepted' AND NOT EXISTS \
        (SELECT 1 FROM identities x WHERE x.organization = u.organization AND x.user_id = u.id)",
    ),
    (
        "I7",
        "a live session of an address whose every user is disabled",
        "\
        SELECT s.id AS id FROM sessions s WHERE s.ended_at IS NULL \
        AND EXISTS (SELECT 1 FROM users u WHERE u.address_key = s.address_key) \
        AND NOT EXISTS (SELECT 1 FROM users u WHERE u.address_key = s.address_key AND u.disabled_at IS NULL)",
    ),
    (
        "I8",
        "a code with more attempts left than any policy gives, or fewer than none",
        "\
        SELECT id FROM codes WHERE attempts_left > 5 OR attempts_left < 0",
    ),
    (
        "I9",
        "a kept answer whose effect is missing",
        "\
        SELECT k.key AS id FROM idempotency k WHERE NOT EXISTS (SELECT 1 FROM invitations i \
        WHERE i.organization = k.organization AND i.id = k.effect)",
    ),
];

/// Every violation that the data holds; none is the good answer.
pub async fn run(connection: &mut Connection) -> Result<Vec<Violation>, StoreError> {
    let mut violations = Vec::new();
    for (invariant, what, query) in QUERIES {
        let rows = sqlx::query(*query).fetch_all(&mut *connection).await?;
        for id in all(&rows, "check", |row| row.text("id"))? {
            violations.push(Violation { invariant, what: format!("{what}: {id}") });
        }
    }
    let rows = sqlx::query("SELECT DISTINCT organization FROM audit").fetch_all(&mut *connection).await?;
    for organization in all(&rows, "audit", |row| row.text("organization"))? {
        if let Some(sequence) = audit::first_break(connection, &organization).await? {
            let what = format!("the audit chain of {organization} breaks at {sequence}");
            violations.push(Violation { invariant: "I3", what });
        }
    }
    Ok(violations)
}

/// Rows by table: what a robot that only looked must not have changed (T01).
pub async fn census(connection: &mut Connection) -> Result<Vec<(&'static str, i64)>, StoreError> {
    const TABLES: &[(&str, &str)] = &[
        ("users", "SELECT COUNT(*) AS rows FROM users"),
        ("identities", "SELECT COUNT(*) AS rows FROM identities"),
        ("invitations", "SELECT COUNT(*) AS rows FROM invitations"),
        ("consents", "SELECT COUNT(*) AS rows FROM consents"),
        ("sign_ups", "SELECT COUNT(*) AS rows FROM sign_ups"),
        ("flows", "SELECT COUNT(*) AS rows FROM flows"),
        ("codes", "SELECT COUNT(*) AS rows FROM codes"),
        ("sessions", "SELECT COUNT(*) AS rows FROM sessions"),
        ("limits", "SELECT COUNT(*) AS rows FROM limits"),
        ("suppressions", "SELECT COUNT(*) AS rows FROM suppressions"),
        ("outbox", "SELECT COUNT(*) AS rows FROM outbox"),
        ("audit", "SELECT COUNT(*) AS rows FROM audit"),
    ];
    let mut counts = Vec::with_capacity(TABLES.len());
    for (table, query) in TABLES {
        let row = sqlx::query(*query).fetch_optional(&mut *connection).await?;
        let count = crate::row::one(row.as_ref(), "census", |row| row.number("rows"))?;
        counts.push((*table, count.unwrap_or_default()));
    }
    Ok(counts)
}

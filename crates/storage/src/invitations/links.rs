//! The links of an invitation: the newest works, an older one says that it was replaced.

use vestibule_domain::secret::TokenHash;
use vestibule_domain::time::Timestamp;

use super::{Invitation, TABLE, read};
use crate::row::one;
use crate::{Connection, StoreError};

/// What a link leads to.
#[derive(Clone, Debug)]
pub struct Link {
    /// The invitation.
    pub invitation: Invitation,
    /// Whether a newer link has replaced this one.
    pub replaced: bool,
}

/// What a link leads to. The link alone names the organization: nothing from the client is trusted for that (T17).
pub async fn find_by_link(connection: &mut Connection, hash: &TokenHash) -> Result<Option<Link>, StoreError> {
    let row = sqlx::query(
        "SELECT invitations.*, invitation_links.replaced_at FROM invitation_links JOIN invitations \
         ON invitations.organization = invitation_links.organization AND invitations.id = invitation_links.invitation \
         WHERE invitation_links.hash = $1",
    )
    .bind(hash.as_str())
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), TABLE, |row| {
        Ok(Link { invitation: read(row)?, replaced: row.at_option("replaced_at")?.is_some() })
    })
}

/// Whether the link of a hash, in hexadecimal, was replaced by that of a newer mail.
pub async fn is_replaced(connection: &mut Connection, hash: &str) -> Result<bool, StoreError> {
    let row =
        sqlx::query("SELECT 1 AS one FROM invitation_links WHERE hash = $1 AND replaced_at IS NOT NULL")
            .bind(hash)
            .fetch_optional(connection)
            .await?;
    Ok(row.is_some())
}

/// Ends the life of every link of an invitation.
pub async fn retire_links(
    connection: &mut Connection,
    organization: &str,
    invitation: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE invitation_links SET replaced_at = $3 \
         WHERE organization = $1 AND invitation = $2 AND replaced_at IS NULL",
    )
    .bind(organization)
    .bind(invitation)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

/// Replaces the link of an invitation; the one before says from now on that it was replaced (T18).
pub async fn rotate_link(
    connection: &mut Connection,
    organization: &str,
    invitation: &str,
    link: &TokenHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    retire_links(connection, organization, invitation, now).await?;
    add(connection, organization, invitation, link).await
}

pub(super) async fn add(
    connection: &mut Connection,
    organization: &str,
    invitation: &str,
    link: &TokenHash,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO invitation_links (hash, organization, invitation) VALUES ($1, $2, $3)")
        .bind(link.as_str())
        .bind(organization)
        .bind(invitation)
        .execute(connection)
        .await?;
    Ok(())
}

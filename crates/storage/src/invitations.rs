//! Invitations and their links.
//!
//! Every change of state is one conditional `UPDATE`: state, version and, where it counts, expiry stand in its
//! `WHERE`. Whoever gets zero rows has lost the race and reads again.

use vestibule_domain::address::EmailAddress;
use vestibule_domain::invitation::{Invitation as Life, InvitationState};
use vestibule_domain::secret::TokenHash;
use vestibule_domain::time::Timestamp;

use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

mod links;

pub use links::{Link, find_by_link, is_replaced, retire_links, rotate_link};

const TABLE: &str = "invitations";

/// An invitation.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// Organization.
    pub organization: String,
    /// Id.
    pub id: String,
    /// The guest object.
    pub user: String,
    /// Invited address.
    pub address: EmailAddress,
    /// The guest's name, as the inviter knows it.
    pub name: Option<String>,
    /// State, version and expiry.
    pub life: Life,
    /// Who invites.
    pub inviter: Inviter,
    /// The inviter's words, cleaned.
    pub message: Option<String>,
    /// BCP 47 tag of the mail's language.
    pub language: Option<String>,
    /// Who gets a copy.
    pub cc: Option<EmailAddress>,
    /// Where the guest goes afterwards.
    pub redirect_url: String,
    /// Ids of the shared apps.
    pub apps: Vec<String>,
    /// Whether a mail goes out.
    pub send_mail: bool,
    /// When it was made.
    pub created_at: Timestamp,
}

/// Who invites.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inviter {
    /// The member, when a person invites.
    pub id: Option<String>,
    /// Name.
    pub name: String,
    /// Address, when there is one.
    pub email: Option<String>,
}

fn read(row: &Reader<'_>) -> Result<Invitation, StoreError> {
    Ok(Invitation {
        organization: row.text("organization")?,
        id: row.text("id")?,
        user: row.text("user_id")?,
        address: row.address("address")?,
        name: row.text_option("name")?,
        life: Life {
            state: row
                .parse("state", |text| InvitationState::parse(text).map_err(|error| error.to_string()))?,
            version: row.number("version")?,
            expires_at: row.at("expires_at")?,
        },
        inviter: Inviter {
            id: row.text_option("inviter_id")?,
            name: row.text("inviter_name")?,
            email: row.text_option("inviter_email")?,
        },
        message: row.text_option("message")?,
        language: row.text_option("language")?,
        cc: row.text_option("cc")?.map(|_| row.address("cc")).transpose()?,
        redirect_url: row.text("redirect_url")?,
        apps: row.json("apps")?,
        send_mail: row.flag("send_mail")?,
        created_at: row.at("created_at")?,
    })
}

/// The invitation of an id.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<Invitation>, StoreError> {
    let row = sqlx::query("SELECT * FROM invitations WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// A page of an organization's invitations, newest first, starting after `after` (exclusive).
pub async fn list(
    connection: &mut Connection,
    organization: &str,
    after: Option<&str>,
    limit: u32,
) -> Result<Vec<Invitation>, StoreError> {
    // Ids are UUIDv7: their order is the order of creation.
    let rows = sqlx::query(
        "SELECT * FROM invitations WHERE organization = $1 AND ($2 = '' OR id < $2) ORDER BY id DESC LIMIT $3",
    )
    .bind(organization)
    .bind(after.unwrap_or_default())
    .bind(i64::from(limit))
    .fetch_all(connection)
    .await?;
    all(&rows, TABLE, read)
}

/// A user's invitations that wait to be redeemed, expired or not.
pub async fn pending_of_user(
    connection: &mut Connection,
    organization: &str,
    user: &str,
) -> Result<Vec<Invitation>, StoreError> {
    let rows = sqlx::query(
        "SELECT * FROM invitations WHERE organization = $1 AND user_id = $2 AND state = 'pending' ORDER BY id DESC",
    )
    .bind(organization)
    .bind(user)
    .fetch_all(connection)
    .await?;
    all(&rows, TABLE, read)
}

/// The newest invitation that waits for an address and has not run out: of one organization, or, where that is empty, of
/// any.
pub async fn waiting_for(
    connection: &mut Connection,
    organization: &str,
    address: &EmailAddress,
    now: Timestamp,
) -> Result<Option<Invitation>, StoreError> {
    let row = sqlx::query(
        "SELECT i.* FROM users u JOIN invitations i ON i.organization = u.organization AND i.user_id = u.id \
         WHERE u.address_key = $1 AND u.disabled_at IS NULL AND (u.organization = $2 OR $2 = '') \
         AND i.state = 'pending' AND i.expires_at > $3 ORDER BY i.created_at DESC, i.id DESC LIMIT 1",
    )
    .bind(address.key())
    .bind(organization)
    .bind(now.0)
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), TABLE, read)
}

/// Stores a new invitation and its link.
pub async fn insert(
    connection: &mut Connection,
    invitation: &Invitation,
    link: &TokenHash,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO invitations (organization, id, user_id, address, address_key, name, state, version, expires_at, \
         inviter_id, inviter_name, inviter_email, message, language, cc, redirect_url, apps, send_mail, created_at, \
         changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $19)",
    )
    .bind(&invitation.organization)
    .bind(&invitation.id)
    .bind(&invitation.user)
    .bind(invitation.address.display())
    .bind(invitation.address.key())
    .bind(&invitation.name)
    .bind(invitation.life.state.as_str())
    .bind(invitation.life.version)
    .bind(invitation.life.expires_at.0)
    .bind(&invitation.inviter.id)
    .bind(&invitation.inviter.name)
    .bind(&invitation.inviter.email)
    .bind(&invitation.message)
    .bind(&invitation.language)
    .bind(invitation.cc.as_ref().map(EmailAddress::display))
    .bind(&invitation.redirect_url)
    .bind(serde_json::to_string(&invitation.apps)?)
    .bind(i64::from(invitation.send_mail))
    .bind(now.0)
    .execute(&mut *connection)
    .await?;
    links::add(connection, &invitation.organization, &invitation.id, link).await
}

/// Claims an invitation for a person, if at `now` it is still pending, not expired and of that version (T14, T16).
/// `false` when it is not: somebody or something was faster.
pub async fn claim(
    connection: &mut Connection,
    invitation: &Invitation,
    redeemed_by: &EmailAddress,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE invitations SET state = 'accepted', version = version + 1, redeemed_by = $4, changed_at = $5 \
         WHERE organization = $1 AND id = $2 AND version = $3 AND state = 'pending' AND expires_at > $5",
    )
    .bind(&invitation.organization)
    .bind(&invitation.id)
    .bind(invitation.life.version)
    .bind(redeemed_by.display())
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Writes a decided change of life (declined, revoked, resent), if the invitation is still of the version that it was
/// decided on. `false` when it is not.
pub async fn update_life(
    connection: &mut Connection,
    invitation: &Invitation,
    life: &Life,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE invitations SET state = $4, version = $5, expires_at = $6, changed_at = $7 \
         WHERE organization = $1 AND id = $2 AND version = $3",
    )
    .bind(&invitation.organization)
    .bind(&invitation.id)
    .bind(invitation.life.version)
    .bind(life.state.as_str())
    .bind(life.version)
    .bind(life.expires_at.0)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

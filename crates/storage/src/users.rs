//! Guests and members of an organization, and what proves that somebody is one of them.

use vestibule_domain::account::Identity;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::permission::Role;
use vestibule_domain::time::Timestamp;

use crate::row::{Reader, all, one};
use crate::{Connection, StoreError, organizations};

mod list;
mod sign_up;

pub use list::{guests, of_file};
pub use sign_up::{adopt, attributes, keep_attributes, rename, user_flow};

const TABLE: &str = "users";

/// A guest or member.
#[derive(Clone, Debug)]
pub struct User {
    /// Organization.
    pub organization: String,
    /// Id.
    pub id: String,
    /// Address.
    pub address: EmailAddress,
    /// Display name.
    pub name: Option<String>,
    /// What the person is here.
    pub role: Role,
    /// Whether the person has accepted; invited people who have not are `false`.
    pub accepted: bool,
    /// Since when that is so.
    pub state_changed_at: Timestamp,
    /// When it was made.
    pub created_at: Timestamp,
    /// Since when sign-in is off.
    pub disabled_at: Option<Timestamp>,
}

impl User {
    /// Name for people: the display name, else the address.
    pub fn label(&self) -> &str {
        self.name.as_deref().unwrap_or(self.address.display())
    }
}

/// How a user came to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Creation<'a> {
    /// By an invitation.
    Invitation,
    /// By himself, by this user flow.
    UserFlow(&'a str),
    /// By the organization's file.
    File,
}

impl<'a> Creation<'a> {
    fn as_str(self) -> &'static str {
        match self {
            // See the migration: the file's users are all that this column tells apart.
            Self::Invitation | Self::UserFlow(_) => "invitation",
            Self::File => "file",
        }
    }

    fn user_flow(self) -> Option<&'a str> {
        match self {
            Self::UserFlow(id) => Some(id),
            Self::Invitation | Self::File => None,
        }
    }
}

fn read(row: &Reader<'_>) -> Result<User, StoreError> {
    Ok(User {
        organization: row.text("organization")?,
        id: row.text("id")?,
        address: row.address("address")?,
        name: row.text_option("name")?,
        role: row.parse("role", |text| Role::parse(text).map_err(|error| error.to_string()))?,
        accepted: row.text("state")? == "accepted",
        state_changed_at: row.at("state_changed_at")?,
        created_at: row.at("created_at")?,
        disabled_at: row.at_option("disabled_at")?,
    })
}

/// The user of an id.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<User>, StoreError> {
    let row = sqlx::query("SELECT * FROM users WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// The user of an address.
pub async fn find_by_address(
    connection: &mut Connection,
    organization: &str,
    address: &EmailAddress,
) -> Result<Option<User>, StoreError> {
    let row = sqlx::query("SELECT * FROM users WHERE organization = $1 AND address_key = $2")
        .bind(organization)
        .bind(address.key())
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// The users, one an organization at most, that a proven identity opens: enabled, and accepted or members. An identity
/// of an organization's own provider opens nothing elsewhere (T08), and nothing while the provider is turned off (S53).
pub async fn of_identity(connection: &mut Connection, identity: &Identity) -> Result<Vec<User>, StoreError> {
    let rows = sqlx::query(
        "SELECT users.* FROM users JOIN identities ON identities.organization = users.organization \
         AND identities.user_id = users.id JOIN organizations ON organizations.id = users.organization \
         WHERE identities.provider = $1 AND identities.issuer = $2 AND identities.subject = $3 \
         AND users.state = 'accepted' AND users.disabled_at IS NULL \
         AND (identities.provider = 'email' OR EXISTS (SELECT 1 FROM providers WHERE \
         providers.organization = identities.organization AND providers.id = identities.provider \
         AND providers.enabled = 1)) ORDER BY organizations.name",
    )
    .bind(&identity.provider)
    .bind(&identity.issuer)
    .bind(&identity.subject)
    .fetch_all(&mut *connection)
    .await?;
    let mut users = Vec::new();
    for user in all(&rows, TABLE, read)? {
        // Members are vouched for by the organization itself.
        let is_member = user.role != Role::Guest && identity.counts_in(&user.organization);
        if is_member || organizations::believes(connection, &user.organization, identity).await? {
            users.push(user);
        }
    }
    Ok(users)
}

/// Makes a user.
pub async fn insert(
    connection: &mut Connection,
    user: &User,
    creation: Creation<'_>,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO users (organization, id, address, address_key, name, role, state, state_changed_at, creation, \
         created_at, user_flow) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
    )
    .bind(&user.organization)
    .bind(&user.id)
    .bind(user.address.display())
    .bind(user.address.key())
    .bind(&user.name)
    .bind(user.role.as_str())
    .bind(if user.accepted { "accepted" } else { "pending" })
    .bind(user.state_changed_at.0)
    .bind(creation.as_str())
    .bind(user.created_at.0)
    .bind(creation.user_flow())
    .execute(connection)
    .await?;
    Ok(())
}

/// Gives a user the name and role of the organization's file, to whom the user belongs from then on.
pub async fn update_profile(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    name: Option<&str>,
    role: Role,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE users SET name = $3, role = $4, creation = 'file' WHERE organization = $1 AND id = $2",
    )
    .bind(organization)
    .bind(id)
    .bind(name)
    .bind(role.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

/// Marks a pending user accepted. `false` when it was accepted already.
pub async fn accept(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE users SET state = 'accepted', state_changed_at = $3 \
         WHERE organization = $1 AND id = $2 AND state = 'pending' AND disabled_at IS NULL",
    )
    .bind(organization)
    .bind(id)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Turns sign-in off or on.
pub async fn set_disabled(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    since: Option<Timestamp>,
) -> Result<(), StoreError> {
    sqlx::query("UPDATE users SET disabled_at = $3 WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .bind(since.map(|at| at.0))
        .execute(connection)
        .await?;
    Ok(())
}

/// Ties an identity to a user. `false` when it is tied already, to whomever.
pub async fn add_identity(
    connection: &mut Connection,
    organization: &str,
    user: &str,
    identity: &Identity,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO identities (organization, provider, issuer, subject, user_id, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
    )
    .bind(organization)
    .bind(&identity.provider)
    .bind(&identity.issuer)
    .bind(&identity.subject)
    .bind(user)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Id of the user that an identity is tied to, whatever became of the user.
pub async fn tied_to(
    connection: &mut Connection,
    organization: &str,
    identity: &Identity,
) -> Result<Option<String>, StoreError> {
    let row = sqlx::query(
        "SELECT user_id FROM identities WHERE organization = $1 AND provider = $2 AND issuer = $3 AND subject = $4",
    )
    .bind(organization)
    .bind(&identity.provider)
    .bind(&identity.issuer)
    .bind(&identity.subject)
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), "identities", |row| row.text("user_id"))
}

/// Ids of the providers at which the guest of an address has signed in; `email` for the one-time code.
pub async fn providers_of(
    connection: &mut Connection,
    organization: &str,
    address: &EmailAddress,
) -> Result<Vec<String>, StoreError> {
    let rows = sqlx::query(
        "SELECT DISTINCT identities.provider FROM identities JOIN users ON users.id = identities.user_id \
         AND users.organization = identities.organization \
         WHERE users.organization = $1 AND users.address_key = $2",
    )
    .bind(organization)
    .bind(address.key())
    .fetch_all(connection)
    .await?;
    all(&rows, "identities", |row| row.text("provider"))
}

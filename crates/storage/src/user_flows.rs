//! User flows: by which strangers let themselves in.

use vestibule_domain::sign_up::UserFlow;

use crate::providers::Source;
use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

const TABLE: &str = "user_flows";

/// User flows that an organization may have.
pub const MOST: usize = 50;

/// Ids that are one organization's where an address names none, in all its time: those after them need the organization in
/// the address. Nobody takes all good names for himself.
const MOST_OWNED: i64 = 100;

/// A user flow as it is managed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Managed {
    /// Organization.
    pub organization: String,
    /// The flow.
    pub flow: UserFlow,
    /// Who says what it is.
    pub source: Source,
}

fn read(row: &Reader<'_>) -> Result<Managed, StoreError> {
    Ok(Managed {
        organization: row.text("organization")?,
        flow: row.json("settings")?,
        source: row.parse("source", Source::parse)?,
    })
}

/// An organization's user flows, in its own order.
pub async fn list(connection: &mut Connection, organization: &str) -> Result<Vec<Managed>, StoreError> {
    let rows = sqlx::query("SELECT * FROM user_flows WHERE organization = $1 ORDER BY position, id")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, read)
}

/// The user flow of an id.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<Managed>, StoreError> {
    let row = sqlx::query("SELECT * FROM user_flows WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// The user flow of an id whose address leaves the organization out: that of whoever had the id first.
pub async fn find_first(connection: &mut Connection, id: &str) -> Result<Option<Managed>, StoreError> {
    let row = sqlx::query(
        "SELECT user_flows.* FROM user_flows JOIN user_flow_owners ON user_flow_owners.id = user_flows.id \
         AND user_flow_owners.organization = user_flows.organization WHERE user_flows.id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), TABLE, read)
}

/// Makes the user flows of an organization's file these, in this order. One that the API made under the same id gives
/// way; the others stay.
pub async fn replace(
    connection: &mut Connection,
    organization: &str,
    flows: &[UserFlow],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM user_flows WHERE organization = $1 AND source = 'file'")
        .bind(organization)
        .execute(&mut *connection)
        .await?;
    for (position, flow) in (0_i64..).zip(flows) {
        delete(connection, organization, flow.id.as_str()).await?;
        insert(connection, organization, flow, position, Source::File).await?;
    }
    Ok(())
}

/// Stores a user flow that the API made, behind the others. `false` when its id is taken. Whether there is room for it
/// ([`MOST`]) is asked before, in the same write transaction.
pub async fn create(
    connection: &mut Connection,
    organization: &str,
    flow: &UserFlow,
) -> Result<bool, StoreError> {
    let row = sqlx::query(
        "SELECT COALESCE(MAX(position) + 1, 0) AS position FROM user_flows WHERE organization = $1",
    )
    .bind(organization)
    .fetch_optional(&mut *connection)
    .await?;
    let next = one(row.as_ref(), TABLE, |row| row.number("position"))?.unwrap_or_default();
    insert(connection, organization, flow, next.max(BEHIND), Source::Api).await
}

/// The first place of what the API makes: behind all that a file can have.
const BEHIND: i64 = 1_000;

/// Stores a user flow. `false` when its id is taken.
async fn insert(
    connection: &mut Connection,
    organization: &str,
    flow: &UserFlow,
    position: i64,
    source: Source,
) -> Result<bool, StoreError> {
    sqlx::query(
        "INSERT INTO user_flow_owners (id, organization) SELECT $1, $2 WHERE (SELECT COUNT(*) FROM user_flow_owners \
         WHERE organization = $2) < $3 ON CONFLICT (id) DO NOTHING",
    )
    .bind(flow.id.as_str())
    .bind(organization)
    .bind(MOST_OWNED)
    .execute(&mut *connection)
    .await?;
    let done = sqlx::query(
        "INSERT INTO user_flows (organization, id, position, settings, source) VALUES ($1, $2, $3, $4, $5) \
         ON CONFLICT (organization, id) DO NOTHING",
    )
    .bind(organization)
    .bind(flow.id.as_str())
    .bind(position)
    .bind(serde_json::to_string(flow)?)
    .bind(source.as_str())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Changes a user flow that the API made. `false` when there is no such one.
pub async fn update(
    connection: &mut Connection,
    organization: &str,
    flow: &UserFlow,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE user_flows SET settings = $3 WHERE organization = $1 AND id = $2 AND source = 'api'",
    )
    .bind(organization)
    .bind(flow.id.as_str())
    .bind(serde_json::to_string(flow)?)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Deletes a user flow that the API made. `false` when there is no such one.
pub async fn delete(connection: &mut Connection, organization: &str, id: &str) -> Result<bool, StoreError> {
    let done = sqlx::query("DELETE FROM user_flows WHERE organization = $1 AND id = $2 AND source = 'api'")
        .bind(organization)
        .bind(id)
        .execute(connection)
        .await?;
    Ok(done.rows_affected() == 1)
}

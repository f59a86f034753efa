//! API connectors of an organization: programs of its own that are asked while somebody signs up.

pub mod managed;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::providers::Source;
use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

const TABLE: &str = "connectors";

/// Connectors that an organization may have.
pub const MOST: usize = 20;

/// An API connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// Organization.
    pub organization: String,
    /// Its id, unique in the organization.
    pub id: String,
    /// Its name, as those who manage it see it.
    pub name: String,
    /// Where it is asked.
    pub target_url: String,
    /// How it knows that we ask.
    pub authentication: Authentication,
    /// For how long an answer is waited for, once: 1 to 20 seconds.
    pub timeout_seconds: u32,
    /// What happens when it gives no verdict.
    pub on_failure: OnFailure,
}

/// How a connector knows that we ask.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Authentication {
    /// A name and a password (RFC 7617).
    Basic {
        /// The name.
        username: String,
        /// The password, sealed.
        sealed_password: String,
    },
    /// A certificate, shown while the connection is made.
    Certificate {
        /// Its private key in PEM, sealed.
        sealed_key: String,
        /// The certificate in PEM, and those that lead from it to an authority.
        certificates: String,
    },
}

/// What happens when a connector gives no verdict.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnFailure {
    /// Nobody gets past it: for one that decides.
    #[default]
    #[serde(rename = "fail_closed")]
    Closed,
    /// The sign-up goes on as if it was not there: for one that only adds.
    #[serde(rename = "fail_open")]
    Open,
}

impl OnFailure {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Closed => "fail_closed",
            Self::Open => "fail_open",
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text {
            "fail_closed" => Ok(Self::Closed),
            "fail_open" => Ok(Self::Open),
            _ => Err(format!("{text} is unknown")),
        }
    }
}

fn read(row: &Reader<'_>) -> Result<Connector, StoreError> {
    Ok(Connector {
        organization: row.text("organization")?,
        id: row.text("id")?,
        name: row.text("name")?,
        target_url: row.text("target_url")?,
        authentication: row.json("authentication")?,
        timeout_seconds: u32::try_from(row.number("timeout_seconds")?).map_err(|error| {
            StoreError::Inconsistent { table: TABLE, column: "timeout_seconds", reason: error.to_string() }
        })?,
        on_failure: row.parse("on_failure", OnFailure::parse)?,
    })
}

/// An organization's connectors, by id.
pub async fn list(connection: &mut Connection, organization: &str) -> Result<Vec<Connector>, StoreError> {
    let rows = sqlx::query("SELECT * FROM connectors WHERE organization = $1 ORDER BY id")
        .bind(organization)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, read)
}

/// The connector of an id.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<Connector>, StoreError> {
    let row = sqlx::query("SELECT * FROM connectors WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// Makes the connectors of an organization's file these. One that the API made under the same id gives way; the others
/// stay.
pub async fn replace(
    connection: &mut Connection,
    organization: &str,
    connectors: &[Connector],
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM connectors WHERE organization = $1 AND source = 'file'")
        .bind(organization)
        .execute(&mut *connection)
        .await?;
    for connector in connectors {
        managed::delete(connection, organization, &connector.id).await?;
        insert(connection, connector, Source::File).await?;
    }
    Ok(())
}

/// Stores a connector. `false` when its id is taken.
async fn insert(
    connection: &mut Connection,
    connector: &Connector,
    source: Source,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "INSERT INTO connectors \
         (organization, id, name, target_url, authentication, timeout_seconds, on_failure, source) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (organization, id) DO NOTHING",
    )
    .bind(&connector.organization)
    .bind(&connector.id)
    .bind(&connector.name)
    .bind(&connector.target_url)
    .bind(serde_json::to_string(&connector.authentication)?)
    .bind(i64::from(connector.timeout_seconds))
    .bind(connector.on_failure.as_str())
    .bind(source.as_str())
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

//! Organizations: who invites, by which rules, in which look.

use serde::{Deserialize, Serialize};
use vestibule_domain::account::Identity;
use vestibule_domain::brand::BrandTokens;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::permission::{DomainPolicy, InvitePolicy};
use vestibule_domain::provider::Order;
use vestibule_domain::redemption::RedemptionMode;
use vestibule_domain::time::Timestamp;

use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

const TABLE: &str = "organizations";

/// An organization.
#[derive(Clone, Debug, PartialEq)]
pub struct Organization {
    /// Its id, a slug.
    pub id: OrganizationId,
    /// Display name.
    pub name: String,
    /// Verified domain.
    pub domain: String,
    /// Rules and texts.
    pub settings: Settings,
    /// Look.
    pub brand: BrandTokens,
}

/// Rules and texts of an organization, as its file gives them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Whether the invited mailbox has to be proven (T03).
    #[serde(default = "strict")]
    pub redemption: RedemptionMode,
    /// How somebody proves who he is.
    #[serde(default)]
    pub redemption_order: Order,
    /// Who may invite.
    #[serde(default = "members_and_inviters")]
    pub invite_policy: InvitePolicy,
    /// Whose addresses can be invited.
    #[serde(default)]
    pub domains: DomainPolicy,
    /// Whether strangers may let themselves in by a user flow.
    #[serde(default)]
    pub self_service_sign_up: bool,
    /// Days until an invitation runs out, when nothing is said.
    #[serde(default = "thirty")]
    pub invitation_days: u32,
    /// Most days that can be asked for.
    #[serde(default = "ninety")]
    pub max_invitation_days: u32,
    /// Privacy statement.
    #[serde(default)]
    pub privacy_url: Option<String>,
    /// Terms.
    #[serde(default)]
    pub terms_url: Option<String>,
    /// Address that helps guests.
    #[serde(default)]
    pub contact: Option<String>,
    /// Address that takes reports of suspicious invitations.
    #[serde(default)]
    pub report: Option<String>,
    /// BCP 47 tag of the language of its mails, when nothing else decides.
    #[serde(default)]
    pub locale: Option<String>,
}

fn strict() -> RedemptionMode {
    RedemptionMode::Strict
}

fn members_and_inviters() -> InvitePolicy {
    InvitePolicy::MembersAndInviters
}

fn thirty() -> u32 {
    30
}

fn ninety() -> u32 {
    90
}

fn read(row: &Reader<'_>) -> Result<Organization, StoreError> {
    Ok(Organization {
        id: row.parse("id", |id| OrganizationId::parse(id).map_err(|error| error.to_string()))?,
        name: row.text("name")?,
        domain: row.text("domain")?,
        settings: row.json("settings")?,
        brand: row.json("brand")?,
    })
}

/// The organization of an id.
pub async fn find(connection: &mut Connection, id: &str) -> Result<Option<Organization>, StoreError> {
    let row =
        sqlx::query("SELECT * FROM organizations WHERE id = $1").bind(id).fetch_optional(connection).await?;
    one(row.as_ref(), TABLE, read)
}

/// The organization of an installation that has one only.
pub async fn find_only(connection: &mut Connection) -> Result<Option<Organization>, StoreError> {
    let rows = sqlx::query("SELECT * FROM organizations LIMIT 2").fetch_all(connection).await?;
    let mut found = all(&rows, TABLE, read)?;
    Ok(if found.len() == 1 { found.pop() } else { None })
}

/// Whether an identity opens anything in an organization: of its own providers, or of a mailbox where codes are a way to
/// sign in.
pub async fn believes(
    connection: &mut Connection,
    organization: &str,
    identity: &Identity,
) -> Result<bool, StoreError> {
    if !identity.counts_in(organization) || !identity.is_mailbox() {
        return Ok(identity.counts_in(organization));
    }
    let found = find(connection, organization).await?;
    Ok(found.is_some_and(|found| found.settings.redemption_order.email_code))
}

/// Writes an organization as its file gives it, new or changed.
pub async fn put(
    connection: &mut Connection,
    organization: &Organization,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO organizations (id, name, domain, settings, brand, updated_at) VALUES ($1, $2, $3, $4, $5, $6) \
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, domain = excluded.domain, \
         settings = excluded.settings, brand = excluded.brand, updated_at = excluded.updated_at",
    )
    .bind(organization.id.as_str())
    .bind(&organization.name)
    .bind(&organization.domain)
    .bind(serde_json::to_string(&organization.settings)?)
    .bind(serde_json::to_string(&organization.brand)?)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

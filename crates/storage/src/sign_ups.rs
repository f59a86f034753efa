//! Sign-ups: who came by which user flow, and who waits for a decision.

mod ending;

use std::collections::BTreeMap;

use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;

pub use ending::{sweep, take_unanswered};

use crate::row::{Reader, all, one};
use crate::{Connection, StoreError};

const TABLE: &str = "sign_ups";

/// What became of a sign-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody has to decide.
    Waiting,
    /// There is a guest.
    Done,
    /// Somebody decided against it.
    Refused,
}

impl State {
    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Done => "done",
            Self::Refused => "refused",
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        [Self::Waiting, Self::Done, Self::Refused]
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("{text} is unknown"))
    }
}

/// Values by the name of their attribute, as they were filled in.
pub type Values = BTreeMap<String, String>;

/// A sign-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignUp {
    /// Organization.
    pub organization: String,
    /// Id.
    pub id: String,
    /// Id of the user flow.
    pub user_flow: String,
    /// Who, proven.
    pub account: Account,
    /// What was filled in.
    pub attributes: Values,
    /// BCP 47 tag of the person's language.
    pub locale: String,
    /// What the person tells when asking about it.
    pub reference: String,
    /// When the person agreed to what the organization receives.
    pub agreed_at: Timestamp,
    /// The name that was shown then.
    pub agreed_name: Option<String>,
    /// What became of it.
    pub state: State,
    /// When it was asked for.
    pub asked_at: Timestamp,
    /// Until when it can be decided.
    pub expires_at: Timestamp,
    /// When it was decided, if it had to be; where nobody did in time, when the person was told.
    pub decided_at: Option<Timestamp>,
    /// By whom, as a name or address.
    pub decided_by: Option<String>,
    /// Why, in the decider's words.
    pub reason: Option<String>,
    /// The guest that was made.
    pub user: Option<String>,
}

impl SignUp {
    /// Whether somebody can still decide.
    pub fn waits(&self, now: Timestamp) -> bool {
        self.state == State::Waiting && self.expires_at > now
    }
}

fn read(row: &Reader<'_>) -> Result<SignUp, StoreError> {
    Ok(SignUp {
        organization: row.text("organization")?,
        id: row.text("id")?,
        user_flow: row.text("user_flow")?,
        account: row.json("account")?,
        attributes: row.json("attributes")?,
        locale: row.text("locale")?,
        reference: row.text("reference")?,
        agreed_at: row.at("agreed_at")?,
        agreed_name: row.text_option("agreed_name")?,
        state: row.parse("state", State::parse)?,
        asked_at: row.at("asked_at")?,
        expires_at: row.at("expires_at")?,
        decided_at: row.at_option("decided_at")?,
        decided_by: row.text_option("decided_by")?,
        reason: row.text_option("reason")?,
        user: row.text_option("user_id")?,
    })
}

/// Stores a sign-up.
pub async fn insert(connection: &mut Connection, sign_up: &SignUp) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO sign_ups (organization, id, user_flow, address, address_key, account, attributes, locale, \
         reference, agreed_at, agreed_name, state, asked_at, expires_at, decided_at, decided_by, reason, user_id) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(&sign_up.organization)
    .bind(&sign_up.id)
    .bind(&sign_up.user_flow)
    .bind(sign_up.account.address.display())
    .bind(sign_up.account.address.key())
    .bind(serde_json::to_string(&sign_up.account)?)
    .bind(serde_json::to_string(&sign_up.attributes)?)
    .bind(&sign_up.locale)
    .bind(&sign_up.reference)
    .bind(sign_up.agreed_at.0)
    .bind(&sign_up.agreed_name)
    .bind(sign_up.state.as_str())
    .bind(sign_up.asked_at.0)
    .bind(sign_up.expires_at.0)
    .bind(sign_up.decided_at.map(|at| at.0))
    .bind(&sign_up.decided_by)
    .bind(&sign_up.reason)
    .bind(&sign_up.user)
    .execute(connection)
    .await?;
    Ok(())
}

/// The sign-up of an id.
pub async fn find(
    connection: &mut Connection,
    organization: &str,
    id: &str,
) -> Result<Option<SignUp>, StoreError> {
    let row = sqlx::query("SELECT * FROM sign_ups WHERE organization = $1 AND id = $2")
        .bind(organization)
        .bind(id)
        .fetch_optional(connection)
        .await?;
    one(row.as_ref(), TABLE, read)
}

/// The newest sign-up of an address by a user flow.
pub async fn newest_of(
    connection: &mut Connection,
    organization: &str,
    user_flow: &str,
    address: &EmailAddress,
) -> Result<Option<SignUp>, StoreError> {
    let row = sqlx::query(
        "SELECT * FROM sign_ups WHERE organization = $1 AND user_flow = $2 AND address_key = $3 \
         ORDER BY asked_at DESC, id DESC LIMIT 1",
    )
    .bind(organization)
    .bind(user_flow)
    .bind(address.key())
    .fetch_optional(connection)
    .await?;
    one(row.as_ref(), TABLE, read)
}

/// Sign-ups that wait for a decision, the oldest first, so that none is hidden by those that came after it; of one user flow,
/// or of all.
pub async fn waiting(
    connection: &mut Connection,
    organization: &str,
    user_flow: Option<&str>,
    most: i64,
    now: Timestamp,
) -> Result<Vec<SignUp>, StoreError> {
    let wanted = "SELECT * FROM sign_ups WHERE organization = $1 AND ($2 = '' OR user_flow = $2) AND state = 'waiting' \
         AND expires_at > $3 ORDER BY asked_at, id LIMIT $4";
    select(connection, wanted, (organization, user_flow), most, now).await
}

/// Sign-ups that are over, the newest first; of one user flow, or of all.
pub async fn over(
    connection: &mut Connection,
    organization: &str,
    user_flow: Option<&str>,
    most: i64,
    now: Timestamp,
) -> Result<Vec<SignUp>, StoreError> {
    let wanted = "SELECT * FROM sign_ups WHERE organization = $1 AND ($2 = '' OR user_flow = $2) \
         AND (state <> 'waiting' OR expires_at <= $3) ORDER BY asked_at DESC, id DESC LIMIT $4";
    select(connection, wanted, (organization, user_flow), most, now).await
}

async fn select(
    connection: &mut Connection,
    wanted: &'static str,
    (organization, user_flow): (&str, Option<&str>),
    most: i64,
    now: Timestamp,
) -> Result<Vec<SignUp>, StoreError> {
    let rows = sqlx::query(wanted)
        .bind(organization)
        .bind(user_flow.unwrap_or_default())
        .bind(now.0)
        .bind(most)
        .fetch_all(connection)
        .await?;
    all(&rows, TABLE, read)
}

/// What somebody decided.
#[derive(Clone, Copy, Debug)]
pub struct Decision<'a> {
    /// What becomes of it.
    pub state: State,
    /// By whom.
    pub by: &'a str,
    /// Why.
    pub reason: Option<&'a str>,
    /// The guest that was made.
    pub user: Option<&'a str>,
}

/// Decides a sign-up that waits. `false` when somebody else was faster, or its time is over.
pub async fn decide(
    connection: &mut Connection,
    organization: &str,
    id: &str,
    decision: Decision<'_>,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let done = sqlx::query(
        "UPDATE sign_ups SET state = $3, decided_by = $4, reason = $5, user_id = $6, decided_at = $7 \
         WHERE organization = $1 AND id = $2 AND state = 'waiting' AND expires_at > $7",
    )
    .bind(organization)
    .bind(id)
    .bind(decision.state.as_str())
    .bind(decision.by)
    .bind(decision.reason)
    .bind(decision.user)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(done.rows_affected() == 1)
}

/// Settles all sign-ups of an address that wait: somebody has made the guest in another way.
pub async fn settle_of(
    connection: &mut Connection,
    organization: &str,
    address: &EmailAddress,
    by: &str,
    user: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    sqlx::query(
        "UPDATE sign_ups SET state = 'done', decided_by = $3, user_id = $4, decided_at = $5 \
         WHERE organization = $1 AND address_key = $2 AND state = 'waiting' AND expires_at > $5",
    )
    .bind(organization)
    .bind(address.key())
    .bind(by)
    .bind(user)
    .bind(now.0)
    .execute(connection)
    .await?;
    Ok(())
}

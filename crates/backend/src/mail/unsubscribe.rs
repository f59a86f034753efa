//! The address in a mail at which its reader ends further invitations (RFC 2369, RFC 8058).
//!
//! It says by itself whom it is about, sealed, so it works for as long as the mail is kept, whatever became of the
//! invitation. It stands in the mail's head and not in its text: a mail that is forwarded as text does not take it
//! along, and
//! the link in the text is no proof of the mailbox.

use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::time::Timestamp;
use vestibule_storage::audit::{self, Event};
use vestibule_storage::suppressions::{self, Scope};
use vestibule_storage::{Connection, StoreError};

use crate::seal::SealError;
use crate::state::App;

/// Path of the page, without the sealed part.
pub const PATH: &str = "/unsubscribe/";

/// What the address is sealed for; another sealed text does not open as one.
const PURPOSE: &str = "unsubscribe";

/// Who does not want to be invited, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unsubscribe {
    /// The mailbox that the mail came to.
    pub address: EmailAddress,
    /// Id of the organization in whose name it came.
    pub organization: String,
}

impl Unsubscribe {
    /// The path of the page.
    ///
    /// # Panics
    /// Never: it has only texts, and these can be written as JSON.
    pub fn path(&self, app: &App) -> Result<String, SealError> {
        let plain = serde_json::to_vec(self).expect("it has only texts");
        Ok(format!("{PATH}{}", app.sealer.seal(app.entropy.as_ref(), PURPOSE, &plain)?))
    }

    /// Opens the sealed part of the path; `None` when it was not sealed here.
    pub fn open(app: &App, sealed: &str) -> Option<Self> {
        let plain = app.sealer.open(PURPOSE, sealed).ok()?;
        serde_json::from_slice(&plain).ok()
    }
}

/// Leaves an address alone.
pub async fn suppress(
    connection: &mut Connection,
    address: &EmailAddress,
    scope: &Scope,
    now: Timestamp,
) -> Result<(), StoreError> {
    if suppressions::add(connection, address, scope, now).await? {
        note(connection, None, "suppression.added", address, Some(scope), now).await?;
    }
    Ok(())
}

/// Lets an address be invited again, by an organization and in general.
pub async fn allow(
    connection: &mut Connection,
    address: &EmailAddress,
    organization: &Scope,
    now: Timestamp,
) -> Result<(), StoreError> {
    let one = suppressions::lift(connection, address, organization).await?;
    let all = suppressions::lift(connection, address, &Scope::Everybody).await?;
    if one || all {
        note(connection, None, "suppression.lifted", address, Some(organization), now).await?;
    }
    Ok(())
}

/// Lets an address be invited again by everybody, on an operator's word. `false` when it could be.
pub async fn allow_all(
    connection: &mut Connection,
    address: &EmailAddress,
    now: Timestamp,
) -> Result<bool, StoreError> {
    let lifted = suppressions::lift_all(connection, address).await?;
    if lifted {
        note(connection, Some("command"), "suppression.lifted", address, None, now).await?;
    }
    Ok(lifted)
}

/// Into the installation's own chain: an organization does not learn who left it. Without another, the actor is whoever
/// reads the mailbox.
async fn note(
    connection: &mut Connection,
    actor: Option<&str>,
    action: &str,
    address: &EmailAddress,
    scope: Option<&Scope>,
    now: Timestamp,
) -> Result<(), StoreError> {
    let subject = format!("guest:{}", address.key());
    let scope = match scope {
        Some(Scope::Organization(id)) => id,
        Some(Scope::Everybody) | None => "everybody",
    };
    let detail = serde_json::json!({ "scope": scope }).to_string();
    let actor = actor.unwrap_or(&subject);
    audit::append(
        connection,
        &Event { organization: "", actor, action, subject: &subject, detail: &detail },
        now,
    )
    .await
}

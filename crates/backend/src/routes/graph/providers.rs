//! `/v1.0/identity/identityProviders`: the identity providers of an organization, shaped like Microsoft Graph's.

pub mod change;
pub mod create;
pub mod delete;
pub mod list;
pub mod read;
mod request;
pub(in crate::routes::graph) mod wire;

use serde_json::Value;
use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::managed::Managed;
use vestibule_storage::{Connection, StoreError};

use super::caller::Caller;
use super::error::GraphProblem;
use super::resource::{self, Id, id};

/// What is managed here, or why it is not: it is the file's, it is built in, or there is none.
fn editable(found: Option<Managed>, id: &str) -> Result<Managed, GraphProblem> {
    match found {
        Some(found) => resource::editable(found.source, id).map(|()| found),
        None if id == wire::CODE => Err(GraphProblem::conflict(
            "The one-time code is built in: `redemption_order.email_code` in the organization's file turns it on and off.",
        )),
        None => Err(GraphProblem::not_found()),
    }
}

/// Writes down that a provider was made, changed or deleted.
async fn note(
    connection: &mut Connection,
    caller: &Caller,
    action: &str,
    id: &str,
    detail: &Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    resource::note(connection, caller, action, &format!("provider:{id}"), detail, now).await
}

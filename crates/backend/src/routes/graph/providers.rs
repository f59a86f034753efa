//! `/v1.0/identity/identityProviders`: the identity providers of an organization, shaped like Microsoft Graph's.

pub mod change;
pub mod create;
pub mod delete;
pub mod list;
pub mod read;
mod request;
mod wire;

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use serde_json::Value;
use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::Source;
use vestibule_storage::providers::managed::Managed;
use vestibule_storage::{Connection, StoreError, audit};

use super::caller::Caller;
use super::error::GraphProblem;

/// An id out of an address. What cannot be one names nothing.
type Id = Result<Path<String>, PathRejection>;

fn id(path: Id) -> Result<String, GraphProblem> {
    path.map(|Path(id)| id).map_err(|_| GraphProblem::not_found())
}

/// What is managed here, or why it is not: it is the file's, it is built in, or there is none.
fn editable(found: Option<Managed>, id: &str) -> Result<Managed, GraphProblem> {
    match found {
        Some(found) => match found.source {
            Source::Api => Ok(found),
            Source::File => Err(GraphProblem::conflict(format!(
                "“{id}” comes from the organization's file: change the file and apply it."
            ))),
        },
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
    let (subject, detail) = (format!("provider:{id}"), detail.to_string());
    let organization = caller.organization.id.as_str();
    let event =
        audit::Event { organization, actor: &caller.actor, action, subject: &subject, detail: &detail };
    audit::append(connection, &event, now).await
}

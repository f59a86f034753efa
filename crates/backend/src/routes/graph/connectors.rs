//! `/v1.0/identity/apiConnectors`: the API connectors of an organization, shaped like Microsoft Graph's.

mod bundle;
pub mod change;
pub mod create;
pub mod delete;
pub mod read;
mod request;
pub mod upload;
mod wire;

use vestibule_storage::connectors::managed::Managed;

use super::error::GraphProblem;
use super::resource;

/// What is managed here, or why it is not.
fn editable(found: Option<Managed>) -> Result<Managed, GraphProblem> {
    let found = found.ok_or_else(GraphProblem::not_found)?;
    resource::editable(found.source, &found.connector.id)?;
    Ok(found)
}

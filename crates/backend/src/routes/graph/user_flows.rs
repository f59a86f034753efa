//! `/v1.0/identity/b2xUserFlows`: the user flows of an organization, shaped like Microsoft Graph's, and what belongs to
//! them: attributes, and whether strangers may let themselves in at all.

pub mod assignments;
mod attribute;
pub mod attributes;
pub mod change;
pub mod create;
pub mod delete;
mod edit;
pub mod languages;
pub mod order;
pub mod policy;
pub mod read;
pub mod references;
mod request;
mod wire;

use vestibule_contract::user_flow::PREFIX;
use vestibule_storage::user_flows::Managed;

use super::error::GraphProblem;
use super::resource;

/// Our own id in one of Graph's.
fn own_id(id: &str) -> &str {
    id.strip_prefix(PREFIX).unwrap_or(id)
}

/// What is managed here, or why it is not.
fn editable(found: Option<Managed>) -> Result<Managed, GraphProblem> {
    let found = found.ok_or_else(GraphProblem::not_found)?;
    resource::editable(found.source, found.flow.id.as_str())?;
    Ok(found)
}

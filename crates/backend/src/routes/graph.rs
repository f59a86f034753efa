//! The management plane's invitations, identity providers, user flows and API connectors, shaped like Microsoft Graph v1.0, and what Graph lacks
//! beside them.

pub mod caller;
pub mod connectors;
pub mod create;
pub mod error;
pub mod list;
pub mod odata;
pub mod options;
pub mod preview;
pub mod providers;
pub mod query;
mod resource;
pub mod user_flows;
pub mod users;
pub mod wire;

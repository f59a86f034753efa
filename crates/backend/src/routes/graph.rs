//! The management plane's invitations and identity providers, shaped like Microsoft Graph v1.0, and what Graph lacks
//! beside them.

pub mod caller;
pub mod create;
pub mod error;
pub mod list;
pub mod options;
pub mod preview;
pub mod providers;
pub mod query;
pub mod wire;

//! Repositories over the database: the only place that speaks SQL.
//!
//! Rules for every function here:
//! - A look-up gives `Result<Option<_>, StoreError>`: absence is handled differently from failure.
//! - Time and ids come in as parameters.
//! - Whatever must hold at the moment of a change stands in the change's own `WHERE`; zero rows are the answer, not
//!   an earlier read (T13 to T16).
//! - The organization is a parameter of every function on organization data and part of every key.
//!
//! Functions take a connection and so run alike on a reader ([`Store::read`]) and inside a write transaction
//! ([`Store::write`]). To add one: a file for its table, SQL that both databases take, a test in the narrative.

mod dialect;
mod error;
mod row;
mod store;

pub mod apps;
pub mod audit;
pub mod authorizations;
pub mod check;
pub mod codes;
pub mod connectors;
pub mod consents;
pub mod flows;
pub mod idempotency;
pub mod invitations;
pub mod limits;
pub mod organizations;
pub mod outbox;
pub mod providers;
pub mod sessions;
pub mod sign_ups;
pub mod suppressions;
pub mod tokens;
pub mod user_flows;
pub mod users;

pub use error::StoreError;
pub use store::{Store, Work};

/// A connection, reading or inside a write transaction.
pub type Connection = sqlx::AnyConnection;

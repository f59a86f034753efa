//! What can go wrong in the store. Absence is never an error: look-ups give `Option`.

/// An error of the store. Its text is for the log, never for a person.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[from] sqlx::Error),
    /// The schema could not be brought up to date, or is newer than this program.
    #[error("schema: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A stored value breaks an invariant of ours.
    #[error("inconsistent {table}.{column}: {reason}")]
    Inconsistent {
        /// Table.
        table: &'static str,
        /// Column.
        column: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// A structure could not be written as JSON.
    #[error("encoding: {0}")]
    Encode(#[from] serde_json::Error),
    /// The commit failed; nothing of the operation happened.
    #[error("the commit failed")]
    CommitFailed,
    /// An operation panicked; nothing of it happened.
    #[error("an operation panicked")]
    Panicked,
    /// Too many changes are waiting.
    #[error("too many changes are waiting")]
    Overloaded,
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

//! What can go wrong in the store. Absence is never an error: look-ups give `Option`.

/// An error of the store. Its text is for the log, never for a person.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The database refused or could not be reached.
    #[error("database: {0}")]
    Database(#[source] sqlx::Error),
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
    /// Too many are waiting, to read or to change.
    #[error("too many are waiting")]
    Overloaded,
    /// The store is shutting down.
    #[error("the store is closed")]
    Closed,
}

impl From<sqlx::Error> for StoreError {
    /// What is over by itself is told apart from what is broken.
    fn from(error: sqlx::Error) -> Self {
        match error {
            sqlx::Error::PoolTimedOut => Self::Overloaded,
            sqlx::Error::PoolClosed => Self::Closed,
            other => Self::Database(other),
        }
    }
}

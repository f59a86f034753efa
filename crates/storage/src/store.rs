//! The store: one writer with group commit, many readers.
//!
//! A durable commit costs a disk flush, some milliseconds; sixteen operations in one commit cost hardly more than
//! one. So every change goes to one task as a closure. The task runs what is waiting inside one transaction, each
//! operation under its own savepoint, commits, and only then lets the callers have their answers. An operation thus
//! sees the truth, nobody sees an uncommitted one, and load → decide → write is atomic without a retry.

use std::panic::AssertUnwindSafe;
use std::path::Path;
use std::pin::Pin;

use futures_util::FutureExt;
use sqlx::{AnyConnection, AnyPool, Connection, Executor};
use tokio::sync::{mpsc, oneshot};

use crate::{StoreError, dialect};

/// Operations in one commit at most; beyond that, the wait of the first grows faster than the gain of the last.
const BATCH: usize = 16;

/// Operations that may wait; beyond that, [`StoreError::Overloaded`] (P8).
const QUEUE: usize = 512;

/// A future that borrows its connection.
pub type Work<'c, T, E> = Pin<Box<dyn Future<Output = Result<T, E>> + Send + 'c>>;

/// Called with the fate of the commit.
type Finish = Box<dyn FnOnce(Result<(), StoreError>) + Send>;

/// One operation: runs, says whether its writes stay, and how to answer afterwards.
type Job =
    Box<dyn for<'c> FnOnce(&'c mut AnyConnection) -> Pin<Box<dyn Future<Output = Ran> + Send + 'c>> + Send>;

struct Ran {
    keep: bool,
    finish: Finish,
}

/// Handle to the database. Cheap to clone.
#[derive(Clone)]
pub struct Store {
    writer: mpsc::Sender<Job>,
    readers: AnyPool,
}

impl Store {
    /// Opens the database file, creating it and bringing its schema up to date where needed.
    pub async fn open(path: &Path) -> Result<Self, StoreError> {
        let connection = dialect::open_writer(path).await?;
        let readers = dialect::open_readers(path).await?;
        let (writer, queue) = mpsc::channel(QUEUE);
        tokio::spawn(write_loop(connection, queue));
        Ok(Self { writer, readers })
    }

    /// Runs a change in a write transaction and answers once it is durable. An `Err` undoes the change.
    ///
    /// # Errors
    /// What `operation` gives, or the store's own error as `E`.
    pub async fn write<T, E, F>(&self, operation: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Work<'c, T, E> + Send + 'static,
    {
        let (answer, answered) = oneshot::channel::<Result<T, E>>();
        let job: Job = Box::new(move |connection| {
            Box::pin(async move {
                // A panic in one operation must not take the writer, and with it everybody, down.
                let result = AssertUnwindSafe(operation(connection))
                    .catch_unwind()
                    .await
                    .unwrap_or_else(|_| Err(StoreError::Panicked.into()));
                Ran {
                    keep: result.is_ok(),
                    finish: Box::new(move |committed| {
                        // A caller that went away has no use for the answer.
                        let _ = answer.send(committed.map_err(E::from).and(result));
                    }),
                }
            })
        });
        self.writer.try_send(job).map_err(|error| match error {
            mpsc::error::TrySendError::Full(_) => StoreError::Overloaded,
            mpsc::error::TrySendError::Closed(_) => StoreError::Closed,
        })?;
        answered.await.unwrap_or_else(|_| Err(StoreError::Closed.into()))
    }

    /// Runs a query on a reading connection. It sees every change that was answered before it began.
    ///
    /// # Errors
    /// What `query` gives, or the store's own error as `E`.
    pub async fn read<T, E, F>(&self, query: F) -> Result<T, E>
    where
        E: From<StoreError>,
        F: for<'c> FnOnce(&'c mut AnyConnection) -> Work<'c, T, E>,
    {
        let mut connection = self.readers.acquire().await.map_err(StoreError::from)?;
        query(&mut connection).await
    }

    /// Whether the database answers.
    pub async fn ping(&self) -> Result<(), StoreError> {
        self.readers.acquire().await?.ping().await?;
        if self.writer.is_closed() { Err(StoreError::Closed) } else { Ok(()) }
    }
}

async fn write_loop(mut connection: AnyConnection, mut queue: mpsc::Receiver<Job>) {
    let mut batch = Vec::with_capacity(BATCH);
    while queue.recv_many(&mut batch, BATCH).await > 0 {
        let mut finishers = Vec::with_capacity(batch.len());
        let fate = run_batch(&mut connection, batch.drain(..), &mut finishers).await;
        if let Err(error) = &fate {
            tracing::error!(%error, operations = finishers.len(), "a commit failed; its operations did not happen");
            // Leaves the connection outside any transaction; an error only says that it was outside already.
            let _ = connection.execute("ROLLBACK").await;
        }
        for finish in finishers {
            finish(fate.as_ref().map_err(|_| StoreError::CommitFailed).copied());
        }
    }
    let _ = connection.close().await;
}

async fn run_batch(
    connection: &mut AnyConnection,
    jobs: impl Iterator<Item = Job> + Send,
    finishers: &mut Vec<Finish>,
) -> Result<(), StoreError> {
    let mut begun = connection.execute(dialect::BEGIN_WRITE).await.map(drop);
    for job in jobs {
        if begun.is_ok() {
            begun = run_one(connection, job, finishers).await.map_err(|(error, finish)| {
                finishers.extend(finish);
                error
            });
        } else {
            // Dropping the job drops its answer channel, which reads as `Closed`.
            drop(job);
        }
    }
    begun?;
    connection.execute("COMMIT").await?;
    Ok(())
}

async fn run_one(
    connection: &mut AnyConnection,
    job: Job,
    finishers: &mut Vec<Finish>,
) -> Result<(), (sqlx::Error, Option<Finish>)> {
    connection.execute("SAVEPOINT operation").await.map_err(|error| (error, None))?;
    let Ran { keep, finish } = job(connection).await;
    let end = if keep { "RELEASE operation" } else { "ROLLBACK TO operation; RELEASE operation" };
    match connection.execute(sqlx::raw_sql(end)).await {
        Ok(_) => {
            finishers.push(finish);
            Ok(())
        }
        Err(error) => Err((error, Some(finish))),
    }
}

#[cfg(test)]
mod tests;

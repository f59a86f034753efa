//! The one file in which databases differ: how to connect, what to set, and what an error means.
//!
//! Everything else is one SQL text. PostgreSQL becomes a second arm of the functions here
//! (`docs/adr/0004-one-sql-text.md`).

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Once;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions, Connection, Executor};

use crate::StoreError;

/// Read connections at most. WAL readers do not block the writer; more than a few gain nothing on two cores.
const READERS: u32 = 8;

/// How a connection is set up before its first use. `synchronous=FULL` is set although it is the default of SQLite:
/// a durable commit is a promise here (P1), and a default is not one.
const WRITER_PRAGMAS: &str = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
     PRAGMA busy_timeout = 5000; PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 67108864;";
const READER_PRAGMAS: &str = "PRAGMA query_only = ON; PRAGMA busy_timeout = 5000;";

/// The statement that opens a write transaction: it takes the write lock at once instead of failing half-way.
pub(crate) const BEGIN_WRITE: &str = "BEGIN IMMEDIATE";

/// Statements run after the migrations, safe to run again.
const AFTER_MIGRATIONS: &str = include_str!("dialect/sqlite.sql");

fn options(path: &Path) -> Result<AnyConnectOptions, StoreError> {
    static DRIVERS: Once = Once::new();
    DRIVERS.call_once(sqlx::any::install_default_drivers);
    let mut url = url_of(path);
    url.push_str("?mode=rwc");
    let options: AnyConnectOptions = url.parse()?;
    Ok(options.disable_statement_logging())
}

/// SQLite's URL takes the path percent-encoded.
fn url_of(path: &Path) -> String {
    let mut url = String::from("sqlite://");
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
    }
    url
}

/// Opens the writing connection and brings the schema up to date. Refuses a schema that is newer than this program.
pub(crate) async fn open_writer(path: &Path) -> Result<AnyConnection, StoreError> {
    let mut connection = AnyConnection::connect_with(&options(path)?).await?;
    connection.execute(sqlx::raw_sql(WRITER_PRAGMAS)).await?;
    sqlx::migrate!("./migrations").run(&mut connection).await?;
    connection.execute(sqlx::raw_sql(AFTER_MIGRATIONS)).await?;
    Ok(connection)
}

/// Opens the reading side.
pub(crate) async fn open_readers(path: &Path) -> Result<AnyPool, StoreError> {
    let pool = AnyPoolOptions::new()
        .max_connections(READERS)
        .after_connect(|connection, _| {
            Box::pin(async move { connection.execute(sqlx::raw_sql(READER_PRAGMAS)).await.map(drop) })
        })
        .connect_with(options(path)?)
        .await?;
    Ok(pool)
}

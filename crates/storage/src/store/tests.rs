//! The promises of the writer: durable when answered, alone when undone, alive after a panic, bounded in its queue.

use std::path::PathBuf;

use sqlx::Row;
use tempfile::TempDir;

use super::{QUEUE, Store};
use crate::{Connection, StoreError};

struct Place {
    store: Store,
    path: PathBuf,
    _directory: TempDir,
}

async fn place() -> Place {
    let directory = tempfile::tempdir().expect("a directory");
    let path = directory.path().join("a name with spaces & 100%.db");
    let store = Store::open(&path).await.expect("opens");
    Place { store, path, _directory: directory }
}

async fn insert(connection: &mut Connection, key: &str) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO failures (key, count, last_at) VALUES ($1, 1, 0)")
        .bind(key)
        .execute(connection)
        .await?;
    Ok(())
}

async fn put(store: &Store, key: &'static str) -> Result<(), StoreError> {
    store.write(move |connection| Box::pin(async move { insert(connection, key).await })).await
}

async fn number(store: &Store, query: &'static str) -> i64 {
    store
        .read(move |connection| {
            Box::pin(async move {
                Ok::<_, StoreError>(sqlx::query(query).fetch_one(connection).await?.get::<i64, _>(0))
            })
        })
        .await
        .expect("answers")
}

async fn rows(store: &Store) -> i64 {
    number(store, "SELECT COUNT(*) FROM failures").await
}

#[tokio::test]
async fn p1_what_was_answered_is_there_after_the_program_ended() {
    let Place { store, path, _directory } = place().await;
    put(&store, "kept").await.expect("written");
    drop(store);
    let again = Store::open(&path).await.expect("opens again, migrations and all");
    assert_eq!(rows(&again).await, 1);
}

#[tokio::test]
async fn p1_a_commit_is_flushed_and_readers_cannot_write() {
    let place = place().await;
    let full = place
        .store
        .write(|connection| {
            Box::pin(async move {
                Ok::<_, StoreError>(
                    sqlx::query("PRAGMA synchronous").fetch_one(connection).await?.get::<i64, _>(0),
                )
            })
        })
        .await;
    assert_eq!(full.expect("answers"), 2, "FULL");
    let refused =
        place.store.read(|connection| Box::pin(async move { insert(connection, "sneaked in").await })).await;
    assert!(matches!(refused, Err(StoreError::Database(_))), "{refused:?}");
    assert_eq!(rows(&place.store).await, 0);
}

#[tokio::test]
async fn an_operation_that_fails_undoes_itself_and_none_of_its_batch() {
    let place = place().await;
    let fails = place.store.write(|connection| {
        Box::pin(async move {
            insert(connection, "undone").await?;
            insert(connection, "undone").await
        })
    });
    let (before, failed, after) =
        tokio::join!(put(&place.store, "before"), fails, put(&place.store, "after"));
    before.expect("written");
    after.expect("written");
    assert!(matches!(failed, Err(StoreError::Database(_))), "{failed:?}");
    assert_eq!(rows(&place.store).await, 2);
    assert_eq!(number(&place.store, "SELECT COUNT(*) FROM failures WHERE key = 'undone'").await, 0);
}

#[tokio::test]
async fn an_operation_that_panics_undoes_itself_and_the_writer_lives_on() {
    let place = place().await;
    let panics = place.store.write::<(), StoreError, _>(|connection| {
        Box::pin(async move {
            insert(connection, "undone").await?;
            panic!("on purpose");
        })
    });
    let (panicked, beside) = tokio::join!(panics, put(&place.store, "beside"));
    assert!(matches!(panicked, Err(StoreError::Panicked)), "{panicked:?}");
    beside.expect("written");
    put(&place.store, "later").await.expect("written");
    assert_eq!(rows(&place.store).await, 2);
}

#[tokio::test]
async fn a_commit_that_fails_tells_each_of_its_operations() {
    let place = place().await;
    // A constraint that is looked at when the transaction ends: the one way to fail as late as a full disk does.
    let dangling = place.store.write(|connection| {
        Box::pin(async move {
            sqlx::query("PRAGMA defer_foreign_keys = ON").execute(&mut *connection).await?;
            sqlx::query("INSERT INTO apps (organization, id, name, kind, launch_url) VALUES ('nobody', 'a', 'A', 'web', '/')")
                .execute(connection)
                .await?;
            Ok::<_, StoreError>(())
        })
    });
    let (dangling, beside) = tokio::join!(dangling, put(&place.store, "beside"));
    assert!(matches!(dangling, Err(StoreError::CommitFailed)), "{dangling:?}");
    assert!(matches!(beside, Err(StoreError::CommitFailed)), "{beside:?}");
    assert_eq!(rows(&place.store).await, 0, "what was told to have failed did not happen");
    put(&place.store, "later").await.expect("the next batch is whole");
    assert_eq!(rows(&place.store).await, 1);
}

#[tokio::test]
async fn p8_beyond_its_queue_the_writer_says_that_it_is_overloaded() {
    let place = place().await;
    // On this runtime of one thread the writer does not run before all of these have asked.
    let asked: Vec<_> = (0..=QUEUE).map(|_| put(&place.store, "same")).collect();
    let answers = futures_util::future::join_all(asked).await;
    let overloaded = answers.iter().filter(|answer| matches!(answer, Err(StoreError::Overloaded))).count();
    assert_eq!(overloaded, 1);
    assert_eq!(answers.iter().filter(|answer| answer.is_ok()).count(), 1, "one of the equal keys");
    assert_eq!(rows(&place.store).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t35_two_programs_on_one_file_lose_no_count() {
    async fn add(store: &Store) -> Result<(), StoreError> {
        store
            .write(|connection| {
                Box::pin(async move {
                    sqlx::query(
                        "INSERT INTO failures (key, count, last_at) VALUES ('k', 1, 0) \
                         ON CONFLICT (key) DO UPDATE SET count = failures.count + 1",
                    )
                    .execute(connection)
                    .await?;
                    Ok(())
                })
            })
            .await
    }
    let place = place().await;
    let other = Store::open(&place.path).await.expect("opens beside");
    let all = (0..200).map(|index| {
        let store = if index % 2 == 0 { &place.store } else { &other };
        add(store)
    });
    for answer in futures_util::future::join_all(all).await {
        answer.expect("counted");
    }
    assert_eq!(number(&other, "SELECT count FROM failures").await, 200);
}

#[tokio::test]
async fn a_schema_newer_than_the_program_is_refused() {
    let Place { store, path, _directory } = place().await;
    store
        .write(|connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO _sqlx_migrations (version, description, success, checksum, execution_time) \
                     VALUES (9999, 'tomorrow', TRUE, x'00', 0)",
                )
                .execute(connection)
                .await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .expect("written");
    drop(store);
    let refused = Store::open(&path).await.err();
    assert!(matches!(refused, Some(StoreError::Migration(_))), "{refused:?}");
}

#[tokio::test]
async fn the_audit_is_append_only() {
    let place = place().await;
    for statement in ["DELETE FROM audit", "UPDATE audit SET action = 'x'"] {
        let refused = place
            .store
            .write(move |connection| {
                Box::pin(async move {
                    sqlx::query("INSERT INTO organizations VALUES ('o', 'O', 'o.example', '{}', '{}', 0)")
                        .execute(&mut *connection)
                        .await?;
                    let columns =
                        "organization, sequence, at, actor, action, subject, detail, previous, hash";
                    let row = format!(
                        "INSERT INTO audit ({columns}) VALUES ('o', 1, 0, 'a', 'b', 'c', '{{}}', '', '')"
                    );
                    sqlx::query(sqlx::AssertSqlSafe(row)).execute(&mut *connection).await?;
                    sqlx::query(statement).execute(connection).await?;
                    Ok::<_, StoreError>(())
                })
            })
            .await;
        let Err(StoreError::Database(error)) = refused else { panic!("{statement} was taken") };
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}

//! Whose connectors are whose: the file's and the API's, and one organization's and another's.

use tempfile::TempDir;

use super::managed::{self, Managed};
use super::{Authentication, Connector, OnFailure, find, list, replace};
use crate::providers::Source;
use crate::{Store, StoreError};

async fn store() -> (Store, TempDir) {
    let directory = tempfile::tempdir().expect("a directory");
    let store = Store::open(&directory.path().join("test.db")).await.expect("opens");
    let put = store.write(move |connection| {
        Box::pin(async move {
            sqlx::raw_sql(
                "INSERT INTO organizations (id, name, domain, settings, brand, updated_at) VALUES \
                 ('contoso', 'Contoso', 'contoso.example', '{}', '{}', 0), \
                 ('fabrikam', 'Fabrikam', 'fabrikam.example', '{}', '{}', 0)",
            )
            .execute(connection)
            .await?;
            Ok::<_, StoreError>(())
        })
    });
    put.await.expect("written");
    (store, directory)
}

fn connector(organization: &str, id: &str) -> Connector {
    Connector {
        organization: organization.to_owned(),
        id: id.to_owned(),
        name: format!("{id} of {organization}"),
        target_url: "https://connector.example/ask?code=1".to_owned(),
        authentication: Authentication::Basic {
            username: "vestibule".to_owned(),
            sealed_password: "sealed".to_owned(),
        },
        timeout_seconds: 20,
        on_failure: OnFailure::Closed,
    }
}

async fn replaced(store: &Store, organization: &'static str, connectors: Vec<Connector>) {
    let done = store.write(move |connection| {
        Box::pin(async move { replace(connection, organization, &connectors).await })
    });
    done.await.expect("written");
}

async fn created(store: &Store, connector: Connector) -> bool {
    let done = store.write::<_, StoreError, _>(move |connection| {
        Box::pin(async move { managed::create(connection, &connector).await })
    });
    done.await.expect("written")
}

async fn updated(store: &Store, connector: Connector) -> bool {
    let done = store.write::<_, StoreError, _>(move |connection| {
        Box::pin(async move { managed::update(connection, &connector).await })
    });
    done.await.expect("written")
}

async fn deleted(store: &Store, organization: &'static str, id: &'static str) -> bool {
    let done = store.write::<_, StoreError, _>(move |connection| {
        Box::pin(async move { managed::delete(connection, organization, id).await })
    });
    done.await.expect("written")
}

async fn sources(store: &Store, organization: &'static str) -> Vec<(String, Source)> {
    let read = store.read::<_, StoreError, _>(move |connection| {
        Box::pin(async move { managed::list(connection, organization).await })
    });
    let read = read.await.expect("read");
    read.into_iter().map(|Managed { connector, source }| (connector.id, source)).collect()
}

async fn one(store: &Store, organization: &'static str, id: &'static str) -> Option<Connector> {
    let read =
        store.read(move |connection| Box::pin(async move { find(connection, organization, id).await }));
    read.await.expect("read")
}

#[tokio::test]
async fn a_connector_is_read_as_it_was_written() {
    let (store, _directory) = store().await;
    let mut certified = connector("contoso", "certified");
    certified.authentication = Authentication::Certificate {
        sealed_key: "sealed".to_owned(),
        certificates: "-----BEGIN CERTIFICATE-----".to_owned(),
    };
    certified.timeout_seconds = 1;
    certified.on_failure = OnFailure::Open;
    let written = vec![connector("contoso", "approval"), certified];
    replaced(&store, "contoso", written.clone()).await;
    let read = store
        .read::<_, StoreError, _>(|connection| Box::pin(async move { list(connection, "contoso").await }));
    assert_eq!(read.await.expect("read"), written);
    assert_eq!(one(&store, "contoso", "certified").await.as_ref(), written.last());
    assert_eq!(one(&store, "contoso", "nothing").await, None);
}

#[tokio::test]
async fn s104_a_connector_belongs_to_one_organization() {
    let (store, _directory) = store().await;
    replaced(&store, "contoso", vec![connector("contoso", "approval")]).await;
    assert!(created(&store, connector("fabrikam", "approval")).await, "the id is free there");
    assert_eq!(one(&store, "fabrikam", "other").await, None);
    let contoso = one(&store, "contoso", "approval").await.expect("is there");
    assert_eq!(contoso.name, "approval of contoso");
    replaced(&store, "contoso", Vec::new()).await;
    assert_eq!(one(&store, "contoso", "approval").await, None);
    assert_eq!(sources(&store, "fabrikam").await, [("approval".to_owned(), Source::Api)]);
}

#[tokio::test]
async fn the_api_changes_its_own_connectors_and_a_file_wins_over_it() {
    let (store, _directory) = store().await;
    replaced(&store, "contoso", vec![connector("contoso", "file")]).await;
    assert!(!created(&store, connector("contoso", "file")).await, "the id is taken");
    assert!(!updated(&store, connector("contoso", "file")).await, "it is the file's");
    assert!(!deleted(&store, "contoso", "file").await, "it is the file's");

    assert!(created(&store, connector("contoso", "made")).await);
    let mut changed = connector("contoso", "made");
    changed.name = "Another".to_owned();
    changed.timeout_seconds = 5;
    assert!(updated(&store, changed.clone()).await);
    assert_eq!(one(&store, "contoso", "made").await, Some(changed));

    replaced(&store, "contoso", vec![connector("contoso", "file")]).await;
    let both = [("file".to_owned(), Source::File), ("made".to_owned(), Source::Api)];
    assert_eq!(sources(&store, "contoso").await, both, "what the API made stays");
    replaced(&store, "contoso", vec![connector("contoso", "made")]).await;
    assert_eq!(sources(&store, "contoso").await, [("made".to_owned(), Source::File)], "the file wins");
    assert!(!deleted(&store, "contoso", "made").await);
    replaced(&store, "contoso", Vec::new()).await;
    assert!(!deleted(&store, "contoso", "made").await, "nothing is left");
}

//! The API connectors of an organization's file.

use anyhow::{Context as _, Result, ensure};
use serde_json::json;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::time::Timestamp;
use vestibule_storage::connectors::managed::{self, Managed};
use vestibule_storage::connectors::{self, Connector, MOST};
use vestibule_storage::providers::Source;
use vestibule_storage::{Connection, StoreError};

use crate::cli::{note, output};
use crate::connectors::save;
use crate::connectors::wanted::Wanted;
use crate::state::App;

/// Checks the file's connectors.
pub(super) async fn prepare(
    app: &App,
    organization: &OrganizationId,
    wanted: Vec<Wanted>,
) -> Result<Vec<Connector>> {
    let id = organization.to_string();
    let known =
        app.store.read(|connection| Box::pin(async move { managed::list(connection, &id).await })).await?;
    let stays = |known: &&Managed| {
        known.source == Source::Api && !wanted.iter().any(|wanted| wanted.id.as_str() == known.connector.id)
    };
    let stay = known.iter().filter(stays).count();
    ensure!(
        wanted.len() + stay <= MOST,
        "an organization has {MOST} connectors at most: the file has {}, and {stay} others were made by the API",
        wanted.len()
    );
    let mut prepared: Vec<Connector> = Vec::new();
    for wanted in wanted {
        let id = wanted.id.to_string();
        ensure!(
            !prepared.iter().any(|known| known.id == id),
            "the connector id {id} is taken: each connector has an id of its own"
        );
        let connector = save::prepare(app, organization.as_str(), wanted).await;
        prepared.push(connector.with_context(|| format!("the connector {id}"))?);
    }
    Ok(prepared)
}

/// Makes the connectors that come from files these. Those that the API made stay, but for one under the same id: the
/// file wins, and says so.
pub(super) async fn store(
    connection: &mut Connection,
    organization: &str,
    prepared: &[Connector],
    now: Timestamp,
) -> Result<(), StoreError> {
    let known = managed::list(connection, organization).await?;
    connectors::replace(connection, organization, prepared).await?;
    for Connector { id, .. } in prepared {
        if known.iter().any(|known| known.source == Source::Api && known.connector.id == *id) {
            let detail = json!({ "members": ["vestibule/source"] });
            let subject = format!("connector:{id}");
            note(connection, organization, "connector.changed", &subject, &detail, now).await?;
            output::line(format_args!(
                "the connector {id} was made by the API; from now on the file says what it is"
            ));
        }
    }
    Ok(())
}

//! The user flows of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use serde_json::json;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::sign_up::UserFlow;
use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::Source;
use vestibule_storage::user_flows::{self, MOST, Managed};
use vestibule_storage::{Connection, StoreError, connectors, providers};

use super::{Plan, SpokenTo};
use crate::cli::{note, output};
use crate::state::App;
use crate::user_flows::Around;

/// Checks the file's user flows against the rest of it, and against what the API made; and what the API made against the
/// file.
pub(super) async fn check(app: &App, plan: &Plan, spoken_to: &SpokenTo) -> Result<()> {
    let id = plan.organization.id.to_string();
    let (flows, connectors, providers) = app
        .store
        .read(|connection| {
            Box::pin(async move {
                Ok::<_, StoreError>((
                    user_flows::list(connection, &id).await?,
                    connectors::managed::list(connection, &id).await?,
                    providers::managed::list(connection, &id).await?,
                ))
            })
        })
        .await?;
    let stay: Vec<_> = flows.iter().filter(|known| stays(known, &plan.user_flows)).collect();
    ensure!(
        plan.user_flows.len() + stay.len() <= MOST,
        "an organization has {MOST} user flows at most: the file has {}, and {} others were made by the API",
        plan.user_flows.len(),
        stay.len()
    );
    // What the API made stays, but for what the file has under the same id.
    let mut around = around(plan, spoken_to);
    for known in connectors.into_iter().filter(|known| known.source == Source::Api) {
        if !around.connectors.iter().any(|one| one.id == known.connector.id) {
            around.connectors.push(known.connector);
        }
    }
    for known in providers.into_iter().filter(|known| known.source == Source::Api) {
        if !around.providers.iter().any(|one| one.id == known.provider.id) {
            around.providers.push(known.provider);
        }
    }
    for (at, flow) in plan.user_flows.iter().enumerate() {
        if plan.user_flows[..at].iter().any(|other| other.id == flow.id) {
            bail!("the file has two user flows called {}", flow.id);
        }
        around.admit(flow).with_context(|| format!("the user flow {}", flow.id))?;
    }
    for Managed { flow, .. } in stay {
        let asked = |id: &&OrganizationId| !around.connectors.iter().any(|it| it.id == id.as_str());
        if let Some(gone) = [&flow.after_federation, &flow.before_creation].into_iter().flatten().find(asked)
        {
            bail!(
                "the user flow {}, which the API made, asks the connector {gone}, which the file no longer has: change \
                 that user flow first, or keep the connector",
                flow.id
            );
        }
    }
    Ok(())
}

fn around(plan: &Plan, spoken_to: &SpokenTo) -> Around {
    Around {
        of: "the file",
        apps: plan.apps.iter().map(|app| app.id.clone()).collect(),
        connectors: spoken_to.connectors.clone(),
        providers: spoken_to.providers.clone(),
        email_code: plan.organization.settings.redemption_order.email_code,
        members: plan.members.iter().map(|(address, ..)| address.clone()).collect(),
    }
}

/// Whether a user flow was made by the API and is not named by the file.
fn stays(known: &Managed, wanted: &[UserFlow]) -> bool {
    known.source == Source::Api && !wanted.iter().any(|wanted| wanted.id == known.flow.id)
}

/// Makes the user flows that come from files these. Those that the API made stay, but for one under the same id: the file
/// wins, and says so.
pub(super) async fn store(
    connection: &mut Connection,
    organization: &str,
    flows: &[UserFlow],
    now: Timestamp,
) -> Result<(), StoreError> {
    let known = user_flows::list(connection, organization).await?;
    user_flows::replace(connection, organization, flows).await?;
    for UserFlow { id, .. } in flows {
        if known.iter().any(|known| known.source == Source::Api && known.flow.id == *id) {
            let detail = json!({ "members": ["vestibule/source"] });
            let subject = format!("user_flow:{id}");
            note(connection, organization, "user_flow.changed", &subject, &detail, now).await?;
            output::line(format_args!(
                "the user flow {id} was made by the API; from now on the file says what it is"
            ));
        }
    }
    Ok(())
}

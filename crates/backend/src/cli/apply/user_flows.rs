//! The user flows of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::connectors;
use vestibule_storage::user_flows::MOST;

use super::{Plan, SpokenTo};
use crate::flows::state::Way;
use crate::state::App;

/// Checks the file's user flows against the rest of it, and the connectors that the API made.
pub(super) async fn check(app: &App, plan: &Plan, spoken_to: &SpokenTo) -> Result<()> {
    let flows = &plan.user_flows;
    ensure!(
        flows.len() <= MOST,
        "an organization has {MOST} user flows at most, and the file {}",
        flows.len()
    );
    let id = plan.organization.id.to_string();
    let stored =
        app.store.read(|connection| Box::pin(async move { connectors::list(connection, &id).await })).await?;
    let connectors: Vec<&str> =
        spoken_to.connectors.iter().chain(&stored).map(|connector| connector.id.as_str()).collect();
    for (at, flow) in flows.iter().enumerate() {
        if flows[..at].iter().any(|other| other.id == flow.id) {
            bail!("the file has two user flows called {}", flow.id);
        }
        one(flow, plan, spoken_to, &connectors).with_context(|| format!("the user flow {}", flow.id))?;
    }
    Ok(())
}

fn one(flow: &UserFlow, plan: &Plan, spoken_to: &SpokenTo, connectors: &[&str]) -> Result<()> {
    flow.validate()?;
    if let Some(app) = flow.apps.iter().find(|id| !plan.apps.iter().any(|app| app.id == **id)) {
        bail!("`apps` names {app}, which the file does not have");
    }
    for connector in [&flow.after_federation, &flow.before_creation].into_iter().flatten() {
        ensure!(
            connectors.contains(&connector.as_str()),
            "there is no connector {connector}: add it to `connectors`"
        );
    }
    // Those that the API made are not here to be asked; a name that leads nowhere offers nothing.
    let mut ways = spoken_to.providers.iter().filter(|it| it.enabled && flow.offers(&it.id));
    let code = plan.organization.settings.redemption_order.email_code && flow.offers(Way::EMAIL);
    ensure!(
        ways.next().is_some() || code || flow.providers.is_none(),
        "nobody could sign up: `providers` names none that is enabled; add one, or `email` for the code"
    );
    for approver in flow.approval.iter().flat_map(|approval| &approval.approvers) {
        let address = EmailAddress::parse(approver)?;
        ensure!(
            plan.members.iter().any(|(member, ..)| *member == address),
            "`approval.approvers` names {approver}, who is no member of the file"
        );
    }
    Ok(())
}

//! The user flows of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::providers::Provider;
use vestibule_storage::user_flows::MOST;

use crate::flows::state::Way;

/// What a user flow can name.
pub(super) struct Known<'a> {
    /// Ids of apps.
    pub(super) apps: Vec<&'a str>,
    /// Members.
    pub(super) members: &'a [(EmailAddress, String, Role)],
    /// Whether codes are a way in.
    pub(super) email_code: bool,
}

/// Checks the file's user flows against the rest of it.
pub(super) fn check(flows: &[UserFlow], providers: &[Provider], known: &Known<'_>) -> Result<()> {
    ensure!(
        flows.len() <= MOST,
        "an organization has {MOST} user flows at most, and the file {}",
        flows.len()
    );
    for (at, flow) in flows.iter().enumerate() {
        if flows[..at].iter().any(|other| other.id == flow.id) {
            bail!("the file has two user flows called {}", flow.id);
        }
        one(flow, providers, known).with_context(|| format!("the user flow {}", flow.id))?;
    }
    Ok(())
}

fn one(flow: &UserFlow, providers: &[Provider], known: &Known<'_>) -> Result<()> {
    flow.validate()?;
    if let Some(app) = flow.apps.iter().find(|app| !known.apps.contains(&app.as_str())) {
        bail!("`apps` names {app}, which the file does not have");
    }
    // Those that the API made are not here to be asked; a name that leads nowhere offers nothing.
    let mut ways = providers.iter().filter(|provider| provider.enabled && flow.offers(&provider.id));
    ensure!(
        ways.next().is_some() || (known.email_code && flow.offers(Way::EMAIL)) || flow.providers.is_none(),
        "nobody could sign up: `providers` names none that is enabled; add one, or `email` for the code"
    );
    for approver in flow.approval.iter().flat_map(|approval| &approval.approvers) {
        let address = EmailAddress::parse(approver)?;
        ensure!(
            known.members.iter().any(|(member, ..)| *member == address),
            "`approval.approvers` names {approver}, who is no member of the file"
        );
    }
    Ok(())
}

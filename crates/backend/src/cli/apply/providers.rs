//! The identity providers of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use vestibule_storage::organizations::Organization;
use vestibule_storage::providers::Provider;

use crate::federation::save::prepare;
use crate::federation::wanted::Wanted;
use crate::state::App;

/// Checks the file's providers, and the order in which they are looked for.
pub(super) async fn describe(
    app: &App,
    organization: &Organization,
    wanted: Vec<Wanted>,
) -> Result<Vec<Provider>> {
    check_order(organization, &wanted)?;
    let mut described: Vec<Provider> = Vec::new();
    for wanted in wanted {
        let id = wanted.id.to_string();
        if described.iter().any(|known| known.id == id) {
            bail!("the provider id {id} is taken: each provider has an id of its own");
        }
        let provider = prepare(app, organization.id.as_str(), wanted).await;
        described.push(provider.with_context(|| format!("the provider {id}"))?);
    }
    Ok(described)
}

/// An order that leaves somebody no way, or looks for the same twice, is a mistake.
fn check_order(organization: &Organization, wanted: &[Wanted]) -> Result<()> {
    let order = &organization.settings.redemption_order;
    let twice = order.primary.iter().enumerate().find(|(at, rule)| order.primary[..*at].contains(rule));
    if let Some((_, rule)) = twice {
        bail!("`redemption_order.primary` has {} twice", rule.as_str());
    }
    ensure!(
        order.email_code || wanted.iter().any(|provider| provider.enabled),
        "nobody could sign in: `redemption_order.email_code` is false, and no provider is enabled"
    );
    Ok(())
}

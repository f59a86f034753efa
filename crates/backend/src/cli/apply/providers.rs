//! The identity providers of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use serde_json::json;
use vestibule_domain::provider::Kind;
use vestibule_domain::time::Timestamp;
use vestibule_storage::organizations::Organization;
use vestibule_storage::providers::managed::{self, Managed};
use vestibule_storage::providers::{self, MOST, Provider, Source};
use vestibule_storage::{Connection, StoreError, authorizations};

use crate::cli::{note, output};
use crate::federation::save::prepare;
use crate::federation::secret;
use crate::federation::wanted::Wanted;
use crate::state::App;

mod saml;

/// A provider as the file has it: what it is decides what belongs there.
#[derive(Deserialize)]
#[serde(try_from = "toml::Table")]
pub(super) enum Entry {
    Wanted(Box<Wanted>),
    Saml(Box<saml::Wanted>),
}

impl TryFrom<toml::Table> for Entry {
    type Error = toml::de::Error;

    fn try_from(table: toml::Table) -> Result<Self, Self::Error> {
        if table.get("kind").and_then(toml::Value::as_str) == Some(Kind::Saml.as_str()) {
            table.try_into().map(Box::new).map(Self::Saml)
        } else {
            table.try_into().map(Box::new).map(Self::Wanted)
        }
    }
}

impl Entry {
    fn id(&self) -> String {
        match self {
            Self::Wanted(wanted) => wanted.id.to_string(),
            Self::Saml(wanted) => wanted.id.to_string(),
        }
    }

    fn is_enabled(&self) -> bool {
        match self {
            Self::Wanted(wanted) => wanted.enabled,
            Self::Saml(wanted) => wanted.enabled,
        }
    }
}

/// Makes the providers that come from files these. Those that the API made stay, but for one under the same id: the file
/// wins, and says so.
pub(super) async fn store(
    connection: &mut Connection,
    organization: &str,
    described: &[Provider],
    now: Timestamp,
) -> Result<(), StoreError> {
    let known = managed::list(connection, organization).await?;
    providers::replace(connection, organization, described).await?;
    for Managed { provider: before, .. } in &known {
        let after = providers::find_enabled(connection, organization, &before.id).await?;
        if after.is_none_or(|after| after.protocol != before.protocol) {
            authorizations::end_all(connection, organization, &before.id, now).await?;
        }
    }
    for provider in described {
        let made = |known: &Managed| known.source == Source::Api && known.provider.id == provider.id;
        if known.iter().any(made) {
            let (id, subject) = (&provider.id, format!("provider:{}", provider.id));
            let detail = json!({ "members": ["vestibule/source"] });
            note(connection, organization, "provider.changed", &subject, &detail, now).await?;
            output::line(format_args!(
                "the provider {id} was made by the API; from now on the file says what it is"
            ));
        }
    }
    Ok(())
}

/// Checks the file's providers, and the order in which they are looked for.
pub(super) async fn describe(
    app: &App,
    organization: &Organization,
    wanted: Vec<Entry>,
) -> Result<Vec<Provider>> {
    let id = organization.id.to_string();
    let known =
        app.store.read(|connection| Box::pin(async move { managed::list(connection, &id).await })).await?;
    check_order(organization, &wanted, &known)?;
    let stay = known.iter().filter(|known| stays(known, &wanted)).count();
    ensure!(
        wanted.len() + stay <= MOST,
        "an organization has {MOST} providers at most: the file has {}, and {stay} others were made by the API",
        wanted.len()
    );
    let mut described: Vec<Provider> = Vec::new();
    for wanted in wanted {
        let id = wanted.id();
        if described.iter().any(|known| known.id == id) {
            bail!("the provider id {id} is taken: each provider has an id of its own");
        }
        let of = organization.id.as_str();
        let provider = match wanted {
            Entry::Wanted(wanted) => prepare(app, of, *wanted).await,
            Entry::Saml(wanted) => saml::one(app, of, *wanted).await,
        };
        let mut provider = provider.with_context(|| format!("the provider {id}"))?;
        if let Some(known) = known.iter().find(|known| known.provider.id == id) {
            keep_sealed(app, &known.provider, &mut provider);
        }
        described.push(provider);
    }
    Ok(described)
}

/// The same secret looks the same: a file that was applied again changes nothing for whoever is at a provider.
fn keep_sealed(app: &App, known: &Provider, provider: &mut Provider) {
    let mut known = known.protocol.clone();
    if let (Some(before), Some(after)) = (known.sealed(), provider.protocol.sealed())
        && secret::open(app, before).ok() == secret::open(app, after).ok()
    {
        after.clone_from(before);
    }
}

/// Whether a provider was made by the API and is not named by the file.
fn stays(known: &Managed, wanted: &[Entry]) -> bool {
    known.source == Source::Api && !wanted.iter().any(|wanted| wanted.id() == known.provider.id)
}

/// An order that leaves somebody no way, or looks for the same twice, is a mistake.
fn check_order(organization: &Organization, wanted: &[Entry], known: &[Managed]) -> Result<()> {
    let order = &organization.settings.redemption_order;
    let twice = order.primary.iter().enumerate().find(|(at, rule)| order.primary[..*at].contains(rule));
    if let Some((_, rule)) = twice {
        bail!("`redemption_order.primary` has {} twice", rule.as_str());
    }
    ensure!(
        order.email_code
            || wanted.iter().any(Entry::is_enabled)
            || known.iter().any(|known| known.provider.enabled && stays(known, wanted)),
        "nobody could sign in: `redemption_order.email_code` is false, and no provider is enabled"
    );
    Ok(())
}

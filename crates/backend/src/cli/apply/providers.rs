//! The identity providers of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::provider::Kind;
use vestibule_domain::secret::SecretString;
use vestibule_storage::organizations::Organization;
use vestibule_storage::providers::{OpenIdConnect, Protocol, Provider};

use crate::federation::openid::provider::describe as read;
use crate::federation::secret;
use crate::flows::state::Way;
use crate::state::App;

/// A provider as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    id: OrganizationId,
    label: String,
    issuer: String,
    client_id: String,
    client_secret: SecretString,
    #[serde(default = "profile")]
    scopes: Vec<String>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default = "yes")]
    enabled: bool,
}

fn profile() -> Vec<String> {
    vec!["email".to_owned(), "profile".to_owned()]
}

fn yes() -> bool {
    true
}

/// Asks each provider for its own description and checks that it can be used. One that is turned off is not asked.
pub(super) async fn describe(
    app: &App,
    organization: &Organization,
    wanted: Vec<Wanted>,
) -> Result<Vec<Provider>> {
    let mut described: Vec<Provider> = Vec::new();
    for wanted in wanted {
        let id = wanted.id.to_string();
        if id == Way::EMAIL || described.iter().any(|known| known.id == id) {
            bail!(
                "the provider id {id} is taken: `email` is the one-time code, and each provider has an id of its own"
            );
        }
        let provider = one(app, organization, wanted).await.with_context(|| format!("the provider {id}"))?;
        described.push(provider);
    }
    Ok(described)
}

async fn one(app: &App, organization: &Organization, wanted: Wanted) -> Result<Provider> {
    ensure!(!wanted.label.trim().is_empty(), "`label` is what people press; it cannot be empty");
    let domains = wanted
        .domains
        .iter()
        .map(|domain| {
            let address = EmailAddress::parse(&format!("x@{domain}"));
            Ok(address.with_context(|| format!("`domains`: {domain}"))?.domain().to_owned())
        })
        .collect::<Result<Vec<_>>>()?;
    let metadata = if wanted.enabled {
        serde_json::to_string(&read(&app.http, &wanted.issuer).await?)?
    } else {
        "{}".to_owned()
    };
    Ok(Provider {
        organization: organization.id.to_string(),
        id: wanted.id.to_string(),
        label: wanted.label,
        enabled: wanted.enabled,
        domains,
        kind: Kind::OpenIdConnect,
        protocol: Protocol::OpenIdConnect(OpenIdConnect {
            issuer: wanted.issuer,
            client_id: wanted.client_id,
            sealed_secret: secret::seal(app, wanted.client_secret.reveal())?,
            scopes: wanted.scopes,
            metadata,
        }),
    })
}

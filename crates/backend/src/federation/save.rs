//! From what is wanted of a provider to what is stored of it. What cannot work is refused here, with the reason and what
//! to do, and not when a guest meets it.

use anyhow::{Context as _, Result, bail, ensure};
use url::Url;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::secret::SecretString;
use vestibule_storage::providers::{OAuth2, OpenIdConnect, Protocol, Provider};

use super::openid::provider::describe;
use super::openid::tenant;
use super::preset::{self, Endpoints, Preset};
use super::secret;
use super::wanted::{Mode, Wanted};
use crate::flows::state::Way;
use crate::state::App;

/// Asks the provider for its own description, where it has one, and checks that it can be used. One that is turned off is
/// not asked.
///
/// # Errors
/// When it cannot be used.
pub async fn prepare(app: &App, organization: &str, wanted: Wanted) -> Result<Provider> {
    let id = wanted.id.to_string();
    let domains = domains(&wanted.domains)?;
    let (label, protocol) = match preset::of(wanted.kind) {
        Preset::OpenIdConnect { label, issuer, scopes } => {
            misplaced(
                &wanted,
                &["authorization_endpoint", "token_endpoint", "userinfo_endpoint", "emails_endpoint"],
            )?;
            (label, openid(app, &wanted, issuer, scopes).await?)
        }
        Preset::OAuth2 { label, endpoints, scopes } => {
            misplaced(&wanted, &["issuer", "mode"])?;
            (label, oauth(app, &wanted, endpoints, scopes).await?)
        }
        Preset::Saml => bail!("a SAML provider is set up by the organization's file, which has its metadata"),
    };
    let label = wanted.label.as_deref().or(label).map(str::trim).unwrap_or_default().to_owned();
    check(&id, &label)?;
    Ok(Provider {
        organization: organization.to_owned(),
        id,
        label,
        kind: wanted.kind,
        enabled: wanted.enabled,
        domains,
        protocol,
    })
}

/// What every provider has: an id of its own, and a label to press.
///
/// # Errors
/// With what is wrong.
pub fn check(id: &str, label: &str) -> Result<()> {
    ensure!(id != Way::EMAIL, "the id `email` is taken: it is the one-time code");
    ensure!(!label.trim().is_empty(), "`label` is what people press; it cannot be empty");
    Ok(())
}

/// Domains, as addresses have them.
///
/// # Errors
/// When one is none.
pub fn domains(wanted: &[String]) -> Result<Vec<String>> {
    let one = |domain: &String| {
        let address = EmailAddress::parse(&format!("x@{domain}"));
        Ok(address.with_context(|| format!("`domains`: {domain}"))?.domain().to_owned())
    };
    wanted.iter().map(one).collect()
}

/// A key that means nothing for this kind is a mistake that should not go unnoticed.
fn misplaced(wanted: &Wanted, names: &[&str]) -> Result<()> {
    let given = |name: &&&str| match **name {
        "issuer" => wanted.issuer.is_some(),
        "mode" => wanted.mode != Mode::default(),
        "authorization_endpoint" => wanted.authorization_endpoint.is_some(),
        "token_endpoint" => wanted.token_endpoint.is_some(),
        "userinfo_endpoint" => wanted.userinfo_endpoint.is_some(),
        "emails_endpoint" => wanted.emails_endpoint.is_some(),
        _ => false,
    };
    match names.iter().find(given) {
        Some(name) => bail!("`{name}` means nothing for the kind {}; leave it out", wanted.kind.as_str()),
        None => Ok(()),
    }
}

/// A value that cannot be left out.
fn needed<'w>(value: Option<&'w str>, name: &str, wanted: &Wanted) -> Result<&'w str> {
    let value = value.filter(|value| !value.trim().is_empty());
    value.with_context(|| format!("`{name}` is missing: the kind {} needs it", wanted.kind.as_str()))
}

fn client(app: &App, wanted: &Wanted) -> Result<(String, String)> {
    let id = needed(wanted.client_id.as_deref(), "client_id", wanted)?;
    let secret = needed(wanted.client_secret.as_ref().map(SecretString::reveal), "client_secret", wanted)?;
    Ok((id.to_owned(), secret::seal(app, secret)?))
}

fn scopes(wanted: &Wanted, usual: &[&str]) -> Vec<String> {
    wanted.scopes.clone().unwrap_or_else(|| usual.iter().map(|&scope| scope.to_owned()).collect())
}

async fn openid(app: &App, wanted: &Wanted, issuer: Option<&str>, usual: &[&str]) -> Result<Protocol> {
    let issuer = needed(wanted.issuer.as_deref().or(issuer), "issuer", wanted)?;
    let (client_id, sealed_secret) = match (wanted.mode, &wanted.client_secret) {
        (Mode::Browser, Some(_)) => {
            bail!("`mode = \"browser\"` is for a public client: a page cannot keep a `client_secret`")
        }
        (Mode::Browser, None) => {
            ensure!(
                !issuer.contains(tenant::PLACE),
                "`mode = \"browser\"` is for one issuer: give that of one tenant"
            );
            (needed(wanted.client_id.as_deref(), "client_id", wanted)?.to_owned(), None)
        }
        (Mode::Redirect, None) if wanted.client_id.is_some() => {
            bail!("`client_secret` is missing; a public client, without one, takes `mode = \"browser\"`")
        }
        (Mode::Redirect, _) => {
            let (id, sealed_secret) = client(app, wanted)?;
            (id, Some(sealed_secret))
        }
    };
    let metadata = if wanted.enabled {
        serde_json::to_string(&describe(&app.http, issuer).await?)?
    } else {
        "{}".to_owned()
    };
    let issuer = issuer.to_owned();
    let scopes = scopes(wanted, usual);
    Ok(Protocol::OpenIdConnect(OpenIdConnect { issuer, client_id, sealed_secret, scopes, metadata }))
}

async fn oauth(app: &App, wanted: &Wanted, known: Option<Endpoints>, usual: &[&str]) -> Result<Protocol> {
    let (client_id, sealed_secret) = client(app, wanted)?;
    let given =
        |given: &Option<String>, known: Option<&str>| given.clone().or_else(|| known.map(str::to_owned));
    let authorization = given(&wanted.authorization_endpoint, known.map(|it| it.authorization));
    let token = given(&wanted.token_endpoint, known.map(|it| it.token));
    let userinfo = given(&wanted.userinfo_endpoint, known.map(|it| it.userinfo));
    let emails_endpoint = given(&wanted.emails_endpoint, known.and_then(|it| it.emails));
    let authorization = endpoint(app, authorization.as_deref(), "authorization_endpoint", wanted).await?;
    if emails_endpoint.is_some() {
        endpoint(app, emails_endpoint.as_deref(), "emails_endpoint", wanted).await?;
    }
    Ok(Protocol::OAuth2(OAuth2 {
        issuer: authorization.origin().ascii_serialization(),
        client_id,
        sealed_secret,
        scopes: scopes(wanted, usual),
        authorization_endpoint: authorization.into(),
        token_endpoint: endpoint(app, token.as_deref(), "token_endpoint", wanted).await?.into(),
        userinfo_endpoint: endpoint(app, userinfo.as_deref(), "userinfo_endpoint", wanted).await?.into(),
        emails_endpoint,
    }))
}

/// An address that will be asked, or that people will be sent to.
async fn endpoint(app: &App, text: Option<&str>, name: &str, wanted: &Wanted) -> Result<Url> {
    let text = needed(text, name, wanted)?;
    let url = Url::parse(text).with_context(|| format!("`{name}` is no address: {text}"))?;
    app.http.admit(&url).await.with_context(|| format!("`{name}`: {text}"))?;
    Ok(url)
}

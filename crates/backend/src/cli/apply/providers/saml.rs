//! SAML 2.0 identity providers of an organization's file.

use anyhow::{Context, Result, bail, ensure};
use serde::Deserialize;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::provider::Kind;
use vestibule_domain::secret::SecretString;
use vestibule_storage::providers::{NameId, Protocol, Provider, Saml, Signing};

use crate::federation::saml::metadata::{self, Description};
use crate::federation::saml::request::SigningKey;
use crate::federation::save::{check, domains};
use crate::federation::secret;
use crate::federation::wanted::yes;
use crate::state::App;

/// A provider as the file has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::apply) struct Wanted {
    pub(super) id: OrganizationId,
    label: String,
    #[serde(rename = "kind")]
    _kind: Kind,
    /// Its entity id, where that is known from elsewhere: the metadata has to be of no other.
    #[serde(default)]
    issuer: Option<String>,
    /// Its metadata, or where they are.
    #[serde(default)]
    metadata: Option<String>,
    #[serde(default)]
    metadata_url: Option<String>,
    #[serde(default)]
    name_id: NameId,
    #[serde(default)]
    email_attribute: Option<String>,
    #[serde(default)]
    signing_key: Option<SecretString>,
    #[serde(default)]
    signing_certificate: Option<String>,
    #[serde(default)]
    domains: Vec<String>,
    #[serde(default = "yes")]
    pub(super) enabled: bool,
}

/// Reads a provider's metadata and checks that it can be used. One that is turned off may have none yet: our own
/// metadata, which the provider may ask for first, are there already.
pub(super) async fn one(app: &App, organization: &str, wanted: Wanted) -> Result<Provider> {
    check(&wanted.id.to_string(), &wanted.label)?;
    let domains = domains(&wanted.domains)?;
    let signing = signing(app, &wanted)?;
    let mut settings = Saml {
        entity_id: wanted.issuer.clone().unwrap_or_default(),
        sso_url: String::new(),
        certificates: Vec::new(),
        metadata_url: wanted.metadata_url.clone(),
        signing,
        name_id: wanted.name_id,
        email_attribute: wanted.email_attribute.clone(),
    };
    if wanted.enabled {
        let read = describe(app, &wanted).await?;
        if read.sso_url.scheme() != "https" {
            // Whoever can read the way there can change it.
            app.http.admit(&read.sso_url).await.context("the metadata's SingleSignOnService")?;
        }
        ensure!(
            settings.signing.is_some() || !read.wants_signed_requests,
            "the metadata says WantAuthnRequestsSigned: give `signing_key` and `signing_certificate` (`openssl req \
             -x509 -newkey rsa:2048 -nodes -days 3650 -subj /CN=vestibule -keyout key.pem -out certificate.pem`), and \
             our metadata to the provider again"
        );
        settings.entity_id = read.entity_id;
        settings.sso_url = read.sso_url.into();
        settings.certificates = read.certificates;
    }
    Ok(Provider {
        organization: organization.to_owned(),
        id: wanted.id.to_string(),
        label: wanted.label,
        kind: Kind::Saml,
        enabled: wanted.enabled,
        domains,
        protocol: Protocol::Saml(settings),
    })
}

async fn describe(app: &App, wanted: &Wanted) -> Result<Description> {
    let text = match (&wanted.metadata, &wanted.metadata_url) {
        (Some(text), None) => text.clone(),
        (None, Some(url)) => metadata::fetch(&app.http, url).await?,
        (Some(_), Some(_)) | (None, None) => {
            bail!("give either `metadata`, the provider's XML, or `metadata_url`, where it is")
        }
    };
    Ok(metadata::read(&text, wanted.issuer.as_deref(), app.now())?)
}

fn signing(app: &App, wanted: &Wanted) -> Result<Option<Signing>> {
    match (&wanted.signing_key, &wanted.signing_certificate) {
        (Some(key), Some(certificate)) => {
            let certificate = SigningKey::parse(key.reveal())?.certificate(certificate)?;
            Ok(Some(Signing { sealed_key: secret::seal(app, key.reveal())?, certificate }))
        }
        (None, None) => Ok(None),
        _ => bail!("`signing_key` and `signing_certificate` belong together: give both, or none"),
    }
}

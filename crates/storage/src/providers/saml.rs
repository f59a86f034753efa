//! What it takes to speak to a SAML 2.0 identity provider.

use serde::{Deserialize, Serialize};

/// A SAML 2.0 identity provider, as its metadata describes it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saml {
    /// Entity id, character for character as in its assertions.
    pub entity_id: String,
    /// Where requests go, by the HTTP-Redirect binding.
    pub sso_url: String,
    /// Certificates whose keys sign its answers: X.509 in DER, base64. Any of them counts.
    pub certificates: Vec<String>,
    /// Where its metadata came from, when that is an address: asked again when no certificate fits.
    pub metadata_url: Option<String>,
    /// What our requests are signed with, where they are.
    pub signing: Option<Signing>,
    /// Which name of a person counts as the subject.
    pub name_id: NameId,
    /// The attribute with the address; the usual ones where none is given.
    pub email_attribute: Option<String>,
}

/// Our key for requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signing {
    /// RSA private key in PEM, sealed.
    pub sealed_key: String,
    /// Its certificate, which stands in our metadata: X.509 in DER, base64.
    pub certificate: String,
}

/// Which name of a person counts as the subject. One that changes with each visit never does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NameId {
    /// A name made for us that lasts.
    #[default]
    Persistent,
    /// The address: whoever gets it next is the same person here.
    Email,
    /// Whatever the provider has, without saying what it is.
    Unspecified,
}

impl NameId {
    /// The format that is asked for (SAML Core 2.0, section 8.3).
    pub const fn format(self) -> &'static str {
        match self {
            Self::Persistent => "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent",
            Self::Email => "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
            Self::Unspecified => "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified",
        }
    }
}

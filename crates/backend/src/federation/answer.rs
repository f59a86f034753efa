//! The answer of a provider, and who it says that somebody is.

use serde::{Deserialize, Serialize};
use url::form_urlencoded;
use vestibule_domain::account::Identity;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::message::visible;
use vestibule_domain::provider::{Claim, Failure};
use vestibule_domain::sign_up::BuiltIn;
use vestibule_storage::providers::{Protocol, Provider};

use super::{oauth, openid, saml};
use crate::state::App;

/// The longest value of a parameter that is looked at.
const LONGEST: usize = 4 * 1024;

/// The longest subject (OpenID Connect Core 1.0 section 2), at any provider.
pub(super) const LONGEST_SUBJECT: usize = 255;

/// What a provider calls somebody: nothing that anybody relies on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// As it is shown.
    pub display: Option<String>,
    /// Given name.
    pub given: Option<String>,
    /// Family name.
    pub family: Option<String>,
}

impl Names {
    /// By the names of the built-in attributes: those that can be read, and would pass a form.
    pub fn values(self) -> impl Iterator<Item = (BuiltIn, String)> {
        let all = [
            (BuiltIn::DisplayName, self.display),
            (BuiltIn::GivenName, self.given),
            (BuiltIn::Surname, self.family),
        ];
        let readable = |(name, value): (BuiltIn, Option<String>)| {
            let value = visible(&value?);
            let fits = !value.is_empty()
                && value.chars().count() <= name.max_length() as usize
                && !value.chars().any(char::is_control);
            fits.then_some((name, value))
        };
        all.into_iter().filter_map(readable)
    }
}

/// Somebody whom a provider vouches for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    /// Issuer at which the subject is unique.
    pub issuer: String,
    /// Subject there.
    pub subject: String,
    /// Address, when there is one that can be read.
    pub email: Option<EmailAddress>,
    /// Whether the provider calls it verified: the boolean, and nothing that looks like it (S51).
    pub email_verified: bool,
    /// Whether the owner of its domain verified it, where a provider knows that.
    pub by_domain_owner: bool,
    /// What the provider calls the person.
    pub names: Names,
}

impl Person {
    /// Who it is, for the organization whose provider said so.
    pub fn identity(&self, provider: &Provider) -> Identity {
        Identity {
            provider: provider.id.clone(),
            issuer: self.issuer.clone(),
            subject: self.subject.clone(),
            organization: Some(provider.organization.clone()),
        }
    }

    /// What the provider says of the address.
    pub fn claim<'a>(&self, address: &'a EmailAddress) -> Claim<'a> {
        Claim { address, verified: self.email_verified, by_domain_owner: self.by_domain_owner }
    }
}

/// What a provider says in the address that it sends people back to (RFC 6749 section 4.1.2, RFC 9207), of which each may
/// come once.
#[derive(Debug, Default)]
pub struct Answer {
    /// Our own token of the journey.
    pub state: Option<String>,
    /// What is taken to the provider for the person.
    pub code: Option<String>,
    /// Issuer.
    pub iss: Option<String>,
    /// What went wrong there.
    pub error: Option<String>,
    /// What only the browser has that delivered an answer by post.
    pub delivery: Option<String>,
}

/// The parameters of a provider.
pub const PARAMETERS: [&str; 4] = ["state", "code", "iss", "error"];

impl Answer {
    /// Reads a query. `None` when a parameter of ours is there twice, or too long.
    pub fn read(query: &str) -> Option<Self> {
        let mut answer = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let place = match name.as_ref() {
                "state" => &mut answer.state,
                "code" => &mut answer.code,
                "iss" => &mut answer.iss,
                "error" => &mut answer.error,
                "delivery" => &mut answer.delivery,
                _ => continue,
            };
            if value.len() > LONGEST || place.replace(value.into_owned()).is_some() {
                return None;
            }
        }
        Some(answer)
    }

    /// The code, unless the provider says that there is none.
    pub(super) fn code(self) -> Result<String, Failure> {
        match (self.error.as_deref(), self.code) {
            (Some("access_denied" | "login_required" | "interaction_required" | "consent_required"), _) => {
                Err(Failure::Denied)
            }
            (Some(_), _) => Err(Failure::ProviderError),
            (None, Some(code)) => Ok(code),
            (None, None) => Err(Failure::Malformed),
        }
    }
}

/// Who it is, by what the provider says. `sealed` is what the answer has to fit.
///
/// # Errors
/// See [`Failure`].
pub async fn person(app: &App, provider: &Provider, sealed: &str, answer: Answer) -> Result<Person, Failure> {
    match &provider.protocol {
        Protocol::OpenIdConnect(settings) => {
            openid::answer::person(app, provider, settings, sealed, answer).await
        }
        Protocol::OAuth2(settings) => oauth::answer::person(app, provider, settings, sealed, answer).await,
        // Its answer came before, by another way.
        Protocol::Saml(_) => saml::answer::person(app, sealed, answer.delivery.as_deref()),
    }
}

/// Who it is, by an ID token that the provider gave to the front-end for this nonce.
///
/// # Errors
/// See [`Failure`].
pub async fn person_of(
    app: &App,
    provider: &Provider,
    nonce: String,
    id_token: &str,
) -> Result<Person, Failure> {
    match &provider.protocol {
        Protocol::OpenIdConnect(settings) => {
            openid::answer::person_of(app, provider.kind, settings, nonce, id_token).await
        }
        // No token of theirs is taken from a page.
        Protocol::OAuth2(_) | Protocol::Saml(_) => Err(Failure::Malformed),
    }
}

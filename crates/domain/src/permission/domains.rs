//! The list of domains that guests may, or may not, come from.

use serde::{Deserialize, Serialize};

use crate::{
    address::{AddressError, EmailAddress, canonical_domain},
    named::named,
};

named! {
    /// How a list of domains is meant.
    #[derive(Default)]
    pub enum DomainKind {
        /// There is no list.
        #[default]
        Any = "any",
        /// Guests of these domains may not come.
        Deny = "deny",
        /// Only guests of these domains may come.
        Allow = "allow",
    }
}

/// The domains that an organization admits.
///
/// A domain stands for itself only, not for its subdomains. The list is kept in A-labels: an entry in another spelling
/// would never match, which on a deny list lets everybody in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Written")]
pub struct DomainPolicy {
    kind: DomainKind,
    domains: Vec<String>,
}

impl DomainPolicy {
    /// A policy over `domains` in any spelling; the first that is not a domain is the error.
    pub fn new(kind: DomainKind, domains: &[String]) -> Result<Self, AddressError> {
        let domains =
            domains.iter().map(|domain| canonical_domain(domain.trim())).collect::<Result<_, _>>()?;
        Ok(Self { kind, domains })
    }

    /// How the list is meant.
    pub fn kind(&self) -> DomainKind {
        self.kind
    }

    /// The list, in A-labels.
    pub fn domains(&self) -> &[String] {
        &self.domains
    }

    /// Whether a guest with this address may come.
    pub fn admits(&self, address: &EmailAddress) -> bool {
        let listed = || self.domains.iter().any(|domain| domain == address.domain());
        match self.kind {
            DomainKind::Any => true,
            DomainKind::Deny => !listed(),
            DomainKind::Allow => listed(),
        }
    }
}

/// A policy as it is written, with domains in any spelling.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    #[serde(default)]
    kind: DomainKind,
    #[serde(default)]
    domains: Vec<String>,
}

impl TryFrom<Written> for DomainPolicy {
    type Error = AddressError;

    fn try_from(written: Written) -> Result<Self, Self::Error> {
        Self::new(written.kind, &written.domains)
    }
}

//! Identity providers: which of them speaks for an address, what its word is worth, and the way that fits a person.

mod failure;
mod kind;
mod order;
#[cfg(test)]
mod tests;

pub use failure::Failure;
pub use kind::Kind;
pub use order::{Facts, Fallback, Order, Rule, Way, way};

use crate::address::EmailAddress;

/// An identity provider of an organization, as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Provider<'a> {
    /// Its id.
    pub id: &'a str,
    /// What people know it as.
    pub kind: Kind,
    /// Whether it may be used now.
    pub enabled: bool,
    /// Domains that the organization lets it speak for, besides those that are its own.
    pub domains: &'a [String],
}

impl Provider<'_> {
    /// Whether what this provider says of an address is a proof of the mailbox (S51).
    pub fn is_authoritative(&self, address: &EmailAddress) -> bool {
        let fits = |domain: &String| domain.eq_ignore_ascii_case(address.domain());
        self.enabled && (self.domains.iter().any(fits) || self.runs(address))
    }

    /// Whether this provider runs the mailboxes of the address' domain itself.
    fn runs(&self, address: &EmailAddress) -> bool {
        self.kind.own_domains().iter().any(|domain| domain.eq_ignore_ascii_case(address.domain()))
    }
}

/// What an identity provider said of somebody's address.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The address.
    pub address: &'a EmailAddress,
    /// Whether the provider calls it verified.
    pub verified: bool,
    /// Whether the provider knows that the owner of the domain verified it: `xms_edov` of Microsoft Entra, `hd` of Google,
    /// and of nobody else.
    pub by_domain_owner: bool,
}

/// Whether the claim proves the mailbox. A provider that does not speak for the domain may call verified what it likes.
pub fn proves(provider: &Provider<'_>, claim: &Claim<'_>) -> bool {
    let verified = claim.verified && provider.is_authoritative(claim.address);
    match provider.kind {
        Kind::Microsoft => (claim.by_domain_owner && provider.enabled) || verified,
        // To Google any address is verified whose mail somebody could read once; that its domain is run there says `hd`.
        Kind::Google => verified && (claim.by_domain_owner || provider.runs(claim.address)),
        _ => verified,
    }
}

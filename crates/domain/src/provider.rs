//! Identity providers: which of them speaks for an address, and the way that fits a person.

#[cfg(test)]
mod tests;

use crate::{address::EmailAddress, named::named};

named! {
    /// What people know a provider as: whose mark it bears, or what it speaks where it has none of these.
    pub enum Kind {
        /// Some OpenID Connect provider.
        OpenIdConnect = "openid_connect",
        /// Some SAML 2.0 identity provider.
        Saml = "saml",
        /// Some OAuth 2.0 server that tells who signed in.
        OAuth2 = "oauth2",
        /// Google.
        Google = "google",
        /// Microsoft, work or school accounts.
        Microsoft = "microsoft",
        /// Microsoft, personal accounts.
        MicrosoftPersonal = "microsoft_personal",
        /// Facebook.
        Facebook = "facebook",
        /// Apple.
        Apple = "apple",
        /// GitHub.
        GitHub = "github",
        /// LinkedIn.
        LinkedIn = "linkedin",
    }
}

/// An identity provider of an organization, as the rules see it.
#[derive(Clone, Copy, Debug)]
pub struct Provider<'a> {
    /// Its id.
    pub id: &'a str,
    /// Whether it may be used now.
    pub enabled: bool,
    /// Domains that it speaks for: what it says of an address there is a proof of the mailbox (S51).
    pub domains: &'a [String],
}

impl Provider<'_> {
    /// Whether what this provider says of an address is a proof of the mailbox.
    pub fn is_authoritative(&self, address: &EmailAddress) -> bool {
        self.enabled && self.domains.iter().any(|domain| domain.eq_ignore_ascii_case(address.domain()))
    }
}

/// How somebody goes on who has to prove something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// By a one-time code: nothing else is there.
    Code,
    /// The person chooses.
    Choose,
    /// By this provider: it alone speaks for the address.
    Provider(&'a str),
}

/// The way that fits. The provider of the address' domain comes first, as domain federation does at Entra; where several
/// speak for it the person knows better which. Providers are in the organization's own order.
pub fn way<'a>(providers: &[Provider<'a>], address: Option<&EmailAddress>) -> Way<'a> {
    let mut authoritative =
        providers.iter().filter(|provider| address.is_some_and(|address| provider.is_authoritative(address)));
    match (authoritative.next(), authoritative.next()) {
        (Some(only), None) => Way::Provider(only.id),
        (Some(_), Some(_)) => Way::Choose,
        (None, _) if providers.iter().any(|provider| provider.enabled) => Way::Choose,
        (None, _) => Way::Code,
    }
}

/// What an identity provider said of somebody's address.
#[derive(Clone, Copy, Debug)]
pub struct Claim<'a> {
    /// The address.
    pub address: &'a EmailAddress,
    /// Whether the provider calls it verified.
    pub verified: bool,
}

/// Whether the claim proves the mailbox. A provider that does not speak for the domain may call verified what it likes.
pub fn proves(provider: &Provider<'_>, claim: &Claim<'_>) -> bool {
    claim.verified && provider.is_authoritative(claim.address)
}

named! {
    /// Why an answer of an identity provider is refused. Each reason has a name of its own for the log and the audit; the
    /// person reads one plain message, whatever it was (S43).
    pub enum Failure {
        /// The provider says that the person did not sign in there.
        Denied = "denied",
        /// The provider reports a fault of its own, or of our request.
        ProviderError = "provider_error",
        /// The answer is none: a parameter is missing, too long, or there twice.
        Malformed = "malformed",
        /// The answer comes from another issuer than was asked (RFC 9207).
        MixUp = "mix_up",
        /// The provider cannot be reached, or does not answer in time.
        Unreachable = "unreachable",
        /// The code was refused, or what came for it is no token response.
        Exchange = "exchange",
        /// There is no ID token, or one that cannot be read.
        NoIdToken = "no_id_token",
        /// Signed by nobody known, or not at all.
        Signature = "signature",
        /// Signed in a way that is not allowed.
        Algorithm = "algorithm",
        /// No key fits, or several do.
        Key = "key",
        /// Another issuer.
        Issuer = "issuer",
        /// For somebody else.
        Audience = "audience",
        /// Made for another party.
        AuthorizedParty = "authorized_party",
        /// Over.
        Expired = "expired",
        /// From the future, not yet valid, or too old.
        IssuedAt = "issued_at",
        /// Of another sign-in.
        Nonce = "nonce",
        /// Nobody, or a name that is too long.
        Subject = "subject",
        /// Something else is wrong with the claims.
        Claims = "claims",
    }
}

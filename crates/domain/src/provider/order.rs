//! Redemption order: which way fits somebody who has to prove something.

use serde::{Deserialize, Serialize};

use super::{Kind, Provider};
use crate::address::EmailAddress;
use crate::named::named;

named! {
    /// What is looked for. The names are those of Microsoft Graph
    /// (`defaultInvitationRedemptionIdentityProviderConfiguration`), but for the last: Entra keeps people at what they
    /// redeemed with, here that is a rule like the others.
    pub enum Rule {
        /// A provider of work or school accounts that speaks for the domain of the address.
        Directory = "azureActiveDirectory",
        /// Another organization's provider that speaks for the domain of the address.
        Federation = "externalFederation",
        /// A provider that anybody may have an account at, and that runs the mailbox of the address itself.
        Social = "socialIdentityProviders",
        /// A provider at which this guest has signed in here before.
        Existing = "existingIdentity",
    }
}

named! {
    /// What is left when nothing was found. The names are those of Microsoft Graph.
    pub enum Fallback {
        /// The person chooses between the providers, and the code where it is allowed.
        Choose = "defaultConfiguredIdp",
        /// A one-time code; who wants a provider asks for the other ways.
        Code = "emailOneTimePasscode",
    }
}

/// The order of an organization.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Order {
    /// What is looked for, first things first. What is not named is not looked for.
    pub primary: Vec<Rule>,
    /// What is left.
    pub fallback: Fallback,
    /// Whether a one-time code is a way to sign in. Where it is not, a code may still prove a mailbox that a provider
    /// cannot vouch for.
    pub email_code: bool,
}

impl Default for Order {
    fn default() -> Self {
        Self {
            primary: vec![Rule::Directory, Rule::Federation, Rule::Social, Rule::Existing],
            fallback: Fallback::Choose,
            email_code: true,
        }
    }
}

/// What is known of somebody.
#[derive(Clone, Copy, Debug)]
pub struct Facts<'f, 'a> {
    /// The organization's providers, in its own order.
    pub providers: &'f [Provider<'a>],
    /// The address to be proven, when there is one.
    pub address: Option<&'f EmailAddress>,
    /// Ids of providers at which the guest of this address has signed in here.
    pub used: &'f [String],
}

/// How somebody goes on who has to prove something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way<'a> {
    /// By a one-time code.
    Code,
    /// The person chooses.
    Choose,
    /// By this provider.
    Provider(&'a str),
    /// There is none: no provider can be used, and codes are not allowed.
    None,
}

/// The way that fits. Where several providers fit the same rule the person knows better which.
pub fn way<'a>(order: &Order, facts: &Facts<'_, 'a>) -> Way<'a> {
    for rule in &order.primary {
        let mut fitting =
            facts.providers.iter().filter(|provider| provider.enabled && fits(*rule, provider, facts));
        match (fitting.next(), fitting.next()) {
            (Some(only), None) => return Way::Provider(only.id),
            (Some(_), Some(_)) => return Way::Choose,
            (None, _) => {}
        }
    }
    let mut usable = facts.providers.iter().filter(|provider| provider.enabled);
    match (usable.next(), usable.next(), order.email_code, order.fallback) {
        (None, _, false, _) => Way::None,
        (None, _, true, _) | (Some(_), _, true, Fallback::Code) => Way::Code,
        (Some(only), None, false, _) => Way::Provider(only.id),
        (Some(_), Some(_), false, _) | (Some(_), _, true, Fallback::Choose) => Way::Choose,
    }
}

fn fits(rule: Rule, provider: &Provider<'_>, facts: &Facts<'_, '_>) -> bool {
    let class = match provider.kind {
        Kind::Microsoft => Rule::Directory,
        Kind::OpenIdConnect | Kind::Saml | Kind::OAuth2 => Rule::Federation,
        Kind::Google
        | Kind::MicrosoftPersonal
        | Kind::Facebook
        | Kind::Apple
        | Kind::GitHub
        | Kind::LinkedIn => Rule::Social,
    };
    match rule {
        Rule::Existing => facts.used.iter().any(|id| id == provider.id),
        Rule::Directory | Rule::Federation | Rule::Social => {
            class == rule && facts.address.is_some_and(|address| provider.is_authoritative(address))
        }
    }
}

//! Who somebody is: what proves it, and at which address the person is reached.

use serde::{Deserialize, Serialize};

use crate::address::EmailAddress;

/// What proves who somebody is. One identity is one person in an organization (I6), and is never told by the address:
/// addresses change hands, and two providers may name the same one (S50).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Identity provider's id; `email` for the one-time code.
    pub provider: String,
    /// Issuer; `mail` for the one-time code, as in Microsoft Entra.
    pub issuer: String,
    /// Subject at the issuer.
    pub subject: String,
    /// The organization whose provider this is; `None` for the one-time code, which is the installation's own.
    #[serde(default)]
    pub organization: Option<String>,
}

/// Provider of the identities that a one-time code proves.
const MAILBOX: &str = "email";

impl Identity {
    /// The identity that a one-time code proves.
    pub fn of_mailbox(address: &EmailAddress) -> Self {
        let subject = address.key().to_owned();
        Self { provider: MAILBOX.into(), issuer: "mail".into(), subject, organization: None }
    }

    /// Whether a one-time code proves it.
    pub fn is_mailbox(&self) -> bool {
        self.provider == MAILBOX
    }

    /// Whether it counts in an organization. Each organization says by itself whom it believes: what the provider of one
    /// says is worth nothing in another, or an organization could let itself in as anybody (S50, T08).
    pub fn counts_in(&self, organization: &str) -> bool {
        match &self.organization {
            Some(own) => own == organization,
            None => self.is_mailbox(),
        }
    }
}

/// Somebody who has proven an identity, and the address under which that person acts here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The address, proven too or stored here before.
    pub address: EmailAddress,
    /// What was proven.
    pub identity: Identity,
}

impl Account {
    /// The account of a mailbox that a one-time code has proven.
    pub fn of_mailbox(address: EmailAddress) -> Self {
        Self { identity: Identity::of_mailbox(&address), address }
    }
}

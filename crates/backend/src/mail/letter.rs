//! A mail before it becomes a message, and how it waits in the outbox.

#[cfg(test)]
pub(super) mod tests;

use core::fmt;

use serde::{Deserialize, Serialize};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::ports::Entropy;

use crate::seal::{SealError, Sealer};

/// A mail to one person. It holds a link or a code, so it is stored sealed and does not print.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// Whom it is written to.
    pub to: EmailAddress,
    /// Who gets a copy. That is a letter of its own, since what it says about unsubscribing is another's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cc: Option<EmailAddress>,
    /// Whether this is the copy.
    pub copy: bool,
    /// Whether it leaves.
    pub delivery: Delivery,
    /// Display name of the sender; the address is the installation's.
    pub from_name: String,
    /// Who gets an answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<EmailAddress>,
    /// One line.
    pub subject: String,
    /// As plain text.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// BCP 47 tag of the language it is written in.
    pub language: String,
    /// Where its reader ends further ones of the kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

/// Whether a letter leaves. Both have names of one length, so that the sealed text does not tell them apart (S97).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Delivery {
    /// It is sent.
    Send,
    /// It is held back at the very end: nobody is to get it, and nobody is to notice.
    Hold,
}

/// What letters are sealed for; another sealed text does not open as one.
const PURPOSE: &str = "outbox";

impl Letter {
    /// Whom this letter goes to.
    pub fn recipient(&self) -> &EmailAddress {
        self.cc.as_ref().filter(|_| self.copy).unwrap_or(&self.to)
    }

    /// Seals the letter for its outbox row.
    ///
    /// # Panics
    /// Never: a letter has only texts, and these can be written as JSON.
    pub fn seal(&self, sealer: &Sealer, entropy: &dyn Entropy) -> Result<String, SealError> {
        let plain = serde_json::to_vec(self).expect("a letter has only texts");
        sealer.seal(entropy, PURPOSE, &plain)
    }

    /// Opens the letter of an outbox row.
    pub fn open(sealer: &Sealer, text: &str) -> Result<Self, SealError> {
        let plain = sealer.open(PURPOSE, text)?;
        serde_json::from_slice(&plain).map_err(|_| SealError::Refused)
    }
}

impl fmt::Debug for Letter {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Letter").field("to", &self.to).finish_non_exhaustive()
    }
}

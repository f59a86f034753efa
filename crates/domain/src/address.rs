//! E-mail addresses: which text is one, and when two are the same mailbox (T05).
//!
//! An invitation is bound to an address, so "the same address" decides who gets in. Every folding that a mail system
//! does not do itself would let the owner of one mailbox redeem the invitation of another. So the key folds only what
//! all of them fold, and texts that merely look like another address are refused instead of folded.

mod characters;
mod domain;
mod error;
#[cfg(test)]
mod tests;

use core::{
    fmt,
    hash::{Hash, Hasher},
};

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;

pub(crate) use domain::canonical as canonical_domain;
pub use error::AddressError;

/// The longest address that SMTP carries: a path of 256 octets (RFC 5321 section 4.5.3.1.3) less its angle brackets.
const LONGEST: usize = 254;
/// The longest local part, in octets (RFC 5321 section 4.5.3.1.1).
const LONGEST_LOCAL: usize = 64;

/// One mailbox. Two values are equal when their keys are.
#[derive(Clone, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress {
    display: String,
    key: String,
}

impl EmailAddress {
    /// Reads an address as a person types it. White space around it is dropped.
    pub fn parse(text: &str) -> Result<Self, AddressError> {
        let text = text.trim();
        refuse_syntax(text)?;
        characters::check(text)?;

        let display: String = text.nfc().collect();
        let (local, domain) = display.split_once('@').ok_or(AddressError::NoAt)?;
        if domain.contains('@') {
            return Err(AddressError::SeveralAt);
        }
        check_local(local)?;
        let key = format!("{}@{}", local.to_ascii_lowercase(), domain::canonical(domain)?);
        // Composition makes some texts longer, and what is stored is read again.
        if key.len() > LONGEST || display.len() > LONGEST {
            return Err(AddressError::TooLong);
        }
        Ok(Self { display, key })
    }

    /// The address as it was typed, in Unicode normalization form C. For showing; mail goes to
    /// [`local`](Self::local) at [`domain`](Self::domain).
    pub fn display(&self) -> &str {
        &self.display
    }

    /// What tells two mailboxes apart: the local part with its ASCII letters in lower case, and the domain's A-labels.
    /// Compare it byte by byte, and store it in a column with a binary collation.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The local part as it was typed: a mail system may tell upper from lower case, though hardly any does.
    pub fn local(&self) -> &str {
        self.display.split_once('@').map_or("", |(local, _)| local)
    }

    /// The domain as DNS knows it: A-labels in lower case.
    pub fn domain(&self) -> &str {
        self.key.split_once('@').map_or("", |(_, domain)| domain)
    }

    /// The address for somebody who may not know it: `a•••@partner.example`. The dots do not tell the length.
    pub fn masked(&self) -> String {
        let first: String = self.local().chars().take(1).collect();
        let domain = self.display.split_once('@').map_or("", |(_, domain)| domain);
        format!("{first}•••@{domain}")
    }
}

impl PartialEq for EmailAddress {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key
    }
}

impl Eq for EmailAddress {}

impl Hash for EmailAddress {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key.hash(state);
    }
}

/// Masked: addresses are personal data, and `Debug` ends up in logs (S112).
impl fmt::Debug for EmailAddress {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "EmailAddress({})", self.masked())
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = AddressError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> Self {
        address.display
    }
}

/// Refuses what RFC 5322 knows and nobody types: such syntax only serves to make two parsers disagree.
fn refuse_syntax(text: &str) -> Result<(), AddressError> {
    if text.is_empty() {
        Err(AddressError::Empty)
    } else if text.len() > LONGEST {
        Err(AddressError::TooLong)
    } else if text.contains('"') {
        Err(AddressError::QuotedLocalPart)
    } else if text.contains(['(', ')']) {
        Err(AddressError::Comment)
    } else if text.chars().any(|char| char.is_control() || char.is_whitespace()) {
        Err(AddressError::WhitespaceOrControl)
    } else if text.contains("=?") && text.contains("?=") {
        Err(AddressError::EncodedWord)
    } else {
        Ok(())
    }
}

fn check_local(local: &str) -> Result<(), AddressError> {
    /// `atext` (RFC 5322 section 3.2.3) and the dot, without what routes mail elsewhere.
    const PUNCTUATION: &str = "#$&'*+-/=?^_`{|}~.";

    if local.is_empty() {
        return Err(AddressError::EmptyLocalPart);
    }
    if local.len() > LONGEST_LOCAL {
        return Err(AddressError::LocalPartTooLong);
    }
    if local.starts_with('.') || local.ends_with('.') || local.contains("..") {
        return Err(AddressError::MisplacedDot);
    }
    if local.contains(['%', '!']) {
        return Err(AddressError::SourceRoute);
    }
    let ascii = |char: char| char.is_ascii_alphanumeric() || PUNCTUATION.contains(char);
    if !local.chars().all(|char| ascii(char) || !char.is_ascii()) {
        return Err(AddressError::UnsupportedCharacter);
    }
    if characters::mixes_scripts(local) {
        return Err(AddressError::MixedScriptLocalPart);
    }
    Ok(())
}

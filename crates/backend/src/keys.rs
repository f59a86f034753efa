//! The keys of this installation, each for one purpose, all made from the one secret that an operator sets.
//!
//! The purpose texts are part of the format of what is stored: changing one makes old data unreadable.

#[cfg(test)]
mod tests;

use core::fmt;

use vestibule_domain::secret::MasterKey;

/// Keys by purpose. Made once at start; cannot be printed.
#[derive(Clone)]
pub struct Keys {
    /// HMAC of one-time codes, which are too short to be stored as a plain hash.
    pub code: [u8; 32],
    /// HMAC that makes the session's token at the end of a flow, so that a lost answer can be given again.
    pub session: [u8; 32],
    /// Encryption of mails that wait to be sent.
    pub seal: [u8; 32],
    /// HMAC of the tokens in forms.
    pub form: [u8; 32],
}

impl Keys {
    /// The keys of an installation.
    pub fn derive(master: &MasterKey) -> Self {
        Self {
            code: master.derive("vestibule one-time code 1"),
            session: master.derive("vestibule session token 1"),
            seal: master.derive("vestibule outbox 1"),
            form: master.derive("vestibule form token 1"),
        }
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Keys([redacted])")
    }
}

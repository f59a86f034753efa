//! The keyed hash of a code: what the database holds, and the only thing that is compared.

use core::fmt;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

use super::Code;

/// What a code is good for. All of it goes into the hash, so that a code of another organization, flow, address or
/// purpose does not match even if somebody moves rows about (S92).
#[derive(Clone, Copy)]
pub struct CodeBinding<'a> {
    /// Identifier of the organization.
    pub organization: &'a str,
    /// Identifier of the flow.
    pub flow: &'a str,
    /// [`EmailAddress::key`](crate::address::EmailAddress::key) of the mailbox that the code was sent to.
    pub address_key: &'a str,
    /// What the code does when it is right.
    pub purpose: &'a str,
}

/// HMAC-SHA-256 of a code and its binding, in lower-case hexadecimal.
///
/// Keyed, because eight digits are tried out in no time by whoever steals a database of plain hashes (S95; ASVS 6.5.2).
#[derive(Clone)]
pub struct CodeHash(String);

impl CodeHash {
    /// Takes back what [`as_str`](Self::as_str) gave to the database.
    pub fn from_stored(text: String) -> Self {
        Self(text)
    }

    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether both are the hash of the same code with the same binding, in a time that does not depend on where they
    /// differ.
    pub fn matches(&self, other: &Self) -> bool {
        self.0.as_bytes().ct_eq(other.0.as_bytes()).into()
    }

    pub(super) fn of(code: &Code, key: &[u8; 32], binding: &CodeBinding<'_>) -> Self {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
        let CodeBinding { organization, flow, address_key, purpose } = binding;
        for part in [*organization, *flow, *address_key, *purpose, code.reveal()] {
            // The length goes first: else ("ab", "c") and ("a", "bc") would be one.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        Self(format!("{:x}", mac.finalize().into_bytes()))
    }
}

impl fmt::Debug for CodeHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("CodeHash([redacted])")
    }
}

//! The chain of audit entries: each holds the hash of the one before, so that no line can be changed or taken out
//! without every later hash changing too (S114).

#[cfg(test)]
mod tests;

use sha2::{Digest, Sha256};

use crate::time::Timestamp;

/// What the first entry of an organization has in place of the hash before it: 64 zeros.
pub const GENESIS: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// What is hashed of one entry. Its fields are texts as they are stored.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// Whose chain it is in.
    pub organization: &'a str,
    /// Its place in the chain, from 1 without gaps.
    pub sequence: i64,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: &'a str,
    /// What was done.
    pub action: &'a str,
    /// To what.
    pub subject: &'a str,
    /// The rest, as JSON.
    pub detail: &'a str,
}

/// SHA-256 over the hash of the entry before (or [`GENESIS`]) and this entry, in lower-case hexadecimal.
///
/// Every part goes in with its length before it, so that moving text from one field to the next changes the hash.
pub fn entry_hash(previous: &str, entry: &Entry<'_>) -> String {
    let Entry { organization, sequence, at, actor, action, subject, detail } = entry;
    let (sequence, at) = (sequence.to_string(), at.millis().to_string());
    let mut hasher = Sha256::new();
    for part in [previous, organization, &sequence, &at, actor, action, subject, detail] {
        hasher.update((part.len() as u64).to_be_bytes());
        hasher.update(part);
    }
    format!("{:x}", hasher.finalize())
}

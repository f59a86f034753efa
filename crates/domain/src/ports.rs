//! What the rules need from the world: the time and randomness.
//!
//! Both are traits, so that the edge decides where they come from and a test decides what they say.

use crate::{id::uuid_v7, time::Timestamp};

#[cfg(test)]
mod tests;

/// Tells the time.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> Timestamp;
}

/// A cryptographically secure source of randomness.
pub trait Entropy: Send + Sync {
    /// Fills all of `bytes`, or fails. After a failure the content of `bytes` must not be used.
    fn fill(&self, bytes: &mut [u8]) -> Result<(), EntropyError>;
}

/// The source of randomness failed. Whatever needed it must fail too: a guessable secret is worse than none.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the source of randomness failed")]
pub struct EntropyError;

/// A fresh identifier for a record that comes into being `now`; see [`uuid_v7`].
pub fn new_id(entropy: &dyn Entropy, now: Timestamp) -> Result<String, EntropyError> {
    let mut random = [0; 10];
    entropy.fill(&mut random)?;
    Ok(uuid_v7(now, random))
}

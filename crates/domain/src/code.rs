//! One-time codes: made, read as people type and paste them, stored as keyed hashes, and judged.

mod hash;
mod policy;
mod read;
#[cfg(test)]
mod tests;
mod verdict;

use core::fmt;

use crate::ports::{Entropy, EntropyError};

pub use hash::{CodeBinding, CodeHash};
pub use policy::CodePolicy;
pub use read::CodeFormatError;
pub use verdict::{CodeState, CodeVerdict, check};

/// A one-time code in ASCII digits. It cannot be printed or compared; see [`CodeHash::matches`].
#[derive(Clone)]
pub struct Code(String);

impl Code {
    /// A fresh code of `policy.digits` digits, each equally likely; leading zeros are as good as any (S90).
    ///
    /// A byte holds 25 times ten values and six more. Those six are thrown away, for they would favour some digits.
    /// A source that gives nothing else is broken, and counts as failed.
    pub fn generate(policy: &CodePolicy, entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        /// A sound source hardly ever needs a second round, and never sixteen.
        const ROUNDS: usize = 16;

        let wanted = policy.digits as usize;
        let mut digits = String::with_capacity(wanted);
        for _ in 0..ROUNDS {
            let mut bytes = [0; 16];
            entropy.fill(&mut bytes)?;
            let uniform = bytes.into_iter().filter(|byte| *byte < 250);
            digits.extend(uniform.take(wanted - digits.len()).map(|byte| char::from(b'0' + byte % 10)));
            if digits.len() == wanted {
                return Ok(Self(digits));
            }
        }
        Err(EntropyError)
    }

    /// Reads a code out of what was typed or pasted; see [`CodeFormatError`] for what it refuses.
    pub fn read_typed(text: &str, digits: u32) -> Result<Self, CodeFormatError> {
        read::read(text, digits as usize).map(Self)
    }

    /// The digits, for the mail that carries them.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What may be stored, and compared: see [`CodeHash`].
    pub fn hash(&self, key: &[u8; 32], binding: &CodeBinding<'_>) -> CodeHash {
        CodeHash::of(self, key, binding)
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Code([redacted])")
    }
}

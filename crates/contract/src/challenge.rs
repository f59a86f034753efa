//! Proof of work: when a text solves a challenge. The same code finds a solution in the page and checks it in the backend.

use sha2::{Digest as _, Sha256};

/// The name of the one algorithm.
pub const ALGORITHM: &str = "sha-256";

/// Whether a text solves a challenge: the SHA-256 of `salt:solution` begins with so many bits that are 0.
pub fn solves(salt: &str, solution: &str, bits: u32) -> bool {
    leading(salt, solution) >= bits
}

/// How many bits are 0 before the first that is not.
fn leading(salt: &str, solution: &str) -> u32 {
    let digest = Sha256::new().chain_update(salt).chain_update(":").chain_update(solution).finalize();
    let whole = digest.iter().take_while(|byte| **byte == 0).count();
    let rest = digest.get(whole).map_or(0, |byte| byte.leading_zeros());
    u32::try_from(whole).unwrap_or(u32::MAX).saturating_mul(8) + rest
}

#[cfg(test)]
mod tests;

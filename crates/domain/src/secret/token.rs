//! The long random secrets of links and cookies, and the hash that is all we keep of them.

use core::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::ports::{Entropy, EntropyError};

/// 32 random bytes: an invitation link, a session, the binding of a flow to its browser.
///
/// 256 bits cannot be guessed, so a plain hash in the database is enough; no limiter and no key protect it.
#[derive(Clone)]
pub struct Token([u8; 32]);

impl Token {
    /// A fresh token.
    pub fn generate(entropy: &dyn Entropy) -> Result<Self, EntropyError> {
        let mut bytes = [0; 32];
        entropy.fill(&mut bytes)?;
        Ok(Self(bytes))
    }

    /// Reads the 43 characters that [`reveal`](Self::reveal) gives.
    ///
    /// Strict: one token has one spelling. No padding, no other alphabet, no stray bits in the last character.
    pub fn parse(text: &str) -> Result<Self, TokenError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(text).map_err(|_| TokenError)?;
        bytes.try_into().map(Self).map_err(|_| TokenError)
    }

    /// The token as base64url without padding (RFC 4648 section 5), for the link or the cookie that carries it.
    pub fn reveal(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0)
    }

    /// What may be stored.
    pub fn hash(&self) -> TokenHash {
        TokenHash(format!("{:x}", Sha256::digest(self.0)))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Token([redacted])")
    }
}

/// SHA-256 of a token's 32 bytes in lower-case hexadecimal. Not a secret: the token cannot be had from it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct TokenHash(String);

impl TokenHash {
    /// 64 hexadecimal digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The text is not a token. It does not say why, nor repeat the text: it might be somebody's secret, mistyped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a token")]
pub struct TokenError;

//! Sealing: encryption of what has to lie in the database for a while although it holds a secret.
//!
//! XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha): its 24-byte nonce can be drawn at random for any number of messages,
//! where the 12 bytes of RFC 8439 would have to be counted. The purpose is authenticated with the text, so that a
//! sealed text put into another row does not open there.

#[cfg(test)]
mod tests;

use core::fmt;

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use chacha20poly1305::aead::{Aead as _, KeyInit as _, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use vestibule_domain::ports::{Entropy, EntropyError};

const NONCE: usize = 24;

/// Seals and opens under one key.
#[derive(Clone)]
pub struct Sealer {
    cipher: XChaCha20Poly1305,
}

impl Sealer {
    /// A sealer with the key [`Keys::seal`](crate::keys::Keys::seal).
    pub fn new(key: &[u8; 32]) -> Self {
        Self { cipher: XChaCha20Poly1305::new(key.into()) }
    }

    /// Seals a text: base64url without padding of nonce and ciphertext.
    pub fn seal(&self, entropy: &dyn Entropy, purpose: &str, plaintext: &[u8]) -> Result<String, SealError> {
        let mut sealed = [0; NONCE].to_vec();
        entropy.fill(&mut sealed)?;
        let payload = Payload { msg: plaintext, aad: purpose.as_bytes() };
        let ciphertext =
            self.cipher.encrypt(XNonce::from_slice(&sealed), payload).map_err(|_| SealError::Refused)?;
        sealed.extend(ciphertext);
        Ok(BASE64_URL_SAFE_NO_PAD.encode(sealed))
    }

    /// Opens what was sealed under this key for the same purpose.
    pub fn open(&self, purpose: &str, sealed: &str) -> Result<Vec<u8>, SealError> {
        let bytes = BASE64_URL_SAFE_NO_PAD.decode(sealed).map_err(|_| SealError::Refused)?;
        let (nonce, ciphertext) = bytes.split_at_checked(NONCE).ok_or(SealError::Refused)?;
        let payload = Payload { msg: ciphertext, aad: purpose.as_bytes() };
        self.cipher.decrypt(XNonce::from_slice(nonce), payload).map_err(|_| SealError::Refused)
    }
}

impl fmt::Debug for Sealer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("Sealer([redacted])")
    }
}

/// Why something could not be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// No randomness for the nonce.
    #[error(transparent)]
    Entropy(#[from] EntropyError),
    /// Not sealed under this key for this purpose, or changed since. Which of them is nobody's business.
    #[error("not sealed here for this purpose")]
    Refused,
}

//! The one secret that an operator sets, and the keys made from it.

use core::fmt;

use hmac::{Hmac, Mac as _};
use sha2::Sha256;

use super::SecretString;

/// How much secret text is asked for: 32 characters of hexadecimal are 128 bits, of base64 more.
const LEAST_BYTES: usize = 32;
/// Fewer different characters than this are a typed pattern, not randomness.
const LEAST_DISTINCT: usize = 8;
/// What must remain once the words of samples are taken away.
const LEAST_BESIDE_SAMPLES: usize = 16;
/// What documentation, sample files and tired operators write instead of a secret.
const SAMPLES: [&str; 22] = [
    "abcdefghijklmnopqrstuvwxyz",
    "0123456789",
    "1234567890",
    "qwertyuiop",
    "changeme",
    "change",
    "replace",
    "vestibule",
    "password",
    "default",
    "example",
    "sample",
    "insecure",
    "placeholder",
    "master",
    "secret",
    "please",
    "random",
    "string",
    "development",
    "test",
    "your",
];
/// Separates our keys from those of any other program that was given the same secret.
const SALT: &[u8] = b"vestibule master key 1";

/// The key that all others are derived from. It has no text form and cannot be printed.
#[derive(Clone)]
pub struct MasterKey([u8; 32]);

impl MasterKey {
    /// Makes the key from the configured text, white space around it ignored, or says what is wrong with it (S122).
    ///
    /// Run at start, so that no installation runs on an empty, short or sample secret.
    pub fn from_text(text: &SecretString) -> Result<Self, WeakSecret> {
        let text = text.reveal().trim();
        if text.is_empty() {
            return Err(WeakSecret::Missing);
        }
        if text.len() < LEAST_BYTES {
            return Err(WeakSecret::TooShort { bytes: text.len() });
        }
        let mut distinct: Vec<char> = text.chars().collect();
        distinct.sort_unstable();
        distinct.dedup();
        if distinct.len() < LEAST_DISTINCT || repeats(text.as_bytes()) {
            return Err(WeakSecret::TooRegular);
        }
        if beside_samples(text) < LEAST_BESIDE_SAMPLES {
            return Err(WeakSecret::WellKnown);
        }
        Ok(Self(hmac_sha256(SALT, &[text.as_bytes()])))
    }

    /// The key for one purpose, named by a constant text; different purposes give unrelated keys.
    ///
    /// HKDF-SHA-256 (RFC 5869): [`from_text`](Self::from_text) is its extract step, this its expand step for the one
    /// block that 32 bytes need.
    pub fn derive(&self, purpose: &str) -> [u8; 32] {
        hmac_sha256(&self.0, &[purpose.as_bytes(), &[1]])
    }
}

impl fmt::Debug for MasterKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("MasterKey([redacted])")
    }
}

/// Whether the text is some shorter text over and over.
fn repeats(text: &[u8]) -> bool {
    (1..=text.len() / 2).any(|period| text.iter().zip(&text[period..]).all(|(one, next)| one == next))
}

/// How many letters and digits are left when every word of [`SAMPLES`] is taken away.
fn beside_samples(text: &str) -> usize {
    let mut rest = text.to_lowercase();
    rest.retain(char::is_alphanumeric);
    for sample in SAMPLES {
        rest = rest.replace(sample, "");
    }
    rest.chars().count()
}

fn hmac_sha256(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes a key of any length");
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// Why a configured secret is refused. The messages say what to set, and never repeat the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakSecret {
    /// Nothing was set.
    #[error("the master secret is empty: set it to the output of `openssl rand -base64 32`")]
    Missing,
    /// Fewer than 32 bytes.
    #[error(
        "the master secret has {bytes} bytes and needs at least 32: set it to the output of `openssl rand -base64 32`"
    )]
    TooShort {
        /// How many it has.
        bytes: usize,
    },
    /// Few different characters, or a short text over and over.
    #[error("the master secret is a pattern: set it to the output of `openssl rand -base64 32`")]
    TooRegular,
    /// Little more than the words of a sample.
    #[error("the master secret is a sample: set it to the output of `openssl rand -base64 32`")]
    WellKnown,
}

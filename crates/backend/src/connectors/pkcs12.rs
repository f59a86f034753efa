//! PKCS#12 bundles (RFC 7292), as far as they bring a client certificate with its key.
//!
//! A bundle is a stranger's input that says itself how much work it is to open. So it is short, and every round of
//! hashing that it asks for is paid from one budget before it is done (S110).

mod cipher;
mod safe;
#[cfg(test)]
mod tests;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use vestibule_domain::secret::SecretString;
use vestibule_domain::time::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::pem::{LineEnding, encode_string};
use x509_cert::der::{Decode as _, EncodePem as _};

use super::certificate::{self, CertificateError};
use cipher::{Budget, Password};

/// The longest bundle, in bytes: ten certificates with RSA keys and a good deal more.
const LONGEST: usize = 32 * 1024;
/// The longest password, in bytes.
const LONGEST_PASSWORD: usize = 1_000;
/// Rounds of hashing in all: a second or so. Usual are 2 000 to 10 000 for each of three parts, 600 000 where somebody was
/// very careful.
const MOST_ROUNDS: u32 = 2_000_000;

/// Why a bundle cannot be used. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Pkcs12Error {
    /// Too long.
    #[error("`pkcs12Value` is longer than {LONGEST} bytes: leave out what the connector does not need")]
    Long,
    /// Not base64.
    #[error("`pkcs12Value` is not base64 (RFC 4648, section 4) of a PKCS#12 bundle")]
    Base64,
    /// Not a bundle.
    #[error("`pkcs12Value` is no PKCS#12 bundle that can be read: make it by `openssl pkcs12 -export`")]
    Unreadable,
    /// Nothing says that it is whole.
    #[error("`pkcs12Value` has no checksum by a password: make it by `openssl pkcs12 -export`")]
    Unsealed,
    /// Locked in a way that is not known.
    #[error(
        "`pkcs12Value` is locked in a way that is not supported: use PBES2 with AES and PBKDF2, as `openssl pkcs12 -export` \
         does, or the older triple DES and RC2"
    )]
    Algorithm,
    /// It would take too long.
    #[error("`pkcs12Value` asks for more than {MOST_ROUNDS} rounds of hashing in all: make it with fewer")]
    Costly,
    /// Not the password.
    #[error("`password` does not open `pkcs12Value`; where there is none, give an empty text")]
    Password,
    /// No key in it.
    #[error("`pkcs12Value` holds no private key: export the certificate together with its key")]
    NoKey,
    /// Several.
    #[error("`pkcs12Value` holds several private keys: leave one, the client's")]
    Keys,
    /// A key that cannot be used.
    #[error("the key in `pkcs12Value` cannot be used: RSA of 2048 to 4096 bits, P-256, P-384 or Ed25519 can")]
    Key,
    /// No certificate in it, too many, or none that can be read.
    #[error("`pkcs12Value` holds no certificate, one that cannot be read, or more than ten")]
    Certificates,
    /// They do not belong together.
    #[error("no certificate in `pkcs12Value` is of its private key: export the two that were made together")]
    Mismatch,
    /// It was.
    #[error("a certificate in `pkcs12Value` ended at {}: give a new one", .0.to_rfc3339())]
    Expired(Timestamp),
    /// It will be.
    #[error("a certificate in `pkcs12Value` begins at {}: give one that counts today", .0.to_rfc3339())]
    Early(Timestamp),
}

impl From<CertificateError> for Pkcs12Error {
    fn from(error: CertificateError) -> Self {
        match error {
            CertificateError::Key => Self::Key,
            CertificateError::Unreadable => Self::Certificates,
            CertificateError::Mismatch => Self::Mismatch,
            CertificateError::Expired(at) => Self::Expired(at),
            CertificateError::Early(at) => Self::Early(at),
        }
    }
}

/// A bundle in PEM.
#[derive(Debug)]
pub struct Opened {
    /// The client's certificate, and those that lead from it to an authority.
    pub certificates: String,
    /// Its private key.
    pub private_key: SecretString,
}

/// Opens a bundle in base64. Computes for a second at most, so not where others wait.
///
/// # Errors
/// When it cannot be used as a client certificate now.
pub fn open(bundle: &str, password: &SecretString, now: Timestamp) -> Result<Opened, Pkcs12Error> {
    let password = Password::new(password.reveal(), LONGEST_PASSWORD).ok_or(Pkcs12Error::Password)?;
    // Base64 of `openssl` has lines.
    let text: String = bundle.chars().filter(|c| !c.is_ascii_whitespace()).take(2 * LONGEST).collect();
    if text.len() > LONGEST.div_ceil(3) * 4 {
        return Err(Pkcs12Error::Long);
    }
    let der = BASE64_STANDARD.decode(text).map_err(|_| Pkcs12Error::Base64)?;
    let content = safe::read(&der, password, &mut Budget::of(MOST_ROUNDS))?;
    let key = match content.keys.as_slice() {
        [] => return Err(Pkcs12Error::NoKey),
        [key] => key,
        [_, _, ..] => return Err(Pkcs12Error::Keys),
    };
    let pem = encode_string("PRIVATE KEY", LineEnding::LF, key).map_err(|_| Pkcs12Error::Key)?;
    let private_key = SecretString::new(pem);
    let certificates = chain(&content.certificates, private_key.reveal())?;
    certificate::check(&certificates, private_key.reveal(), now)?;
    Ok(Opened { certificates, private_key })
}

/// The certificate of a key, and each that issued the one before it. What else is in the bundle is of no use.
fn chain(bundle: &[Vec<u8>], key: &str) -> Result<String, Pkcs12Error> {
    let read: Result<Vec<_>, _> = bundle.iter().map(|der| Certificate::from_der(der)).collect();
    let mut left = read.map_err(|_| Pkcs12Error::Certificates)?;
    if left.is_empty() {
        return Err(Pkcs12Error::Certificates);
    }
    let key = certificate::public_key(key).ok_or(Pkcs12Error::Key)?;
    let of_key = |one: &Certificate| {
        one.tbs_certificate.subject_public_key_info.subject_public_key.as_bytes() == Some(key.as_slice())
    };
    let mut next = left.iter().position(of_key);
    if next.is_none() {
        return Err(Pkcs12Error::Mismatch);
    }
    let mut pem = String::new();
    while let Some(at) = next {
        let one = left.swap_remove(at);
        pem.push_str(&one.to_pem(LineEnding::LF).map_err(|_| Pkcs12Error::Certificates)?);
        next = left.iter().position(|other| other.tbs_certificate.subject == one.tbs_certificate.issuer);
    }
    Ok(pem)
}

//! Client certificates for connectors: whether key and certificate can be read, belong together, and are of today.

#[cfg(test)]
mod tests;

use std::fmt::Write as _;

use ring::digest::{SHA1_FOR_LEGACY_USE_ONLY, digest};
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P384_SHA384_ASN1_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair,
    RsaKeyPair,
};
use vestibule_domain::time::Timestamp;
use x509_cert::Certificate;
use x509_cert::der::{Encode as _, pem};
use x509_cert::time::Time;

/// Certificates of one chain.
const MOST: usize = 10;

/// Why a certificate cannot be used. Each says what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum CertificateError {
    /// Not a key.
    #[error(
        "`private_key` is not a key that can be used: RSA of 2048 to 4096 bits, P-256, P-384 or Ed25519, in PEM without \
         a password (`openssl pkcs8 -topk8 -nocrypt -in key.pem`)"
    )]
    Key,
    /// Not a certificate.
    #[error(
        "`certificate` cannot be read: give X.509 in PEM, the client's own first and then those that issued it, {MOST} \
         at most"
    )]
    Unreadable,
    /// They do not belong together.
    #[error(
        "the first `certificate` is not of `private_key`: give the two that were made together, the client's first"
    )]
    Mismatch,
    /// It was.
    #[error("`certificate` ended at {}: give a new one", .0.to_rfc3339())]
    Expired(Timestamp),
    /// It will be.
    #[error("`certificate` begins at {}: give one that counts today", .0.to_rfc3339())]
    Early(Timestamp),
}

/// Checks a private key with its certificate and those that issued it. Whether the connector trusts them is its own
/// matter.
pub(super) fn check(chain: &str, key: &str, now: Timestamp) -> Result<(), CertificateError> {
    // The parser does not expect nothing at all.
    let chain = Some(chain.trim())
        .filter(|chain| !chain.is_empty())
        .and_then(|chain| Certificate::load_pem_chain(chain.as_bytes()).ok())
        .filter(|chain| (1..=MOST).contains(&chain.len()))
        .ok_or(CertificateError::Unreadable)?;
    let key = public_key(key).ok_or(CertificateError::Key)?;
    let first = chain.first().ok_or(CertificateError::Unreadable)?;
    if first.tbs_certificate.subject_public_key_info.subject_public_key.as_bytes() != Some(key.as_slice()) {
        return Err(CertificateError::Mismatch);
    }
    for certificate in &chain {
        let validity = &certificate.tbs_certificate.validity;
        let (from, until) = (instant(validity.not_before), instant(validity.not_after));
        if until < now {
            return Err(CertificateError::Expired(until));
        }
        if from > now {
            return Err(CertificateError::Early(from));
        }
    }
    Ok(())
}

/// What is told of a client certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// SHA-1 of it, as people compare it, in hexadecimal digits.
    pub thumbprint: String,
    /// Since when it counts.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// The client's own certificate of a chain that was checked.
pub fn shown(chain: &str) -> Option<Shown> {
    let chain = Certificate::load_pem_chain(chain.as_bytes()).ok()?;
    let first = chain.first()?;
    let hash = digest(&SHA1_FOR_LEGACY_USE_ONLY, &first.to_der().ok()?);
    let mut thumbprint = String::new();
    for byte in hash.as_ref() {
        write!(thumbprint, "{byte:02X}").ok()?;
    }
    let validity = &first.tbs_certificate.validity;
    Some(Shown { thumbprint, from: instant(validity.not_before), until: instant(validity.not_after) })
}

/// The public half of a private key in PEM, as certificates have it.
pub(super) fn public_key(text: &str) -> Option<Vec<u8>> {
    let (label, der) = pem::decode_vec(text.trim().as_bytes()).ok()?;
    let of = |key: &dyn AsRef<[u8]>| key.as_ref().to_vec();
    match label {
        "RSA PRIVATE KEY" => RsaKeyPair::from_der(&der).ok().map(|pair| of(pair.public_key())),
        "PRIVATE KEY" => {
            let curve = |algorithm| EcdsaKeyPair::from_pkcs8(algorithm, &der, &SystemRandom::new()).ok();
            RsaKeyPair::from_pkcs8(&der)
                .ok()
                .map(|pair| of(pair.public_key()))
                .or_else(|| curve(&ECDSA_P256_SHA256_ASN1_SIGNING).map(|pair| of(pair.public_key())))
                .or_else(|| curve(&ECDSA_P384_SHA384_ASN1_SIGNING).map(|pair| of(pair.public_key())))
                .or_else(|| {
                    let pair = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der).ok()?;
                    Some(of(pair.public_key()))
                })
        }
        _ => None,
    }
}

fn instant(time: Time) -> Timestamp {
    Timestamp::from_millis(i64::try_from(time.to_unix_duration().as_millis()).unwrap_or(i64::MAX))
}

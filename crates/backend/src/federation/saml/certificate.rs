//! The keys of certificates. A certificate is here what carries a key in the metadata, and nothing more: who issued it
//! and until when it runs says nothing (SAML V2.0 Metadata Interoperability Profile, section 2.6.1).

use base64::{Engine as _, prelude::BASE64_STANDARD};
use pkcs1::RsaPublicKey;
use ring::signature::{self, UnparsedPublicKey, VerificationAlgorithm};
use x509_cert::Certificate;
use x509_cert::der::Decode as _;
use x509_cert::der::oid::ObjectIdentifier;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// Bits of RSA keys that count.
const RSA_BITS: std::ops::RangeInclusive<usize> = 2048..=8192;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Rsa,
    P256,
    P384,
}

/// The key of a certificate.
#[derive(Clone, Debug)]
pub struct Key {
    kind: Kind,
    bytes: Vec<u8>,
}

/// Why a certificate cannot be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unusable {
    /// Not a certificate.
    #[error("a certificate cannot be read: it has to be X.509, in base64 of its DER")]
    Unreadable,
    /// Of another kind.
    #[error("a certificate's key is neither RSA nor on the curves P-256 or P-384")]
    Kind,
    /// Too short, or longer than anybody can check in time.
    #[error("a certificate's RSA key has {0} bits: 2048 at least, 8192 at most")]
    Bits(usize),
}

/// Signatures of XML and of addresses that count. SHA-1 does not (RFC 9231 names them).
#[derive(Clone, Copy, Debug)]
pub struct Algorithm {
    kind: Kind,
    verifies: &'static dyn VerificationAlgorithm,
}

impl Algorithm {
    /// The algorithm of an identifier, if it counts.
    pub fn parse(identifier: &str) -> Option<Self> {
        let (kind, verifies): (_, &dyn VerificationAlgorithm) = match identifier {
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256" => {
                (Kind::Rsa, &signature::RSA_PKCS1_2048_8192_SHA256)
            }
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384" => {
                (Kind::Rsa, &signature::RSA_PKCS1_2048_8192_SHA384)
            }
            "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512" => {
                (Kind::Rsa, &signature::RSA_PKCS1_2048_8192_SHA512)
            }
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256" => {
                (Kind::P256, &signature::ECDSA_P256_SHA256_FIXED)
            }
            "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384" => {
                (Kind::P384, &signature::ECDSA_P384_SHA384_FIXED)
            }
            _ => return None,
        };
        Some(Self { kind, verifies })
    }
}

/// Base64 as XML has it: with line breaks anywhere.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let text: String = text.split_ascii_whitespace().collect();
    BASE64_STANDARD.decode(text).ok()
}

impl Key {
    /// The key of a certificate: X.509 in DER, base64.
    pub fn of_certificate(text: &str) -> Result<Self, Unusable> {
        let der = decode(text).ok_or(Unusable::Unreadable)?;
        let certificate = Certificate::from_der(&der).map_err(|_| Unusable::Unreadable)?;
        let info = &certificate.tbs_certificate.subject_public_key_info;
        let bytes = info.subject_public_key.as_bytes().ok_or(Unusable::Unreadable)?;
        let curve = info.algorithm.parameters.as_ref().and_then(|curve| curve.decode_as().ok());
        let kind = match (info.algorithm.oid, curve) {
            (RSA, _) => {
                let key = RsaPublicKey::from_der(bytes).map_err(|_| Unusable::Unreadable)?;
                let bits = bits(key.modulus.as_bytes());
                if !RSA_BITS.contains(&bits) {
                    return Err(Unusable::Bits(bits));
                }
                Kind::Rsa
            }
            (EC, Some(P256)) => Kind::P256,
            (EC, Some(P384)) => Kind::P384,
            _ => return Err(Unusable::Kind),
        };
        Ok(Self { kind, bytes: bytes.to_vec() })
    }

    /// Whether this key made the signature.
    pub fn verifies(&self, algorithm: Algorithm, message: &[u8], signature: &[u8]) -> bool {
        self.kind == algorithm.kind
            && UnparsedPublicKey::new(algorithm.verifies, &self.bytes).verify(message, signature).is_ok()
    }
}

fn bits(modulus: &[u8]) -> usize {
    let zeros = modulus.first().map_or(0, |first| first.leading_zeros() as usize);
    modulus.len() * 8 - zeros
}

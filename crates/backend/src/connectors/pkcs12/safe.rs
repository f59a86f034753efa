//! What is in a bundle: its checksum first, then keys and certificates.

use cms::encrypted_data::EncryptedData;
use hmac::{Hmac, Mac as _};
use pkcs12::authenticated_safe::AuthenticatedSafe;
use pkcs12::cert_type::CertBag;
use pkcs12::kdf::{Pkcs12KeyType, derive_key};
use pkcs12::mac_data::MacData;
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use pkcs12::pfx::Pfx;
use pkcs12::safe_bag::{SafeBag, SafeContents};
use pkcs12::{PKCS_12_CERT_BAG_OID, PKCS_12_KEY_BAG_OID, PKCS_12_PKCS8_KEY_BAG_OID, PKCS_12_X509_CERT_OID};
use sha1::Sha1;
use sha2::{Sha256, Sha384, Sha512};
use x509_cert::der::asn1::{Any, ContextSpecific, ObjectIdentifier, OctetString};
use x509_cert::der::{Decode as _, DecodeOwned, Encode as _};

use super::Pkcs12Error;
use super::cipher::{Budget, Password, decrypt};

/// PKCS#7 contents.
pub(super) const DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.1");
pub(super) const ENCRYPTED_DATA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.7.6");

/// Hashes of checksums.
const SHA1: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.14.3.2.26");
pub(super) const SHA256: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.1");
const SHA384: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.2");
const SHA512: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.16.840.1.101.3.4.2.3");

/// What is in a bundle.
#[derive(Default)]
pub(super) struct Content {
    /// Private keys in PKCS#8.
    pub(super) keys: Vec<Vec<u8>>,
    /// Certificates in DER.
    pub(super) certificates: Vec<Vec<u8>>,
}

/// Reads a bundle in DER.
pub(super) fn read(der: &[u8], mut password: Password, budget: &mut Budget) -> Result<Content, Pkcs12Error> {
    let unreadable = |_| Pkcs12Error::Unreadable;
    let bundle = Pfx::from_der(der).map_err(unreadable)?;
    if bundle.auth_safe.content_type != DATA {
        return Err(Pkcs12Error::Unsealed);
    }
    let inner: OctetString = bundle.auth_safe.content.decode_as().map_err(unreadable)?;
    check_sum(bundle.mac_data.as_ref(), inner.as_bytes(), &mut password, budget)?;
    let mut content = Content::default();
    for part in AuthenticatedSafe::from_der(inner.as_bytes()).map_err(unreadable)? {
        let bags = match part.content_type {
            DATA => part.content.decode_as::<OctetString>().map_err(unreadable)?.into_bytes(),
            ENCRYPTED_DATA => {
                let locked: EncryptedData = part.content.decode_as().map_err(unreadable)?;
                let inner = locked.enc_content_info;
                let text = inner.encrypted_content.ok_or(Pkcs12Error::Unreadable)?;
                decrypt(&inner.content_enc_alg, &password, text.as_bytes(), budget)?
            }
            _ => return Err(Pkcs12Error::Algorithm),
        };
        for bag in SafeContents::from_der(&bags).map_err(unreadable)? {
            take(&bag, &password, budget, &mut content)?;
        }
    }
    Ok(content)
}

/// Whether nobody has changed it who does not know the password. Decides how an empty password is spelt, which tools do
/// in two ways.
fn check_sum(
    sum: Option<&MacData>,
    text: &[u8],
    password: &mut Password,
    budget: &mut Budget,
) -> Result<(), Pkcs12Error> {
    let sum = sum.ok_or(Pkcs12Error::Unsealed)?;
    let (salt, digest) = (sum.mac_salt.as_bytes(), sum.mac.digest.as_bytes());
    let rounds = sum.iterations;
    loop {
        budget.spend(rounds, 1)?;
        let key = &password.wide;
        macro_rules! matches {
            ($hash:ty, $length:literal) => {{
                let key = derive_key::<$hash>(key, salt, Pkcs12KeyType::Mac, rounds, $length);
                let mac = Hmac::<$hash>::new_from_slice(&key).map_err(|_| Pkcs12Error::Algorithm)?;
                mac.chain_update(text).verify_slice(digest).is_ok()
            }};
        }
        let right = match sum.mac.algorithm.oid {
            SHA1 => matches!(Sha1, 20),
            SHA256 => matches!(Sha256, 32),
            SHA384 => matches!(Sha384, 48),
            SHA512 => matches!(Sha512, 64),
            _ => return Err(Pkcs12Error::Algorithm),
        };
        if right {
            return Ok(());
        }
        if !password.spell_otherwise() {
            return Err(Pkcs12Error::Password);
        }
    }
}

/// Takes what is of use here.
fn take(
    bag: &SafeBag,
    password: &Password,
    budget: &mut Budget,
    content: &mut Content,
) -> Result<(), Pkcs12Error> {
    match bag.bag_id {
        PKCS_12_KEY_BAG_OID => {
            let key: Any = value(bag)?;
            content.keys.push(key.to_der().map_err(|_| Pkcs12Error::Unreadable)?);
        }
        PKCS_12_PKCS8_KEY_BAG_OID => {
            let key: EncryptedPrivateKeyInfo = value(bag)?;
            let text = key.encrypted_data.as_bytes();
            content.keys.push(decrypt(&key.encryption_algorithm, password, text, budget)?);
        }
        PKCS_12_CERT_BAG_OID => {
            let certificate: CertBag = value(bag)?;
            if certificate.cert_id == PKCS_12_X509_CERT_OID {
                content.certificates.push(certificate.cert_value.into_bytes());
            }
        }
        // Revocations, other secrets, bags in bags: nothing that a client shows.
        _ => {}
    }
    Ok(())
}

fn value<T: DecodeOwned + x509_cert::der::Tagged>(bag: &SafeBag) -> Result<T, Pkcs12Error> {
    let tagged = ContextSpecific::<T>::from_der(&bag.bag_value);
    tagged.map(|tagged| tagged.value).map_err(|_| Pkcs12Error::Unreadable)
}

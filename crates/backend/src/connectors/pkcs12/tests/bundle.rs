//! Makes bundles: as today's tools do, and with anything in them.

use cms::content_info::{CmsVersion, ContentInfo};
use cms::encrypted_data::EncryptedData;
use cms::enveloped_data::EncryptedContentInfo;
use hmac::{Hmac, Mac as _};
use pkcs5::pbes2::{PBES2_OID, Parameters};
use pkcs12::cert_type::CertBag;
use pkcs12::digest_info::DigestInfo;
use pkcs12::kdf::{Pkcs12KeyType, derive_key_utf8};
use pkcs12::mac_data::MacData;
use pkcs12::pbe_params::EncryptedPrivateKeyInfo;
use pkcs12::pfx::{Pfx, Version};
use pkcs12::safe_bag::SafeBag;
use pkcs12::{PKCS_12_CERT_BAG_OID, PKCS_12_PKCS8_KEY_BAG_OID, PKCS_12_X509_CERT_OID};
use sha2::Sha256;
use x509_cert::der::asn1::{Any, ObjectIdentifier, OctetString};
use x509_cert::der::{Decode as _, Encode};
use x509_cert::spki::AlgorithmIdentifierOwned;

use crate::connectors::pkcs12::safe::{DATA, ENCRYPTED_DATA, SHA256};

/// What is in a bundle, and how it is locked.
pub(super) struct Bundle<'a> {
    pub(super) keys: Vec<Vec<u8>>,
    pub(super) certificates: Vec<Vec<u8>>,
    pub(super) password: &'a str,
    /// Rounds of the certificates, of each key, and of the checksum.
    pub(super) rounds: [u32; 3],
    /// Whether there is a checksum.
    pub(super) sealed: bool,
}

fn any(value: &impl Encode) -> Any {
    Any::from_der(&value.to_der().unwrap()).unwrap()
}

fn octets(bytes: &[u8]) -> OctetString {
    OctetString::new(bytes).unwrap()
}

/// Locks a text. Rounds that nobody could wait for are only written down.
fn lock(text: &[u8], password: &str, rounds: u32) -> (AlgorithmIdentifierOwned, OctetString) {
    let parameters = Parameters::pbkdf2_sha256_aes256cbc(rounds, b"salt and pepper", &[7; 16]).unwrap();
    let locked = if rounds > 10_000 { vec![0; 32] } else { parameters.encrypt(password, text).unwrap() };
    (AlgorithmIdentifierOwned { oid: PBES2_OID, parameters: Some(any(&parameters)) }, octets(&locked))
}

fn bag(bag_id: ObjectIdentifier, value: &impl Encode) -> SafeBag {
    SafeBag { bag_id, bag_value: value.to_der().unwrap(), bag_attributes: None }
}

fn content(content_type: ObjectIdentifier, value: &impl Encode) -> ContentInfo {
    ContentInfo { content_type, content: any(value) }
}

impl Bundle<'_> {
    /// The bundle in DER.
    pub(super) fn der(&self) -> Vec<u8> {
        let [of_certificates, of_keys, of_sum] = self.rounds;
        let certificates: Vec<SafeBag> = self
            .certificates
            .iter()
            .map(|der| {
                let bag_of = CertBag { cert_id: PKCS_12_X509_CERT_OID, cert_value: octets(der) };
                bag(PKCS_12_CERT_BAG_OID, &bag_of)
            })
            .collect();
        let keys: Vec<SafeBag> = self
            .keys
            .iter()
            .map(|der| {
                let (encryption_algorithm, encrypted_data) = lock(der, self.password, of_keys);
                let locked = EncryptedPrivateKeyInfo { encryption_algorithm, encrypted_data };
                bag(PKCS_12_PKCS8_KEY_BAG_OID, &locked)
            })
            .collect();
        let (content_enc_alg, text) = lock(&certificates.to_der().unwrap(), self.password, of_certificates);
        let locked = EncryptedData {
            version: CmsVersion::V0,
            enc_content_info: EncryptedContentInfo {
                content_type: DATA,
                content_enc_alg,
                encrypted_content: Some(text),
            },
            unprotected_attrs: None,
        };
        let parts = vec![content(ENCRYPTED_DATA, &locked), content(DATA, &octets(&keys.to_der().unwrap()))];
        let inner = octets(&parts.to_der().unwrap());
        let mac_data = self.sealed.then(|| self.sum(inner.as_bytes(), of_sum));
        Pfx { version: Version::V3, auth_safe: content(DATA, &inner), mac_data }.to_der().unwrap()
    }

    fn sum(&self, text: &[u8], rounds: u32) -> MacData {
        let rounds = i32::try_from(rounds).unwrap();
        let done = if rounds > 10_000 { 1 } else { rounds };
        let key = derive_key_utf8::<Sha256>(self.password, b"salt", Pkcs12KeyType::Mac, done, 32).unwrap();
        let digest = Hmac::<Sha256>::new_from_slice(&key).unwrap().chain_update(text).finalize();
        MacData {
            mac: DigestInfo {
                algorithm: AlgorithmIdentifierOwned { oid: SHA256, parameters: None },
                digest: octets(&digest.into_bytes()),
            },
            mac_salt: octets(b"salt"),
            iterations: rounds,
        }
    }
}

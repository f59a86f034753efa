//! Keys and certificates as people have them.
#![expect(clippy::unwrap_used, reason = "tests")]

use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use rsa::RsaPrivateKey;
use rsa::pkcs1::EncodeRsaPrivateKey as _;
use rsa::pkcs8::{EncodePrivateKey as _, LineEnding};

use super::{CertificateError, check};
use crate::connectors::tests::START;

fn certificate(key: &KeyPair, from: i32, until: i32) -> String {
    let mut parameters = CertificateParams::new(vec!["vestibule.example".to_owned()]).unwrap();
    (parameters.not_before, parameters.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(until, 1, 1));
    parameters.self_signed(key).unwrap().pem()
}

#[test]
fn keys_of_every_usual_kind_are_taken_with_their_certificate() {
    for algorithm in [&rcgen::PKCS_ECDSA_P256_SHA256, &rcgen::PKCS_ECDSA_P384_SHA384, &rcgen::PKCS_ED25519] {
        let key = KeyPair::generate_for(algorithm).unwrap();
        assert_eq!(
            check(&certificate(&key, 2026, 2027), &key.serialize_pem(), START),
            Ok(()),
            "{algorithm:?}"
        );
    }
    let key = RsaPrivateKey::new(&mut rsa::rand_core::OsRng, 2048).unwrap();
    let (pkcs8, pkcs1) =
        (key.to_pkcs8_pem(LineEnding::LF).unwrap(), key.to_pkcs1_pem(LineEnding::CRLF).unwrap());
    let certificate = certificate(&KeyPair::from_pem(&pkcs8).unwrap(), 2026, 2027);
    for key in [pkcs8.as_str(), &pkcs1] {
        assert_eq!(check(&certificate, key, START), Ok(()));
        assert_eq!(check(&format!("\n{certificate}\n"), &format!("\n{key}\n"), START), Ok(()));
    }
}

#[test]
fn what_cannot_be_used_is_told_apart() {
    let (key, other) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let (pem, right) = (key.serialize_pem(), certificate(&key, 2026, 2027));
    let issuer = |until| certificate(&other, 2020, until);
    let cut = &right[..right.len() / 2];
    for (what, chain, key, expected) in [
        ("with its issuer", format!("{right}{}", issuer(2040)), pem.clone(), None),
        (
            "the issuer first",
            format!("{}{right}", issuer(2040)),
            pem.clone(),
            Some(CertificateError::Mismatch),
        ),
        ("another's key", right.clone(), other.serialize_pem(), Some(CertificateError::Mismatch)),
        ("no key", right.clone(), "secret".to_owned(), Some(CertificateError::Key)),
        ("a public key", right.clone(), key.public_key_pem(), Some(CertificateError::Key)),
        ("a certificate for a key", right.clone(), right.clone(), Some(CertificateError::Key)),
        ("no certificate", String::new(), pem.clone(), Some(CertificateError::Unreadable)),
        ("cut off", cut.to_owned(), pem.clone(), Some(CertificateError::Unreadable)),
        ("a key for a certificate", pem.clone(), pem.clone(), Some(CertificateError::Unreadable)),
        ("too many", right.repeat(11), pem.clone(), Some(CertificateError::Unreadable)),
    ] {
        assert_eq!(check(&chain, &key, START).err(), expected, "{what}");
    }
    let (late, early) = (certificate(&key, 2020, 2026), certificate(&key, 2027, 2028));
    assert!(matches!(check(&late, &pem, START), Err(CertificateError::Expired(_))));
    assert!(matches!(check(&early, &pem, START), Err(CertificateError::Early(_))));
    let issued_by_an_old_one = format!("{right}{}", issuer(2025));
    let error = check(&issued_by_an_old_one, &pem, START).unwrap_err().to_string();
    assert_eq!(error, "`certificate` ended at 2025-01-01T00:00:00Z: give a new one");
}

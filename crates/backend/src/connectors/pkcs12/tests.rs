//! Bundles as OpenSSL makes them (`tests/make.sh`), and bundles as they should not be.
#![expect(clippy::unwrap_used, reason = "tests")]

mod bundle;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use vestibule_domain::secret::SecretString;
use x509_cert::Certificate;

use super::cipher::Budget;
use super::{MOST_ROUNDS, Opened, Pkcs12Error, open};
use crate::connectors::tests::START;
use bundle::Bundle;

const PASSWORD: &str = "open sésame";

fn try_open(der: &[u8], password: &str) -> Result<Opened, Pkcs12Error> {
    open(&BASE64_STANDARD.encode(der), &SecretString::new(password.to_owned()), START)
}

/// Why it is refused.
fn refused(der: &[u8], password: &str) -> Option<Pkcs12Error> {
    try_open(der, password).err()
}

fn certificate(key: &KeyPair, from: i32, until: i32) -> Vec<u8> {
    let mut parameters = CertificateParams::new(vec!["vestibule.example".to_owned()]).unwrap();
    (parameters.not_before, parameters.not_after) = (date_time_ymd(from, 1, 1), date_time_ymd(until, 1, 1));
    parameters.self_signed(key).unwrap().der().to_vec()
}

/// A bundle that is right, of this key.
fn right(key: &KeyPair) -> Bundle<'static> {
    Bundle {
        keys: vec![key.serialize_der()],
        certificates: vec![certificate(key, 2026, 2027)],
        password: PASSWORD,
        rounds: [100; 3],
        sealed: true,
    }
}

#[test]
fn bundles_of_openssl_are_opened_the_modern_and_the_old_ones() {
    for (what, der, password) in [
        ("PBES2 with AES-256, SHA-256", &include_bytes!("tests/modern.p12")[..], PASSWORD),
        ("RC2 and triple DES, SHA-1", &include_bytes!("tests/legacy.p12")[..], PASSWORD),
        ("without a password", &include_bytes!("tests/empty.p12")[..], ""),
    ] {
        let opened = try_open(der, password).unwrap();
        assert!(opened.private_key.reveal().starts_with("-----BEGIN PRIVATE KEY-----"), "{what}");
        let chain = Certificate::load_pem_chain(opened.certificates.as_bytes()).unwrap();
        let names: Vec<String> = chain.iter().map(|one| one.tbs_certificate.subject.to_string()).collect();
        assert_eq!(names, ["CN=client.vestibule.example", "CN=authority.vestibule.example"], "{what}");
        for wrong in ["open sesame", "open sésame ", "OPEN SÉSAME", &"x".repeat(1_001)] {
            assert_eq!(refused(der, wrong), Some(Pkcs12Error::Password), "{what}: {wrong}");
        }
    }
    assert_eq!(refused(include_bytes!("tests/modern.p12"), ""), Some(Pkcs12Error::Password));
}

#[test]
fn the_clients_certificate_comes_first_and_what_did_not_issue_it_is_left_out() {
    let (key, other) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let mut bundle = right(&key);
    let mut stranger = CertificateParams::new(Vec::new()).unwrap();
    stranger.distinguished_name.push(rcgen::DnType::CommonName, "somebody else");
    bundle.certificates.insert(0, stranger.self_signed(&other).unwrap().der().to_vec());
    let opened = try_open(&bundle.der(), PASSWORD).unwrap();
    let chain = Certificate::load_pem_chain(opened.certificates.as_bytes()).unwrap();
    assert_eq!(chain.len(), 1);
    let lines = BASE64_STANDARD.encode(bundle.der()).replace('A', "A\r\n");
    assert!(open(&lines, &SecretString::new(PASSWORD.to_owned()), START).is_ok(), "base64 in lines");
}

#[test]
fn what_cannot_be_used_is_told_apart() {
    let (key, other) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
    let of = |change: &dyn Fn(&mut Bundle<'_>)| {
        let mut bundle = right(&key);
        change(&mut bundle);
        refused(&bundle.der(), PASSWORD)
    };
    assert_eq!(of(&|_| {}), None);
    assert_eq!(of(&|bundle| bundle.keys.clear()), Some(Pkcs12Error::NoKey));
    assert_eq!(of(&|bundle| bundle.keys.push(other.serialize_der())), Some(Pkcs12Error::Keys));
    assert_eq!(of(&|bundle| bundle.keys = vec![b"no key".to_vec()]), Some(Pkcs12Error::Key));
    assert_eq!(of(&|bundle| bundle.keys = vec![other.serialize_der()]), Some(Pkcs12Error::Mismatch));
    assert_eq!(of(&|bundle| bundle.certificates.clear()), Some(Pkcs12Error::Certificates));
    assert_eq!(of(&|bundle| bundle.certificates.push(b"none".to_vec())), Some(Pkcs12Error::Certificates));
    assert_eq!(of(&|bundle| bundle.sealed = false), Some(Pkcs12Error::Unsealed));
    let late = of(&|bundle| bundle.certificates = vec![certificate(&key, 2020, 2026)]);
    assert!(matches!(late, Some(Pkcs12Error::Expired(_))), "{late:?}");
    let early = of(&|bundle| bundle.certificates = vec![certificate(&key, 2027, 2028)]);
    assert!(matches!(early, Some(Pkcs12Error::Early(_))), "{early:?}");
    assert_eq!(refused(b"", PASSWORD), Some(Pkcs12Error::Unreadable));
    assert_eq!(refused(b"garbage", PASSWORD), Some(Pkcs12Error::Unreadable));
    assert_eq!(refused(&key.serialize_der(), PASSWORD), Some(Pkcs12Error::Unreadable));
    assert_eq!(refused(&vec![0x30; 32 * 1024 + 3], PASSWORD), Some(Pkcs12Error::Long));
    let secret = SecretString::new(PASSWORD.to_owned());
    assert_eq!(open("not base64!", &secret, START).err(), Some(Pkcs12Error::Base64));
    assert_eq!(open(&"A".repeat(1_000_000), &secret, START).err(), Some(Pkcs12Error::Long));
}

#[test]
fn s110_a_bundle_that_asks_for_too_much_work_is_refused_before_it_is_done() {
    let key = KeyPair::generate().unwrap();
    let (many, most) = (90_000_000, i32::MAX.unsigned_abs());
    // Were it done, this test would take an hour.
    for rounds in [[many, 1, 1], [1, many, 1], [1, 1, most], [MOST_ROUNDS / 2, 1, 1]] {
        let bundle = Bundle { rounds, ..right(&key) }.der();
        assert_eq!(refused(&bundle, PASSWORD), Some(Pkcs12Error::Costly), "{rounds:?}");
    }
    // All parts of a bundle share one budget.
    let mut budget = Budget::of(MOST_ROUNDS);
    let half = i32::try_from(MOST_ROUNDS / 2).unwrap();
    assert_eq!((budget.spend(half, 1), budget.spend(half, 1)), (Ok(()), Ok(())));
    assert_eq!(budget.spend(1, 1), Err(Pkcs12Error::Costly));
    assert_eq!(Budget::of(MOST_ROUNDS).spend(i32::MAX, u32::MAX), Err(Pkcs12Error::Costly));
    assert_eq!(Budget::of(MOST_ROUNDS).spend(-1, 1), Err(Pkcs12Error::Unreadable));
}

#[test]
fn s110_t22_bundles_that_are_cut_or_changed_anywhere_end_in_an_error() {
    let whole = include_bytes!("tests/modern.p12");
    for at in 0..whole.len() {
        assert!(try_open(&whole[..at], PASSWORD).is_err(), "cut at {at}");
    }
    // Each change is either in what the checksum covers or in what has to be read before it.
    for at in (0..whole.len()).step_by(7) {
        let mut changed = whole.to_vec();
        changed[at] ^= 0x41;
        assert!(try_open(&changed, PASSWORD).is_err(), "changed at {at}");
    }
}

#[test]
fn s112_neither_bundle_nor_password_nor_key_is_in_what_is_said() {
    let key = KeyPair::generate().unwrap();
    let opened = try_open(&right(&key).der(), PASSWORD).unwrap();
    let shown = format!("{opened:?}");
    assert!(!shown.contains("PRIVATE KEY") && !shown.contains(PASSWORD), "{shown}");
}

//! Keys are different, repeatable, and do not print.

use vestibule_domain::secret::{MasterKey, SecretString};

use super::Keys;

fn keys(secret: &str) -> Keys {
    Keys::derive(&MasterKey::from_text(&SecretString::new(secret.to_owned())).expect("long enough"))
}

#[test]
fn every_purpose_has_a_key_of_its_own_that_follows_from_the_secret() {
    let one = keys("8hU3kq0mYv1zXw5RtN7cPj2LsD9bFgQe");
    let same = keys("8hU3kq0mYv1zXw5RtN7cPj2LsD9bFgQe");
    let other = keys("8hU3kq0mYv1zXw5RtN7cPj2LsD9bFgQf");
    let all = [one.code, one.session, one.seal, one.form];
    for (place, key) in all.iter().enumerate() {
        assert!(!all[..place].contains(key), "key {place} is used twice");
    }
    assert_eq!(one.seal, same.seal);
    assert_ne!(one.seal, other.seal);
}

#[test]
fn s112_keys_do_not_print() {
    assert_eq!(format!("{:?}", keys("8hU3kq0mYv1zXw5RtN7cPj2LsD9bFgQe")), "Keys([redacted])");
}

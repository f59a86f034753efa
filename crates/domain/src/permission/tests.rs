//! The whole matrix of roles and policies, and the lists of domains.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{DomainKind, DomainPolicy, InvitePolicy, Role, may_invite};
use crate::address::{AddressError, EmailAddress};

#[test]
fn who_may_invite_is_as_the_policy_says() {
    // Guest, member, inviter, administrator.
    let matrix = [
        (InvitePolicy::Everyone, [true, true, true, true]),
        (InvitePolicy::MembersAndInviters, [false, true, true, true]),
        (InvitePolicy::Inviters, [false, false, true, true]),
        (InvitePolicy::Nobody, [false, false, false, false]),
    ];
    assert_eq!(matrix.map(|(policy, _)| policy), InvitePolicy::ALL);
    for (policy, expected) in matrix {
        let found: Vec<bool> = Role::ALL.iter().map(|role| may_invite(*role, policy)).collect();
        assert_eq!(found, expected, "{policy:?}");
    }
}

fn admits(kind: DomainKind, domains: &[&str], address: &str) -> bool {
    let domains: Vec<String> = domains.iter().map(|domain| (*domain).to_owned()).collect();
    DomainPolicy::new(kind, &domains).unwrap().admits(&EmailAddress::parse(address).unwrap())
}

#[test]
fn a_list_denies_or_allows() {
    let list = ["Partner.Example", " bücher.example "];
    for (address, listed) in [
        ("a@partner.example", true),
        ("a@PARTNER.example", true),
        ("a@xn--bcher-kva.example", true),
        ("a@other.example", false),
        ("a@sub.partner.example", false),
        ("a@evilpartner.example", false),
    ] {
        assert!(admits(DomainKind::Any, &list, address), "{address}");
        assert_eq!(admits(DomainKind::Deny, &list, address), !listed, "{address}");
        assert_eq!(admits(DomainKind::Allow, &list, address), listed, "{address}");
    }
}

#[test]
fn an_empty_list_means_what_it_says() {
    assert!(admits(DomainKind::Deny, &[], "a@partner.example"));
    assert!(!admits(DomainKind::Allow, &[], "a@partner.example"));
}

#[test]
fn an_entry_that_could_never_match_is_refused() {
    for (entry, why) in [
        ("*.partner.example", AddressError::InvalidDomain),
        ("partner.example.", AddressError::TrailingDot),
        ("@partner.example", AddressError::InvalidDomain),
        ("ｐartner.example", AddressError::LookAlikeCharacter),
        ("", AddressError::InvalidDomain),
    ] {
        assert_eq!(DomainPolicy::new(DomainKind::Deny, &[entry.to_owned()]), Err(why), "{entry}");
    }
    assert!(serde_json::from_str::<DomainPolicy>(r#"{"kind": "deny", "domains": ["*.x.example"]}"#).is_err());
}

#[test]
fn a_policy_is_written_and_read() {
    let json = r#"{"kind":"allow","domains":["xn--bcher-kva.example"]}"#;
    let typed: DomainPolicy =
        serde_json::from_str(r#"{"kind": "allow", "domains": ["Bücher.example"]}"#).unwrap();
    assert_eq!(serde_json::to_string(&typed).unwrap(), json);
    assert_eq!(serde_json::from_str::<DomainPolicy>(json).unwrap(), typed);
    assert_eq!(serde_json::from_str::<DomainPolicy>("{}").unwrap(), DomainPolicy::default());
}

//! Ways and proofs, by table.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Claim, Provider, Way, proves, way};
use crate::address::EmailAddress;

fn provider<'a>(id: &'a str, enabled: bool, domains: &'a [String]) -> Provider<'a> {
    Provider { id, enabled, domains }
}

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

#[test]
fn the_provider_of_the_domain_comes_first_then_the_choice_then_the_code() {
    let (partner, both, none) = (
        vec!["partner.example".to_owned()],
        vec!["Partner.Example".to_owned(), "x.example".to_owned()],
        vec![],
    );
    let (ana, zoe) = (address("ana@partner.example"), address("zoe@home.example"));
    let work = provider("work", true, &partner);
    let off = provider("off", false, &partner);
    let social = provider("social", true, &none);
    let second = provider("second", true, &both);
    let cases: [(&[Provider<'_>], Option<&EmailAddress>, Way<'_>); 10] = [
        (&[], Some(&ana), Way::Code),
        (&[], None, Way::Code),
        (&[off], Some(&ana), Way::Code),
        (&[work], Some(&ana), Way::Provider("work")),
        (&[social, work], Some(&ana), Way::Provider("work")),
        (&[off, second], Some(&ana), Way::Provider("second")),
        (&[work, second], Some(&ana), Way::Choose),
        (&[work], Some(&zoe), Way::Choose),
        (&[work], None, Way::Choose),
        (&[off, social], Some(&ana), Way::Choose),
    ];
    for (providers, address, expected) in cases {
        assert_eq!(way(providers, address), expected, "{providers:?} {address:?}");
    }
}

#[test]
fn s51_an_address_is_proven_only_where_the_provider_speaks_for_it_and_calls_it_verified() {
    let domains = vec!["partner.example".to_owned()];
    for (enabled, text, verified, expected) in [
        (true, "ana@partner.example", true, true),
        (true, "ana@partner.example", false, false),
        (true, "ana@sub.partner.example", true, false),
        (true, "ana@partner.example.evil.example", true, false),
        (true, "ana@contoso.example", true, false),
        (false, "ana@partner.example", true, false),
    ] {
        let address = address(text);
        let claim = Claim { address: &address, verified };
        assert_eq!(
            proves(&provider("work", enabled, &domains), &claim),
            expected,
            "{enabled} {text} {verified}"
        );
    }
}

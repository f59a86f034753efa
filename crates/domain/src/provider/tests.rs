//! Ways and proofs, by table.
#![expect(clippy::unwrap_used, reason = "tests")]

use super::{Claim, Facts, Fallback, Kind, Order, Provider, Rule, Way, proves, way};
use crate::address::EmailAddress;

fn address(text: &str) -> EmailAddress {
    EmailAddress::parse(text).unwrap()
}

/// The providers that the paths below name, in the order of the organization.
fn provider<'a>(id: &'a str, domains: &'a [String]) -> Provider<'a> {
    let (kind, enabled) = match id {
        "off" => (Kind::OpenIdConnect, false),
        "entra" => (Kind::Microsoft, true),
        "saml" => (Kind::Saml, true),
        "google" => (Kind::Google, true),
        "apple" => (Kind::Apple, true),
        "github" => (Kind::GitHub, true),
        _ => (Kind::OpenIdConnect, true),
    };
    let speaks = !["google", "apple", "github", "anybody"].contains(&id);
    Provider { id, kind, enabled, domains: if speaks { domains } else { &[] } }
}

/// What is asked: order, providers, address, providers used before, and the way that fits.
type Path<'a> = (&'a str, &'a [&'a str], Option<&'a str>, &'a [&'a str], Way<'a>);

const ANA: Option<&str> = Some("ana@partner.example");
const GMAIL: Option<&str> = Some("zoe@Gmail.com");
const OTHER: Option<&str> = Some("zoe@home.example");

/// Every path of the default order, of other orders, and of each fallback (Entra's 1.2 and 1.3).
const PATHS: &[Path<'_>] = &[
    // Nothing but the code.
    ("", &[], ANA, &[], Way::Code),
    ("", &[], None, &[], Way::Code),
    ("", &["off"], ANA, &["off"], Way::Code),
    ("no code", &[], ANA, &[], Way::None),
    ("no code", &["off"], ANA, &[], Way::None),
    // The directory before the federation of the same domain, unless the organization says otherwise.
    ("", &["entra"], ANA, &[], Way::Provider("entra")),
    ("", &["work", "entra"], ANA, &[], Way::Provider("entra")),
    ("federation first", &["work", "entra"], ANA, &[], Way::Provider("work")),
    ("no directory", &["work", "entra"], ANA, &[], Way::Provider("work")),
    ("", &["entra"], OTHER, &[], Way::Choose),
    // The federation of a domain, by either protocol.
    ("", &["work"], ANA, &[], Way::Provider("work")),
    ("", &["saml"], ANA, &[], Way::Provider("saml")),
    ("", &["google", "work"], ANA, &[], Way::Provider("work")),
    ("", &["off", "second"], ANA, &[], Way::Provider("second")),
    ("", &["work", "second"], ANA, &[], Way::Choose),
    ("", &["work", "saml"], ANA, &[], Way::Choose),
    ("", &["work"], OTHER, &[], Way::Choose),
    ("", &["work"], None, &[], Way::Choose),
    // Mailboxes that a social provider runs itself, and no others.
    ("", &["google", "apple"], GMAIL, &[], Way::Provider("google")),
    ("", &["google"], OTHER, &[], Way::Choose),
    ("", &["github"], GMAIL, &[], Way::Choose),
    ("no social", &["google", "apple"], GMAIL, &[], Way::Choose),
    // Where the guest has signed in before; what speaks for the domain comes first, so nobody is kept from it.
    ("", &["google", "github"], OTHER, &["github"], Way::Provider("github")),
    ("", &["google", "github"], OTHER, &["github", "google"], Way::Choose),
    ("", &["work", "github"], ANA, &["github"], Way::Provider("work")),
    ("existing first", &["work", "github"], ANA, &["github"], Way::Provider("github")),
    ("", &["github"], OTHER, &["gone"], Way::Choose),
    ("nothing", &["work", "github"], ANA, &["github"], Way::Choose),
    // What is left.
    ("code", &["google"], OTHER, &[], Way::Code),
    ("code", &["work"], ANA, &[], Way::Provider("work")),
    ("no code", &["anybody"], OTHER, &[], Way::Provider("anybody")),
    ("no code", &["anybody", "github"], OTHER, &[], Way::Choose),
    ("no code, code", &["anybody"], None, &[], Way::Provider("anybody")),
];

fn order(name: &str) -> Order {
    use Rule::{Directory, Existing, Federation, Social};
    let usual = Order::default();
    match name {
        "" => usual,
        "no code" => Order { email_code: false, ..usual },
        "no code, code" => Order { email_code: false, fallback: Fallback::Code, ..usual },
        "code" => Order { fallback: Fallback::Code, ..usual },
        "federation first" => Order { primary: vec![Federation, Directory], ..usual },
        "existing first" => Order { primary: vec![Existing, Directory, Federation, Social], ..usual },
        "no directory" => Order { primary: vec![Federation, Social], ..usual },
        "no social" => Order { primary: vec![Directory, Federation], ..usual },
        "nothing" => Order { primary: Vec::new(), ..usual },
        other => panic!("no order is called {other}"),
    }
}

#[test]
fn each_path_of_the_redemption_order() {
    let domains = vec!["Partner.Example".to_owned()];
    for (name, ids, text, used, expected) in PATHS {
        let providers: Vec<Provider<'_>> = ids.iter().map(|id| provider(id, &domains)).collect();
        let address = text.map(address);
        let used: Vec<String> = used.iter().map(|&id| id.to_owned()).collect();
        let facts = Facts { providers: &providers, address: address.as_ref(), used: &used };
        assert_eq!(way(&order(name), &facts), *expected, "order {name:?}, {ids:?}, {text:?}, used {used:?}");
    }
}

#[test]
fn an_order_is_read_by_the_names_of_microsoft_graph_and_a_wrong_one_is_refused() {
    let read = |text: &str| serde_json::from_str::<Order>(text);
    assert_eq!(read("{}").unwrap(), Order::default());
    let order = read(
        r#"{"primary": ["externalFederation", "socialIdentityProviders"], "fallback": "emailOneTimePasscode"}"#,
    );
    assert_eq!(order.unwrap().primary, [Rule::Federation, Rule::Social]);
    for wrong in [r#"{"primary": ["azure"]}"#, r#"{"fallback": "microsoftAccount"}"#, r#"{"order": []}"#] {
        read(wrong).unwrap_err();
    }
}

#[test]
fn s51_an_address_is_proven_only_where_the_provider_speaks_for_it_and_calls_it_verified() {
    let domains = vec!["partner.example".to_owned()];
    for (id, text, verified, expected) in [
        ("work", "ana@partner.example", true, true),
        ("work", "ana@partner.example", false, false),
        ("work", "ana@sub.partner.example", true, false),
        ("work", "ana@partner.example.evil.example", true, false),
        ("work", "ana@contoso.example", true, false),
        ("off", "ana@partner.example", true, false),
        ("google", "ana@gmail.com", true, true),
        ("google", "ana@gmail.com", false, false),
        ("google", "ana@partner.example", true, false),
        ("github", "ana@gmail.com", true, false),
    ] {
        let address = address(text);
        let claim = Claim { address: &address, verified, by_domain_owner: false };
        assert_eq!(proves(&provider(id, &domains), &claim), expected, "{id} {text} {verified}");
    }
}

#[test]
fn s51_google_speaks_for_another_domain_only_where_it_runs_the_accounts_there() {
    let domains = vec!["partner.example".to_owned()];
    let google = Provider { domains: &domains, ..provider("google", &domains) };
    for (text, by_domain_owner, expected) in [
        ("ana@partner.example", true, true),
        ("ana@partner.example", false, false),
        ("ana@gmail.com", false, true),
        ("ana@elsewhere.example", true, false),
    ] {
        let address = address(text);
        let claim = Claim { address: &address, verified: true, by_domain_owner };
        assert_eq!(proves(&google, &claim), expected, "{text} {by_domain_owner}");
    }
}

#[test]
fn s51_only_microsoft_knows_what_the_owner_of_a_domain_verified() {
    let ana = address("ana@partner.example");
    let claim = Claim { address: &ana, verified: false, by_domain_owner: true };
    for (id, expected) in [("entra", true), ("work", false), ("google", false), ("saml", false)] {
        assert_eq!(proves(&provider(id, &[]), &claim), expected, "{id}");
    }
    assert!(!proves(&Provider { enabled: false, ..provider("entra", &[]) }, &claim), "turned off");
}

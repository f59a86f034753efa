//! What the tests of all mails share.

#![expect(clippy::unwrap_used, reason = "tests")]

use vestibule_domain::brand::BrandTokens;
use vestibule_domain::id::OrganizationId;
use vestibule_storage::organizations::{Organization, Settings};

use super::sender_shown;
use crate::config::tests::sample;
use crate::mail::letter::Letter;

/// An organization with everything that a mail can show.
pub(super) fn contoso() -> Organization {
    let settings: Settings = serde_json::from_str("{}").unwrap();
    Organization {
        id: OrganizationId::parse("contoso").unwrap(),
        name: "Contoso".to_owned(),
        domain: "contoso.example".to_owned(),
        settings: Settings {
            privacy_url: Some("https://contoso.example/privacy".to_owned()),
            report: Some("abuse@contoso.example".to_owned()),
            ..settings
        },
        brand: BrandTokens::default(),
    }
}

/// Both bodies of a letter, for rules that hold for each of them.
pub(super) fn bodies(letter: &Letter) -> [(&'static str, &str); 2] {
    [("text", &letter.text), ("html", &letter.html)]
}

#[test]
fn the_sender_is_shown_as_it_will_be_seen() {
    let config = sample("");
    assert_eq!(sender_shown(Some(&contoso()), &config), "Contoso via Vestibule <guests@example.org>");
    assert_eq!(sender_shown(None, &config), "Vestibule <guests@example.org>");
}

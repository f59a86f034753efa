//! Addresses and routes are each other's inverse, and what is none is not found.

use proptest::prelude::*;

use super::{InvitationToken, Route, decode, encode};

/// What a route says, secrets included, for comparing in tests.
fn told(route: &Route) -> String {
    let name = match route {
        Route::Home { .. } => "home",
        Route::Invitation { .. } => "invitation",
        Route::SignUp { .. } => "sign-up",
        Route::Flow { .. } => "flow",
        Route::Apps { .. } => "apps",
        Route::Account { .. } => "account",
        Route::Link { .. } => "link",
        Route::DeskInvite { .. } => "desk invite",
        Route::Unknown { .. } => "unknown",
    };
    [name, " ", &route.href()].concat()
}

#[test]
fn addresses_are_read() {
    let table = [
        ("/", "home /"),
        ("", "home /"),
        ("/?organization=contoso", "home /?organization=contoso"),
        ("/?utm=x&organization=contoso#top", "home /?organization=contoso"),
        ("/?organization=", "home /"),
        ("/?return_to=%2Fapps%2Faccount&organization=o", "home /?organization=o&return_to=%2Fapps%2Faccount"),
        ("/i/abc-_1", "invitation /i/abc-_1"),
        ("/i/", "unknown /i/"),
        ("/i/a/b", "unknown /i/a/b"),
        ("/i/%ff", "unknown /i/%ff"),
        ("/flow/019a", "flow /flow/019a"),
        ("/flow/a%20b", "flow /flow/a%20b"),
        ("/signup/B2X_1_a", "sign-up /signup/B2X_1_a"),
        ("/signup/a?return_to=%2Fapps&organization=o", "sign-up /signup/a?organization=o&return_to=%2Fapps"),
        ("/signup/", "unknown /signup/"),
        ("/signup/a/b", "unknown /signup/a/b"),
        ("/apps", "apps /apps"),
        ("/apps?query=a+b%26c&organization=o", "apps /apps?organization=o&query=a%20b%26c"),
        ("/apps/account?organization=o", "account /apps/account?organization=o"),
        ("/apps/account/link?organization=o", "link /apps/account/link?organization=o"),
        ("/apps/", "unknown /apps/"),
        ("/desk/invite", "desk invite /desk/invite"),
        ("/Apps", "unknown /Apps"),
    ];
    for (address, expected) in table {
        assert_eq!(told(&Route::parse_href(address)), expected, "{address}");
    }
}

#[test]
fn s71_an_invitation_token_is_not_printed() {
    let route = Route::Invitation { token: InvitationToken::new("very-secret") };
    assert_eq!(format!("{route:?}"), "Invitation { token: [invitation token] }");
}

#[test]
fn only_private_pages_are_private() {
    let private = ["/apps", "/apps/account", "/apps/account/link", "/desk/invite"];
    let public = ["/", "/i/x", "/signup/x", "/flow/x", "/else"];
    assert!(private.iter().all(|it| Route::parse_href(it).is_private()));
    assert!(public.iter().all(|it| !Route::parse_href(it).is_private()));
}

#[test]
fn damaged_encodings_decode_to_nothing() {
    for text in ["%", "%1", "%zz", "%-1", "%ff", "%c3"] {
        assert_eq!(decode(text, true), None, "{text}");
    }
    assert_eq!(decode("a+b", false).as_deref(), Some("a+b"));
    assert_eq!(decode("a+b", true).as_deref(), Some("a b"));
}

fn organization() -> impl Strategy<Value = Option<String>> {
    proptest::option::of("\\PC{1,12}")
}

fn route() -> impl Strategy<Value = Route> {
    prop_oneof![
        (organization(), organization())
            .prop_map(|(organization, return_to)| Route::Home { organization, return_to }),
        "\\PC{1,43}".prop_map(|token| Route::Invitation { token: InvitationToken::new(token) }),
        "\\PC{1,36}".prop_map(|id| Route::Flow { id }),
        ("\\PC{1,20}", organization(), organization()).prop_map(|(user_flow, organization, return_to)| {
            Route::SignUp { user_flow, organization, return_to }
        }),
        (organization(), "\\PC{0,20}").prop_map(|(organization, query)| Route::Apps { organization, query }),
        organization().prop_map(|organization| Route::Account { organization }),
        organization().prop_map(|organization| Route::DeskInvite { organization }),
    ]
}

/// Whether two routes are the same, secrets included.
fn same(one: &Route, other: &Route) -> bool {
    match (one, other) {
        (Route::Invitation { token: one }, Route::Invitation { token: other }) => {
            one.expose() == other.expose()
        }
        _ => format!("{one:?}") == format!("{other:?}"),
    }
}

proptest! {
    #[test]
    fn every_route_survives_its_own_address(route in route()) {
        let back = Route::parse_href(&route.href());
        prop_assert!(same(&route, &back), "{route:?} became {back:?}");
    }

    #[test]
    fn reading_never_panics_and_settles(address in "[/a-z%?&=+#.0-9\\\\:]{0,40}|\\PC{0,40}") {
        let once = Route::parse_href(&address).href();
        prop_assert_eq!(Route::parse_href(&once).href(), once);
    }

    #[test]
    fn every_text_survives_encoding(text in "\\PC{0,40}") {
        let coded = encode(&text);
        prop_assert!(coded.bytes().all(|byte| byte.is_ascii_graphic() && !b"/?&=#+\\\"<>".contains(&byte)));
        prop_assert_eq!(decode(&coded, true), Some(text));
    }
}

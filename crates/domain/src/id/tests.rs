//! Identifiers have the form that others rely on.
#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::{OrganizationId, uuid_v7};
use crate::time::Timestamp;

#[test]
fn a_uuid_has_the_layout_of_version_7() {
    // Time of the example in RFC 9562 appendix A.6.
    assert_eq!(uuid_v7(Timestamp(0x017f_22e2_79b0), [0xff; 10]), "017f22e2-79b0-7fff-bfff-ffffffffffff");
    assert_eq!(uuid_v7(Timestamp(0x017f_22e2_79b0), [0; 10]), "017f22e2-79b0-7000-8000-000000000000");
}

#[test]
fn a_moment_before_1970_gives_the_least_uuid() {
    assert_eq!(uuid_v7(Timestamp(-1), [0; 10]), "00000000-0000-7000-8000-000000000000");
}

#[test]
fn an_organization_is_named_by_a_slug() {
    for text in ["contoso", "a1", "north-wind", &"a".repeat(40)] {
        assert_eq!(OrganizationId::parse(text).unwrap().as_str(), text);
    }
    for text in
        ["", "a", "Contoso", "con toso", "contoso ", "con_toso", "contöso", "../contoso", &"a".repeat(41)]
    {
        assert!(OrganizationId::parse(text).is_err(), "{text}");
    }
}

#[test]
fn an_organization_is_checked_when_it_is_deserialized() {
    assert_eq!(serde_json::from_str::<OrganizationId>("\"contoso\"").unwrap().to_string(), "contoso");
    assert!(serde_json::from_str::<OrganizationId>("\"Contoso\"").is_err());
}

proptest! {
    #[test]
    fn later_uuids_sort_later(
        earlier in 0_i64..1 << 47,
        gap in 1_i64..1 << 40,
        random: [u8; 10],
        other: [u8; 10],
    ) {
        prop_assert!(uuid_v7(Timestamp(earlier), random) < uuid_v7(Timestamp(earlier + gap), other));
    }
}

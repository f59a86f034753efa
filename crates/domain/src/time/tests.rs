//! The arithmetic saturates, and the text form is what the contract promises.
#![expect(clippy::unwrap_used, reason = "tests")]

use core::time::Duration;

use proptest::prelude::*;

use super::Timestamp;

#[test]
fn is_written_in_utc_with_whole_seconds_rounded_down() {
    let written = |millis| Timestamp::from_millis(millis).to_rfc3339();
    assert_eq!(written(1_795_169_700_000), "2026-11-20T10:15:00Z");
    assert_eq!(written(1_795_169_700_999), "2026-11-20T10:15:00Z");
    assert_eq!(written(-1), "1969-12-31T23:59:59Z");
}

#[test]
fn what_rfc_3339_cannot_express_is_written_as_the_nearest_moment() {
    assert_eq!(Timestamp(i64::MAX).to_rfc3339(), "9999-12-31T23:59:59Z");
    assert_eq!(Timestamp(i64::MIN).to_rfc3339(), "0000-01-01T00:00:00Z");
}

#[test]
fn is_read_with_any_offset() {
    let read = |text| Timestamp::parse_rfc3339(text).unwrap().millis();
    assert_eq!(read("2026-11-20T10:15:00Z"), 1_795_169_700_000);
    assert_eq!(read("2026-11-20T12:15:00.25+02:00"), 1_795_169_700_250);
    assert_eq!(read("1969-12-31T23:59:59.9999Z"), -1);
}

#[test]
fn other_texts_are_refused() {
    for text in ["", "2026-11-20", "2026-11-20T10:15:00", "2026-13-20T10:15:00Z", "1795169700000", "now"] {
        assert!(Timestamp::parse_rfc3339(text).is_err(), "{text}");
    }
}

#[test]
fn a_span_too_long_saturates() {
    assert_eq!(Timestamp(5).plus(Duration::MAX), Timestamp(i64::MAX));
    assert_eq!(Timestamp(5).minus(Duration::MAX), Timestamp(5 - i64::MAX));
    assert_eq!(Timestamp(-5).minus(Duration::MAX), Timestamp(i64::MIN));
    assert_eq!(Timestamp(i64::MAX).since(Timestamp(i64::MIN)), Duration::from_millis(u64::MAX));
}

#[test]
fn no_time_has_passed_since_a_later_moment() {
    assert_eq!(Timestamp(10).since(Timestamp(11)), Duration::ZERO);
    assert_eq!(Timestamp(11).since(Timestamp(10)), Duration::from_millis(1));
}

proptest! {
    #[test]
    fn whole_seconds_survive_writing_and_reading(seconds in -62_167_219_200_i64..=253_402_300_799) {
        let moment = Timestamp(seconds * 1_000);
        prop_assert_eq!(Timestamp::parse_rfc3339(&moment.to_rfc3339()), Ok(moment));
    }
}

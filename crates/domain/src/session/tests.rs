//! Sessions end, and a code by mail is one factor.
#![expect(clippy::unwrap_used, reason = "tests")]

use core::time::Duration;

use super::{Assurance, Method, SessionPolicy};
use crate::time::Timestamp;

const MINUTE: Duration = Duration::from_mins(1);
const START: Timestamp = Timestamp(1_000_000_000);
/// A day in seconds.
const DAY: u64 = 24 * 60 * 60;

/// Whether a session that was last seen so many seconds after its start is live so many seconds after its start.
fn is_live(last_seen: u64, now: u64) -> bool {
    let after = |seconds| START.plus(Duration::from_secs(seconds));
    SessionPolicy::default().is_live(START, after(last_seen), after(now))
}

#[test]
fn s86_a_session_ends_when_idle() {
    assert!(is_live(300, 300 + 59 * 60 + 59));
    assert!(!is_live(300, 300 + 60 * 60));
    assert!(!is_live(300, 300 + 61 * 60));
}

#[test]
fn s86_a_session_ends_however_busy() {
    assert!(is_live(DAY - 60, DAY - 1));
    assert!(!is_live(DAY - 60, DAY));
    assert!(!is_live(DAY - 60, DAY + 1));
}

#[test]
fn a_clock_set_back_ends_no_session_and_makes_none_younger() {
    assert!(is_live(1_800, 0));
    // Last seen when it was a day old: it is a day old, whatever the clock says now.
    assert!(!is_live(DAY, DAY - 3_600));
}

#[test]
fn a_policy_stays_within_its_bounds() {
    let default = SessionPolicy::default();
    assert_eq!((default.idle, default.absolute), (MINUTE * 60, MINUTE * 60 * 24));
    assert_eq!(default.validate(), Ok(()));
    let field = |idle, absolute| SessionPolicy { idle, absolute }.validate().unwrap_err().field;
    assert_eq!(field(MINUTE, MINUTE * 60 * 24 + Duration::from_secs(1)), "absolute");
    assert_eq!(field(Duration::from_secs(59), MINUTE * 60), "idle");
    assert_eq!(field(MINUTE * 61, MINUTE * 60), "idle");
}

#[test]
fn a_policy_is_read_with_defaults_for_what_is_left_out() {
    let policy: SessionPolicy = serde_json::from_str(r#"{"idle": "15m"}"#).unwrap();
    assert_eq!(policy, SessionPolicy { idle: MINUTE * 15, ..SessionPolicy::default() });
}

#[test]
fn s98_a_code_by_mail_is_never_multi_factor() {
    assert_eq!(Method::EmailCode.assurance(), Assurance::SingleFactor);
    assert!(Method::EmailCode.assurance() < Assurance::MultiFactor);
    assert!(Assurance::None < Assurance::SingleFactor);
}

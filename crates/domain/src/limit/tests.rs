//! Limits hold in every window, and let people in again.
#![expect(clippy::unwrap_used, reason = "tests")]

use core::time::Duration;

use proptest::prelude::*;

use super::{FailureStreak, LimitPolicy, Rate, Retry};
use crate::time::Timestamp;

const HOUR: Duration = Duration::from_hours(1);

/// The moments at which a rate admits, out of those at which it is asked.
fn admitted(rate: Rate, asked: impl IntoIterator<Item = Timestamp>) -> Vec<Timestamp> {
    let mut tat = None;
    let mut admitted = Vec::new();
    for now in asked {
        if let Ok(next) = rate.admit(tat, now) {
            tat = Some(next);
            admitted.push(now);
        }
    }
    admitted
}

/// The most moments that any window holds, both of its ends included.
fn most_in(window: Duration, moments: &[Timestamp]) -> usize {
    let from =
        |start: &Timestamp| moments.iter().filter(|at| *at >= start && at.since(*start) <= window).count();
    moments.iter().map(from).max().unwrap_or(0)
}

fn every(step: Duration, span: Duration) -> impl Iterator<Item = Timestamp> {
    let count = span.as_millis() / step.as_millis();
    (0..=count).map(move |index| Timestamp(i64::try_from(index * step.as_millis()).unwrap()))
}

#[test]
fn a_burst_passes_then_one_each_time() {
    let rate = Rate { burst: 3, per: HOUR };
    let asked = [0, 1, 2, 3, 3_599_999, 3_600_000, 3_600_001, 7_200_000].map(Timestamp);
    assert_eq!(admitted(rate, asked), [0, 1, 2, 3_600_000, 7_200_000].map(Timestamp));
}

#[test]
fn a_refusal_says_when_to_come_again() {
    let rate = Rate { burst: 1, per: HOUR };
    let tat = rate.admit(None, Timestamp(1_000)).unwrap();
    assert_eq!(rate.admit(Some(tat), Timestamp(2_000)), Err(Retry { at: Timestamp(3_601_000) }));
    assert!(rate.admit(Some(tat), Timestamp(3_600_999)).is_err());
    assert!(rate.admit(Some(tat), Timestamp(3_601_000)).is_ok());
}

#[test]
fn s93_any_hour_has_at_most_ten_attempts_for_an_address() {
    let rate = LimitPolicy::default().attempts_per_address;
    let moments = admitted(rate, every(Duration::from_secs(10), HOUR * 24));
    assert_eq!(most_in(HOUR, &moments), 10);
}

#[test]
fn t23_any_day_has_at_most_three_invitations_to_a_recipient() {
    let rate = LimitPolicy::default().invite_per_recipient;
    let moments = admitted(rate, every(Duration::from_mins(1), HOUR * 24 * 10));
    assert_eq!(most_in(Duration::from_millis(86_399_999), &moments), 3);
}

#[test]
fn s96_sending_is_as_strict_as_its_model() {
    let LimitPolicy { send_per_address, send_per_ip, send_per_flow, .. } = LimitPolicy::default();
    let in_an_hour = |rate| admitted(rate, every(Duration::from_secs(5), Duration::from_secs(3_595))).len();
    assert_eq!(in_an_hour(send_per_address), 3);
    assert_eq!(in_an_hour(send_per_ip), 5 + 59);
    assert_eq!(in_an_hour(send_per_flow), 2 + 11);
}

#[test]
fn a_clock_set_back_locks_nobody_for_long_and_gives_no_new_burst() {
    let rate = Rate { burst: 3, per: HOUR };
    let years_ahead = Timestamp(0).plus(HOUR * 24 * 3_650);
    let full = rate.admit(Some(years_ahead), Timestamp(0)).unwrap();
    assert_eq!(rate.admit(Some(full), Timestamp(0)), Err(Retry { at: Timestamp(0).plus(HOUR) }));
    assert!(rate.admit(Some(full), Timestamp(0).plus(HOUR)).is_ok());
}

#[test]
fn s93_after_a_hundred_failures_there_is_a_pause_and_no_lock() {
    let streak = LimitPolicy::default().consecutive_failures;
    let last = Timestamp(1_000_000);
    let end = last.plus(HOUR);
    assert_eq!(streak.admit(99, Some(last), last), Ok(()));
    assert_eq!(streak.admit(100, Some(last), last), Err(Retry { at: end }));
    assert_eq!(streak.admit(100, Some(last), end.minus(Duration::from_millis(1))), Err(Retry { at: end }));
    assert_eq!(streak.admit(100, Some(last), end), Ok(()));
    // The one that was let in failed: again a pause.
    assert_eq!(streak.admit(101, Some(end), end), Err(Retry { at: end.plus(HOUR) }));
}

#[test]
fn s93_a_clock_set_back_does_not_make_the_pause_a_lock() {
    let streak = FailureStreak { limit: 100, cool_down: HOUR };
    let now = Timestamp(0);
    assert!(streak.admit(100, Some(now.plus(HOUR)), now).is_err());
    assert!(streak.admit(100, Some(now.plus(HOUR * 24)), now).is_ok());
}

#[test]
fn the_default_policy_is_within_its_own_bounds() {
    assert_eq!(LimitPolicy::default().validate(), Ok(()));
}

#[test]
fn a_policy_out_of_bounds_names_the_field() {
    let default = LimitPolicy::default();
    let streak = |limit, cool_down| LimitPolicy {
        consecutive_failures: FailureStreak { limit, cool_down },
        ..default
    };
    let guesses = |burst, per| LimitPolicy { attempts_per_address: Rate { burst, per }, ..default };
    let wrong = [
        (LimitPolicy { send_per_ip: Rate { burst: 0, per: HOUR }, ..default }, "send_per_ip"),
        (LimitPolicy { start_per_ip: Rate { burst: 1, per: Duration::ZERO }, ..default }, "start_per_ip"),
        (guesses(6, Duration::from_mins(12)), "attempts_per_address"),
        (guesses(5, Duration::from_mins(10)), "attempts_per_address"),
        (streak(101, HOUR), "consecutive_failures"),
        (streak(0, HOUR), "consecutive_failures"),
        (streak(100, Duration::from_secs(59)), "consecutive_failures"),
    ];
    for (policy, field) in wrong {
        assert_eq!(policy.validate().unwrap_err().field, field);
    }
}

#[test]
fn a_policy_is_read_with_defaults_for_what_is_left_out() {
    let json = r#"{"send_per_ip": {"burst": 2, "per": "1h"}, "consecutive_failures": {"limit": 50, "cool_down": "2h"}}"#;
    let policy: LimitPolicy = serde_json::from_str(json).unwrap();
    let expected = LimitPolicy {
        send_per_ip: Rate { burst: 2, per: HOUR },
        consecutive_failures: FailureStreak { limit: 50, cool_down: HOUR * 2 },
        ..LimitPolicy::default()
    };
    assert_eq!(policy, expected);
    assert!(serde_json::from_str::<LimitPolicy>(r#"{"send_per_ipp": {"burst": 2, "per": "1h"}}"#).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_window_has_at_most_the_burst_and_one_each_time(
        burst in 1_u32..8,
        per in 1_u64..2_000,
        window in 0_u64..20_000,
        gaps in prop::collection::vec(0_u64..1_500, 1..200),
    ) {
        let rate = Rate { burst, per: Duration::from_millis(per) };
        let asked = gaps.iter().scan(Timestamp(0), |now, gap| {
            *now = now.plus(Duration::from_millis(*gap));
            Some(*now)
        });
        let moments = admitted(rate, asked);
        let bound = u64::from(burst) + window / per;
        prop_assert!(most_in(Duration::from_millis(window), &moments) as u64 <= bound);
    }

    #[test]
    fn who_comes_at_the_named_time_is_admitted(
        burst in 1_u32..8, per in 1_u64..2_000, tat in -50_000_i64..50_000, now in -20_000_i64..20_000,
    ) {
        let rate = Rate { burst, per: Duration::from_millis(per) };
        if let Err(retry) = rate.admit(Some(Timestamp(tat)), Timestamp(now)) {
            prop_assert!(retry.at > Timestamp(now));
            prop_assert!(retry.at.since(Timestamp(now)) <= rate.per);
            prop_assert!(rate.admit(Some(Timestamp(tat)), retry.at).is_ok());
        }
    }
}

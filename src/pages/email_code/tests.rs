//! The countdown.

use super::countdown;

#[test]
fn seconds_have_two_digits() {
    assert_eq!(countdown(5), "0:05");
    assert_eq!(countdown(65), "1:05");
    assert_eq!(countdown(600), "10:00");
}

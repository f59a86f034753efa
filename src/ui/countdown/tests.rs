//! The countdown.

use super::clock;

#[test]
fn seconds_have_two_digits() {
    assert_eq!(clock(5), "0:05");
    assert_eq!(clock(65), "1:05");
    assert_eq!(clock(600), "10:00");
}

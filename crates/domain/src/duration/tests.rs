//! What a configuration may write.

use core::time::Duration;

use super::{DurationError, parse};

#[test]
fn each_unit_is_read() {
    assert_eq!(parse("90s"), Ok(Duration::from_secs(90)));
    assert_eq!(parse("10m"), Ok(Duration::from_mins(10)));
    assert_eq!(parse("1h"), Ok(Duration::from_hours(1)));
    assert_eq!(parse("1d"), Ok(Duration::from_hours(24)));
    assert_eq!(parse("0s"), Ok(Duration::ZERO));
}

#[test]
fn anything_else_is_refused() {
    for text in
        ["", "s", "10", "10 m", "+1h", "-1h", "1.5h", "1h30m", "1w", "10M", "1é", "99999999999999999999s"]
    {
        assert_eq!(parse(text), Err(DurationError), "{text}");
    }
    assert_eq!(parse("18446744073709551615d"), Err(DurationError));
}

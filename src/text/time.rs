//! Instants in words, without a time zone database.
//!
//! The server writes UTC and says so; in the browser a hook writes the person's own zone with the platform's `Intl`
//! ([`ShowTime`]). Either way the exact instant stands in the `datetime` attribute.

use super::Words;

/// How much of an instant is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TimeStyle {
    /// "Friday, 4 December 2026".
    Day,
    /// "4 December 2026, 10:15 UTC".
    Minute,
    /// "10:15 UTC", for what is minutes away.
    Clock,
}

/// Writes an instant (RFC 3339, UTC) in words.
pub type ShowTime = fn(&Words, &str, TimeStyle) -> String;

/// The parts of an instant that is written `2026-12-04T10:15:00Z`.
struct Parts<'a> {
    year: i64,
    month: i64,
    day: i64,
    /// `10:15`, as it stands.
    clock: &'a str,
    /// Seconds of the day.
    seconds: i64,
}

fn parts(instant: &str) -> Option<Parts<'_>> {
    let number = |from: usize, to: usize| instant.get(from..to)?.parse::<u32>().ok().map(i64::from);
    let in_place = |at: usize, expected: u8| instant.as_bytes().get(at) == Some(&expected);
    let well_formed = in_place(4, b'-') && in_place(7, b'-') && in_place(13, b':') && in_place(16, b':');
    // The wire has nothing but UTC; what claims another zone is not guessed at.
    if !well_formed || !instant.ends_with('Z') {
        return None;
    }
    let (month, day) = (number(5, 7)?, number(8, 10)?);
    let (hour, minute, second) = (number(11, 13)?, number(14, 16)?, number(17, 19)?);
    let valid =
        (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60 && second < 61;
    valid.then_some(Parts {
        year: number(0, 4)?,
        month,
        day,
        clock: instant.get(11..16)?,
        seconds: (hour * 60 + minute) * 60 + second,
    })
}

/// Days since 1 January 1970 in the Gregorian calendar. Howard Hinnant's `days_from_civil`: years begin in March, so
/// that the leap day is their last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// Unix milliseconds of an instant; nothing when it is not written as the contract says.
pub fn unix_ms(instant: &str) -> Option<i64> {
    let it = parts(instant)?;
    Some((days(it.year, it.month, it.day) * 86_400 + it.seconds) * 1000)
}

/// An instant in words, in UTC. What is not an instant is shown as it came.
pub fn utc(words: &Words, instant: &str, style: TimeStyle) -> String {
    let Some(it) = parts(instant) else {
        return instant.to_owned();
    };
    // 1 January 1970 was a Thursday, the fourth day of the week that ISO 8601 counts.
    let weekday = (days(it.year, it.month, it.day) + 3).rem_euclid(7) + 1;
    let word = |area: &str, number: i64| words.t(&[area, &number.to_string()].concat());
    let key = match style {
        TimeStyle::Day => "time.day",
        TimeStyle::Minute => "time.minute",
        TimeStyle::Clock => "time.clock",
    };
    words.tf(
        key,
        &[
            ("weekday", &word("time.weekday.", weekday)),
            ("day", &it.day.to_string()),
            ("month", &word("time.month.", it.month)),
            ("year", &it.year.to_string()),
            ("clock", it.clock),
        ],
    )
}

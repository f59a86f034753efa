//! Whether a value is one that a field takes: the same code for the page, which says it at once, and for the backend, which
//! believes nobody.

#[cfg(test)]
mod tests;

use super::{Field, FieldType};
use crate::message::{Message, MessageCode, Severity};

/// Longest text of a field that says nothing about it, in Unicode scalar values.
const LONGEST: u32 = 1_000;

/// What is wrong with a value as it was typed; `None` when nothing is. Ticked boxes are separated by spaces.
pub fn check(field: &Field, value: &str) -> Option<Message> {
    let value = value.trim();
    let missing = value.is_empty() || (field.kind == FieldType::Boolean && value == "false");
    if missing {
        return field.required.then(|| said(field, MessageCode::ValueRequired, "This cannot be left empty."));
    }
    let longest = field.max_length.unwrap_or(LONGEST);
    if value.chars().count() > longest as usize {
        let text = format!("At most {longest} characters fit here.");
        return Some(said(field, MessageCode::ValueTooLong, text).with("max", longest));
    }
    let listed = |value: &str| field.options.iter().any(|choice| choice.value == value);
    let fits = match field.kind {
        FieldType::Boolean => value == "true",
        FieldType::Integer => return number(field, value),
        FieldType::Date => return date(field, value),
        FieldType::Select | FieldType::Radio => listed(value),
        FieldType::Checkboxes => value.split(' ').all(listed),
        FieldType::Country => is_country(value) && (field.options.is_empty() || listed(value)),
        FieldType::Email => value.split_once('@').is_some_and(|(local, domain)| {
            !local.is_empty() && domain.contains('.') && !domain.starts_with('.') && !value.contains(' ')
        }),
        FieldType::Phone => {
            value.chars().all(|c| c.is_ascii_digit() || " +-./()".contains(c))
                && value.bytes().filter(u8::is_ascii_digit).count() >= 3
        }
        FieldType::LongText => !value.chars().any(|c| c.is_control() && c != '\n' && c != '\r'),
        FieldType::Text
        | FieldType::OneTimeCode
        | FieldType::Password
        | FieldType::Credential
        | FieldType::Hidden => !value.chars().any(char::is_control),
    };
    let text = "This value does not fit here.";
    (!fits).then(|| said(field, MessageCode::ValueInvalid, text))
}

fn said(field: &Field, code: MessageCode, text: impl Into<String>) -> Message {
    Message::new(code, Severity::Error, text).about(&field.name)
}

fn number(field: &Field, value: &str) -> Option<Message> {
    let bound = |text: &Option<String>| text.as_deref().and_then(|text| text.parse::<i64>().ok());
    let Ok(number) = value.parse::<i64>() else {
        return Some(said(field, MessageCode::ValueInvalid, "This has to be a whole number."));
    };
    bounds(field, &number, bound(&field.min), bound(&field.max))
}

fn date(field: &Field, value: &str) -> Option<Message> {
    let bound = |text: &Option<String>| text.as_deref().and_then(read_date);
    let Some(date) = read_date(value) else {
        return Some(said(field, MessageCode::ValueInvalid, "This has to be a day, such as 2026-11-20."));
    };
    bounds(field, &date, bound(&field.min), bound(&field.max))
}

fn bounds<T: PartialOrd>(field: &Field, value: &T, min: Option<T>, max: Option<T>) -> Option<Message> {
    let shown = |bound: &Option<String>| bound.clone().unwrap_or_default();
    if min.is_some_and(|min| *value < min) {
        let text = format!("This has to be {} or more.", shown(&field.min));
        return Some(said(field, MessageCode::ValueTooSmall, text).with("min", shown(&field.min)));
    }
    if max.is_some_and(|max| *value > max) {
        let text = format!("This has to be {} or less.", shown(&field.max));
        return Some(said(field, MessageCode::ValueTooLarge, text).with("max", shown(&field.max)));
    }
    None
}

/// A calendar day of the form `2026-11-20`: year, month, day; `None` when there is no such day.
pub fn read_date(text: &str) -> Option<(u16, u8, u8)> {
    let shape =
        |(at, byte): (usize, u8)| if at == 4 || at == 7 { byte == b'-' } else { byte.is_ascii_digit() };
    if text.len() != 10 || !text.bytes().enumerate().all(shape) {
        return None;
    }
    let (year, month, day): (u16, u8, u8) =
        (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return None,
    };
    (year > 0 && (1..=days).contains(&day)).then_some((year, month, day))
}

fn is_country(value: &str) -> bool {
    value.len() == 2 && value.bytes().all(|byte| byte.is_ascii_uppercase())
}

//! Each type of field with values that it takes and that it does not.

use super::*;
use crate::field::Choice;

fn field(kind: FieldType) -> Field {
    let mut field = Field::new("it", kind);
    if matches!(kind, FieldType::Select | FieldType::Radio | FieldType::Checkboxes) {
        field.options =
            ["a", "b"].map(|value| Choice { value: value.into(), label: value.to_uppercase() }).to_vec();
    }
    field
}

fn code(field: &Field, value: &str) -> Option<MessageCode> {
    check(field, value).map(|message| {
        assert_eq!(message.field.as_deref(), Some("it"));
        message.code
    })
}

#[test]
fn each_type_takes_its_own_values_and_no_others() {
    let invalid = Some(MessageCode::ValueInvalid);
    for (kind, right, wrong) in [
        (FieldType::Text, &["Zoë", "<b>", " x "] as &[&str], &["a\u{7}b", "a\nb"] as &[&str]),
        (FieldType::LongText, &["a\nb"], &["a\u{0}b"]),
        (FieldType::Integer, &["0", "-3", " 12 "], &["1.5", "1e3", "twelve", "99999999999999999999"]),
        (FieldType::Boolean, &["true", "false"], &["yes", "1"]),
        (
            FieldType::Date,
            &["2026-11-20", "2028-02-29", "2000-02-29"],
            &[
                "20.11.2026",
                "2026-11-31",
                "2027-02-29",
                "1900-02-29",
                "2026-13-01",
                "2026-00-10",
                "2026-1-1",
                "２026-11-2",
            ],
        ),
        (FieldType::Country, &["PT", "DE"], &["pt", "PRT", "Portugal", "P1"]),
        (FieldType::Select, &["a", "b"], &["c", "a b"]),
        (FieldType::Radio, &["a"], &["A"]),
        (FieldType::Checkboxes, &["a", "a b"], &["a c", "a  b"]),
        (FieldType::Email, &["a@b.example"], &["a", "@b.example", "a@b", "a b@c.example", "a@.example"]),
        (FieldType::Phone, &["+351 21 000-0", "(030) 1234"], &["call me", "+-"]),
    ] {
        let field = field(kind);
        for value in right {
            assert_eq!(code(&field, value), None, "{kind:?} {value:?}");
        }
        for value in wrong {
            assert_eq!(code(&field, value), invalid, "{kind:?} {value:?}");
        }
    }
}

#[test]
fn what_is_required_cannot_be_left_out_and_the_rest_can() {
    for kind in FieldType::ALL {
        let mut field = field(*kind);
        assert_eq!(code(&field, "  "), None, "{kind:?}");
        field.required = true;
        assert_eq!(code(&field, "  "), Some(MessageCode::ValueRequired), "{kind:?}");
    }
    let boolean = field(FieldType::Boolean).required();
    assert_eq!(code(&boolean, "false"), Some(MessageCode::ValueRequired), "a box that has to be ticked");
}

#[test]
fn bounds_are_told() {
    let mut number = field(FieldType::Integer);
    (number.min, number.max) = (Some("1".into()), Some("9".into()));
    let mut day = field(FieldType::Date);
    (day.min, day.max) = (Some("2026-01-01".into()), Some("2026-12-31".into()));
    for (field, value, expected) in [
        (&number, "0", Some(MessageCode::ValueTooSmall)),
        (&number, "1", None),
        (&number, "10", Some(MessageCode::ValueTooLarge)),
        (&day, "2025-12-31", Some(MessageCode::ValueTooSmall)),
        (&day, "2027-01-01", Some(MessageCode::ValueTooLarge)),
        (&day, "2026-12-31", None),
    ] {
        assert_eq!(code(field, value), expected, "{value}");
    }
    let mut text = field(FieldType::Text);
    text.max_length = Some(3);
    assert_eq!(code(&text, "éèê"), None, "characters and not bytes");
    assert_eq!(code(&text, "éèêë"), Some(MessageCode::ValueTooLong));
    assert_eq!(code(&field(FieldType::Text), &"x".repeat(1_001)), Some(MessageCode::ValueTooLong));
}

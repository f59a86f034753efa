//! Values for every type of field.

use serde_json::{Value, json};

use super::{admissible, inadmissible};

fn fields() -> Vec<Value> {
    let options = json!([{ "value": "a", "label": "A" }, { "value": "b", "label": "B" }]);
    vec![
        json!({ "name": "text", "type": "text", "required": true, "max_length": 3 }),
        json!({ "name": "long", "type": "long_text" }),
        json!({ "name": "number", "type": "integer", "min": "5", "max": "9" }),
        json!({ "name": "yes", "type": "boolean", "required": true }),
        json!({ "name": "day", "type": "date", "min": "2026-01-01" }),
        json!({ "name": "country", "type": "country", "options": [{ "value": "PT", "label": "Portugal" }] }),
        json!({ "name": "phone", "type": "phone" }),
        json!({ "name": "one", "type": "select", "options": options }),
        json!({ "name": "of", "type": "radio", "options": options }),
        json!({ "name": "many", "type": "checkboxes", "options": options }),
    ]
}

#[test]
fn every_type_has_a_value_that_fits_and_one_that_does_not() {
    for field in fields() {
        assert!(admissible(&field).is_some(), "{field}");
        assert!(!inadmissible(&field).is_empty(), "{field}");
    }
}

#[test]
fn bounds_are_kept_and_tried() {
    let number = &fields()[2];
    assert_eq!(admissible(number).as_deref(), Some("5"));
    assert_eq!(inadmissible(number)[1..3], ["4", "10"], "after one that is no number");
    let day = &fields()[4];
    assert_eq!(inadmissible(day)[..2], ["2026-02-30", "0001-01-01"]);
}

#[test]
fn a_type_of_tomorrow_is_left_alone() {
    let field = json!({ "name": "scent", "type": "scent", "required": true });
    assert_eq!((admissible(&field), inadmissible(&field)), (None, Vec::new()));
}

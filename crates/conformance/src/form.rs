//! Values for the fields of a form: ones that fit, and ones that do not, by the contract's own rules
//! (`vestibule_contract::field::check`), which page and backend share.

use std::collections::BTreeSet;

use serde_json::Value;
use vestibule_contract::field::{Field, check};

#[cfg(test)]
mod tests;

/// A field, as far as this contract knows its type.
fn read(field: &Value) -> Option<Field> {
    let read: Field = serde_json::from_value(field.clone()).ok()?;
    // A type of tomorrow is read as text; what it admits is not known.
    (field["type"] == read.kind.as_str()).then_some(read)
}

/// A value that a field takes; `None` where none is known.
pub(crate) fn admissible(field: &Value) -> Option<String> {
    let field = read(field)?;
    let listed = field.options.iter().map(|choice| choice.value.clone());
    let bounds = field.min.iter().chain(&field.max).cloned();
    let usual = ["Conformance", "true", "1", "2000-02-29", "PT", "+1 555 0100", "C"].map(str::to_owned);
    listed.chain(bounds).chain(usual).find(|value| check(&field, value).is_none())
}

/// Values that a field does not take, one for each thing that can be wrong with it: the empty one where something is
/// required, one that is too long, one beyond each bound.
pub(crate) fn inadmissible(field: &Value) -> Vec<String> {
    let Some(field) = read(field) else { return Vec::new() };
    let beyond = |bound: &Option<String>, by: i64| {
        let number = bound.as_deref().and_then(|bound| bound.parse::<i64>().ok());
        number.map(|number| number.saturating_add(by).to_string())
    };
    let usual = ["", "2026-02-30", "no such choice", "con\u{7}formance", "0001-01-01", "9999-12-31"];
    let long = "x".repeat(field.max_length.map_or(1_001, |most| most as usize + 1));
    let numbers = [beyond(&field.min, -1), beyond(&field.max, 1)].into_iter().flatten();
    let all = usual.map(str::to_owned).into_iter().chain(numbers).chain([long]);
    let mut seen = BTreeSet::new();
    all.filter(|value| check(&field, value).is_some_and(|wrong| seen.insert(wrong.code))).collect()
}

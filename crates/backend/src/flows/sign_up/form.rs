//! The form: fields from attributes, and values from what was typed.

#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use vestibule_contract::Message;
use vestibule_contract::field::{Choice, Field, FieldType, check};
use vestibule_domain::message::visible;
use vestibule_domain::sign_up::{Attribute, AttributeKind, BuiltIn, UserFlow};

use crate::flows::actions::Values;

/// Names of countries in English (Unicode CLDR), by ISO 3166-1 code, in the order of their names.
static COUNTRIES: LazyLock<Vec<Choice>> = LazyLock::new(|| {
    let one = |line: &str| {
        let (value, label) = line.split_once(' ')?;
        Some(Choice { value: value.to_owned(), label: label.to_owned() })
    };
    include_str!("countries.txt").lines().filter_map(one).collect()
});

/// All countries.
pub(super) fn countries() -> &'static [Choice] {
    &COUNTRIES
}

/// The field of an attribute, without a value and in no language.
pub(super) fn field_of(attribute: &Attribute) -> Field {
    field(attribute, "", None)
}

/// A value as people read it: the words of what was chosen, in the place of what is stored.
pub fn readable(attribute: &Attribute, value: &str) -> String {
    let field = field_of(attribute);
    let label = |value: &str| {
        let all = choices(&field);
        all.iter()
            .find(|choice| choice.value == value)
            .map_or_else(|| value.to_owned(), |it| it.label.clone())
    };
    match field.kind {
        FieldType::Checkboxes => value.split(' ').map(label).collect::<Vec<_>>().join(", "),
        FieldType::Select | FieldType::Radio | FieldType::Country => label(value),
        _ => value.to_owned(),
    }
}

/// The choices of a field; of countries they are all, which no flow has to store.
pub fn choices(field: &Field) -> Vec<Choice> {
    if field.kind == FieldType::Country { COUNTRIES.clone() } else { field.options.clone() }
}

/// The fields of a user flow's form, with what is known already.
pub(super) fn fields(flow: &UserFlow, locale: &str, known: &BTreeMap<String, String>) -> Vec<Field> {
    flow.attributes.iter().map(|attribute| field(attribute, locale, known.get(&attribute.id))).collect()
}

fn field(attribute: &Attribute, locale: &str, value: Option<&String>) -> Field {
    let built_in = attribute.built_in();
    let texts = attribute.texts(locale);
    let word = |translated: Option<&String>, own: &Option<String>| translated.or(own.as_ref()).cloned();
    let label = |option: &vestibule_domain::sign_up::Choice| {
        texts.and_then(|texts| texts.options.get(&option.value)).unwrap_or(&option.label).clone()
    };
    Field {
        group: word(texts.and_then(|it| it.group.as_ref()), &attribute.group),
        label: word(texts.and_then(|it| it.label.as_ref()), &attribute.label),
        hint: word(texts.and_then(|it| it.hint.as_ref()), &attribute.hint),
        required: attribute.required,
        value: value.cloned(),
        options: attribute
            .options
            .iter()
            .map(|option| Choice { value: option.value.clone(), label: label(option) })
            .collect(),
        min: attribute.min.clone(),
        max: attribute.max.clone(),
        max_length: attribute.max_length.or(built_in.map(BuiltIn::max_length)),
        autocomplete: built_in.map(|it| it.autocomplete().to_owned()),
        ..Field::new(&attribute.id, kind(attribute.kind()))
    }
}

fn kind(kind: AttributeKind) -> FieldType {
    match kind {
        AttributeKind::Text => FieldType::Text,
        AttributeKind::LongText => FieldType::LongText,
        AttributeKind::Boolean => FieldType::Boolean,
        AttributeKind::Integer => FieldType::Integer,
        AttributeKind::Date => FieldType::Date,
        AttributeKind::Select => FieldType::Select,
        AttributeKind::Radio => FieldType::Radio,
        AttributeKind::Checkboxes => FieldType::Checkboxes,
        AttributeKind::Country => FieldType::Country,
        AttributeKind::Phone => FieldType::Phone,
    }
}

/// What was typed, as people see it: what cannot be seen would make two names look the same, or one read otherwise.
fn typed(field: &Field, values: &Values) -> String {
    values.get(&field.name).map(|value| visible(value)).unwrap_or_default()
}

/// What is wrong with the values of a form.
pub fn wrong(fields: &[Field], values: &Values) -> Vec<Message> {
    let look = |field: &Field| {
        let field = Field { options: choices(field), ..field.clone() };
        check(&field, &typed(&field, values))
    };
    fields.iter().filter_map(look).collect()
}

/// The values that were typed, each under its own attribute; what nobody asked for is left out (S105).
pub(super) fn taken(fields: &[Field], values: &Values) -> BTreeMap<String, String> {
    let value = |field: &Field| {
        let typed = typed(field, values);
        (!typed.is_empty()).then(|| (field.name.clone(), typed))
    };
    fields.iter().filter_map(value).collect()
}

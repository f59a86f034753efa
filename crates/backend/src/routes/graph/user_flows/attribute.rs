//! Between the attributes of a user flow and Graph's assignments of them.

use vestibule_contract::given::Given;
use vestibule_contract::user_flow::Reference;
use vestibule_contract::user_flow_attribute::{AttributeAssignmentRequest, AttributeTexts, AttributeValue};
use vestibule_domain::sign_up::{Attribute, AttributeKind, BuiltIn, Choice, Texts};

use super::wire::{built_in_name, input_type};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::resource::wrong;

const NO_ADDRESS: &str = "The address is not asked here: it is proven. Leave this attribute out.";

/// The attribute's own name in an id of Graph's: built-in ones in any case, others with the app's id before them or
/// without.
pub(super) fn own_name(id: &str) -> &str {
    if let Some(known) = BuiltIn::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(id)) {
        return known.as_str();
    }
    let Some(rest) = id.strip_prefix("extension_") else { return id };
    match rest.split_once('_') {
        Some((app, own)) if app.len() == 32 && app.bytes().all(|byte| byte.is_ascii_hexdigit()) => own,
        _ => rest,
    }
}

/// The id that a reference names.
pub(super) fn named(reference: &Reference) -> Option<&str> {
    let of_address = || {
        let address = reference.odata_id.as_deref()?;
        address.trim_end_matches('/').rsplit('/').next()
    };
    reference.id.as_deref().or_else(of_address).filter(|id| !id.is_empty())
}

/// An attribute as a request wants it: a new one, or a known one changed.
pub(super) fn wanted(
    known: Option<&Attribute>,
    request: AttributeAssignmentRequest,
) -> Result<Attribute, GraphProblem> {
    let mut attribute = known.cloned().unwrap_or_default();
    let given = request.user_attribute.as_ref().and_then(named).or(request.id.as_deref()).map(own_name);
    match (known, given) {
        (None, None) => {
            return Err(wrong("userAttribute", "The attribute is missing: name it by its `id`."));
        }
        (None, Some(name)) if name.eq_ignore_ascii_case("email") => {
            return Err(wrong("userAttribute", NO_ADDRESS));
        }
        (None, Some(name)) => name.clone_into(&mut attribute.id),
        (Some(known), Some(name)) if name != known.id => {
            let message = "The attribute of an assignment cannot be changed: delete the assignment, and make another one.";
            return Err(wrong("userAttribute", message));
        }
        (Some(_), _) => {}
    }
    if request.requires_verification == Some(true) {
        let message = "Addresses are proven before anything is asked; nothing else is. Leave it out.";
        return Err(wrong("requiresVerification", message));
    }
    let built_in = attribute.built_in();
    if let Some(label) = request.display_name {
        // Built-in words are known in every language; the same words, sent back, are no others.
        let usual = attribute.label.is_none() && built_in.is_some_and(|it| built_in_name(it) == label);
        if !usual {
            attribute.label = Some(label);
        }
    }
    if let Some(is_optional) = request.is_optional {
        attribute.required = !is_optional;
    }
    let values = request.user_attribute_values.map(choices).transpose()?;
    let extras = request.vestibule.unwrap_or_default();
    let has_values = values.as_ref().is_some_and(|values| !values.is_empty());
    attribute.kind =
        kind(&attribute, known.is_some(), request.user_input_type.as_deref(), extras.kind, has_values)?;
    if let Some(values) = values {
        attribute.options = values;
    } else if !attribute.kind().has_options() {
        attribute.options.clear();
    }
    attribute.hint = extras.hint.or(attribute.hint);
    attribute.group = extras.group.or(attribute.group);
    attribute.min = extras.min.or(attribute.min);
    attribute.max = extras.max.or(attribute.max);
    // Sent back as it was read: the usual bound is not one of its own.
    let usual = built_in.map(BuiltIn::max_length);
    if attribute.max_length.is_some() || usual.is_none_or(|usual| extras.max_length != Given::Value(usual)) {
        attribute.max_length = extras.max_length.or(attribute.max_length);
    }
    if let Some(texts) = extras.texts {
        attribute.texts = texts.into_iter().map(|(tag, texts)| (tag, own_texts(texts))).collect();
    }
    Ok(attribute)
}

/// Names of kinds, for people.
fn kinds() -> String {
    AttributeKind::ALL.iter().map(|kind| kind.as_str()).collect::<Vec<_>>().join(", ")
}

/// The kind of an attribute that is not built in: as it is named, else as it is asked, else as it was.
fn kind(
    attribute: &Attribute,
    is_known: bool,
    input: Option<&str>,
    named: Option<String>,
    has_values: bool,
) -> Result<Option<AttributeKind>, GraphProblem> {
    use AttributeKind::{Boolean, Checkboxes, Date, Radio, Select, Text};
    let named = named.map(|name| {
        AttributeKind::parse(&name).map_err(|_| wrong("vestibule/kind", format!("Give one of {}.", kinds())))
    });
    let named = named.transpose()?;
    let usual = match input {
        None => None,
        Some("textBox") => Some(Text),
        Some("dateTimeDropdown") => Some(Date),
        Some("radioSingleSelect") => Some(Radio),
        Some("dropdownSingleSelect") => Some(Select),
        Some("checkboxMultiSelect") => Some(if has_values { Checkboxes } else { Boolean }),
        Some("emailBox") => {
            return Err(wrong("userInputType", NO_ADDRESS));
        }
        Some(_) => {
            let message = "Give `textBox`, `dateTimeDropdown`, `radioSingleSelect`, `dropdownSingleSelect` or \
                `checkboxMultiSelect`.";
            return Err(wrong("userInputType", message));
        }
    };
    let fits = |kind| input.is_none_or(|input| input_type(kind) == input);
    if let Some(built_in) = attribute.built_in() {
        let kind = built_in.kind();
        if named.is_some_and(|named| named != kind) {
            return Err(wrong(
                "vestibule/kind",
                "This attribute is built in, and so is its kind: leave it out.",
            ));
        }
        return if fits(kind) || input == Some("textBox") {
            Ok(None)
        } else {
            let message = format!("This attribute is built in: it is a `{}`.", input_type(kind));
            Err(wrong("userInputType", message))
        };
    }
    let before = is_known.then(|| attribute.kind());
    match (named, usual) {
        (Some(named), _) if !fits(named) => {
            let message = format!("`vestibule/kind` {} is asked as `{}`.", named.as_str(), input_type(named));
            Err(wrong("userInputType", message))
        }
        (Some(named), _) => Ok(Some(named)),
        // One way to ask stands for several kinds: what it was stays, unless it cannot.
        (None, Some(usual)) => {
            Ok(Some(before.filter(|kind| fits(*kind) && !(*kind == Boolean && has_values)).unwrap_or(usual)))
        }
        (None, None) => Ok(Some(before.unwrap_or(Text))),
    }
}

fn choices(values: Vec<AttributeValue>) -> Result<Vec<Choice>, GraphProblem> {
    if values.iter().any(|value| value.is_default) {
        let message = "Nothing is chosen before somebody chooses: leave `isDefault` out.";
        return Err(wrong("userAttributeValues", message));
    }
    Ok(values.into_iter().map(|AttributeValue { name, value, .. }| Choice { value, label: name }).collect())
}

fn own_texts(texts: AttributeTexts) -> Texts {
    let AttributeTexts { label, hint, group, options } = texts;
    Texts { label, hint, group, options }
}

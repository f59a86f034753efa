//! A field: label, hint, error and the native control that fits what it means.
//!
//! Type, keyboard and autofill follow from the field's meaning, so that a backend says what it wants and not how.

use vestibule_contract::field::{Field, FieldType};
use vestibule_contract::message::Message;

use super::wires::Wires;
use super::{El, code_field, el, long_text, said};

/// What is known about a field beside what it is.
pub(crate) struct FieldState<'a> {
    /// What was typed into it before.
    pub(crate) draft: Option<&'a str>,
    /// What is wrong with it.
    pub(crate) errors: Vec<&'a Message>,
    /// Digits of a one-time code, where they are known.
    pub(crate) digits: Option<u32>,
    /// The action whose form it stands in.
    pub(crate) action: &'a str,
    /// Autofill token, where the page knows better than the type.
    pub(crate) autocomplete: Option<&'a str>,
}

/// Draws a field.
pub(crate) fn draw_field(wires: &Wires, field: &Field, state: &FieldState<'_>) -> El {
    match field.kind {
        FieldType::Hidden | FieldType::Credential => el("input")
            .attr("type", "hidden")
            .attr("name", field.name.as_str())
            .attr("value", field.value.clone().unwrap_or_default()),
        FieldType::Boolean => boolean(wires, field, state),
        FieldType::Radio | FieldType::Checkboxes => choices(wires, field, state),
        FieldType::Email
        | FieldType::OneTimeCode
        | FieldType::Text
        | FieldType::LongText
        | FieldType::Integer
        | FieldType::Date
        | FieldType::Country
        | FieldType::Phone
        | FieldType::Select
        | FieldType::Password => {
            let (control, limit) = control(wires, field, state);
            let tied = described(control, field, state, limit.is_some());
            el("div")
                .class("field")
                .child(label(wires, field))
                .children(notes(wires, field, state, limit))
                .child(tied)
        }
    }
}

fn id(field: &Field) -> String {
    ["field-", &field.name].concat()
}

fn named(control: El, field: &Field) -> El {
    control.attr("id", id(field)).attr("name", field.name.as_str())
}

/// The words above a field: its own, or those of its type.
fn caption(wires: &Wires, field: &Field) -> String {
    field.label.clone().unwrap_or_else(|| {
        let key = ["field.", &field.name].concat();
        let of_type = || wires.t(&["field.", field.kind.as_str()].concat());
        wires.words.get(&key).map_or_else(of_type, str::to_owned)
    })
}

fn label(wires: &Wires, field: &Field) -> El {
    el("label").attr("for", id(field)).text(caption(wires, field)).children(optional(wires, field))
}

/// What may be left out is marked, since most may not.
fn optional(wires: &Wires, field: &Field) -> Option<El> {
    (!field.required).then(|| el("span").class("optional").text(" ").text(wires.t("field.optional")))
}

/// Hint and errors. They stand before the control, where no keyboard on the screen and no autofill list covers them.
fn notes(wires: &Wires, field: &Field, state: &FieldState<'_>, limit: Option<El>) -> Vec<El> {
    let hint = (field.hint.is_some() || limit.is_some()).then(|| {
        let hint = el("p").class("hint").attr("id", ["hint-", &field.name].concat());
        hint.children(field.hint.as_ref().map(|words| el("span").text([words, " "].concat()))).children(limit)
    });
    let error = (!state.errors.is_empty()).then(|| {
        let said_by = |message: &&Message| said(el("span"), wires, message);
        el("p")
            .class("error")
            .attr("id", ["error-", &field.name].concat())
            .child(el("span").class("unseen").text(wires.t("severity.error")).text(" "))
            .children(state.errors.iter().map(said_by))
    });
    hint.into_iter().chain(error).collect()
}

/// Ties hint and errors to a control.
fn described(control: El, field: &Field, state: &FieldState<'_>, limited: bool) -> El {
    let hint = (limited || field.hint.is_some()).then(|| ["hint-", &field.name].concat());
    let error = (!state.errors.is_empty()).then(|| ["error-", &field.name].concat());
    let faulty = error.is_some();
    let by: Vec<String> = hint.into_iter().chain(error).collect();
    control
        .maybe("aria-describedby", (!by.is_empty()).then(|| by.join(" ")))
        .maybe("aria-invalid", faulty.then_some("true"))
}

fn control(wires: &Wires, field: &Field, state: &FieldState<'_>) -> (El, Option<El>) {
    let value = state.draft.or(field.value.as_deref()).unwrap_or_default();
    let token = |usual: Option<&'static str>| state.autocomplete.or(field.autocomplete.as_deref()).or(usual);
    let control = match field.kind {
        FieldType::LongText => {
            let (area, limit) = long_text(wires, value, field.max_length);
            return (common(area, field, token(None)), limit);
        }
        FieldType::Select => common(el("select"), field, token(None)).children(options(wires, field, value)),
        FieldType::Country if !field.options.is_empty() => {
            common(el("select"), field, token(Some("country"))).children(options(wires, field, value))
        }
        FieldType::OneTimeCode => {
            let input = match state.digits {
                Some(digits) => code_field(wires, &field.name, digits, state.action),
                None => el("input").attr("type", "text"),
            };
            // A refused code is typed anew; one that never arrived is not.
            let kept = if state.errors.is_empty() { value } else { "" };
            common(input, field, token(Some("one-time-code")))
                .attr("inputmode", "numeric")
                .attr("value", kept)
        }
        FieldType::Email => common(exact("email"), field, token(Some("email"))).attr("value", value),
        FieldType::Phone => common(exact("tel"), field, token(Some("tel"))).attr("value", value),
        FieldType::Password => common(exact("password"), field, token(Some("current-password"))),
        FieldType::Country => common(exact("text"), field, token(Some("country"))).attr("value", value),
        FieldType::Integer => {
            // The keyboard of digits has no minus on some phones.
            let negative = field.min.as_deref().is_some_and(|min| min.starts_with('-'));
            bounded("number", field, token(None))
                .maybe("inputmode", (!negative).then_some("numeric"))
                .attr("value", value)
        }
        FieldType::Date => bounded("date", field, token(None)).attr("value", value),
        // The rest is a line of text; those with a drawing of their own never come here.
        FieldType::Text
        | FieldType::Boolean
        | FieldType::Radio
        | FieldType::Checkboxes
        | FieldType::Credential
        | FieldType::Hidden => common(el("input").attr("type", "text"), field, token(None))
            .maybe("pattern", field.pattern.as_deref())
            .attr("value", value),
    };
    (control, None)
}

fn common(control: El, field: &Field, autocomplete: Option<&str>) -> El {
    named(control, field).maybe("autocomplete", autocomplete).flag("required", field.required)
}

/// An input whose text no phone should correct.
fn exact(kind: &'static str) -> El {
    el("input").attr("type", kind).attr("autocapitalize", "none").attr("spellcheck", "false")
}

fn bounded(kind: &'static str, field: &Field, autocomplete: Option<&str>) -> El {
    common(el("input").attr("type", kind), field, autocomplete)
        .maybe("min", field.min.as_deref())
        .maybe("max", field.max.as_deref())
}

fn options(wires: &Wires, field: &Field, value: &str) -> Vec<El> {
    // Nothing can be chosen only where it may be, or where there is nothing yet.
    let chosen = field.required && field.options.iter().any(|choice| choice.value == value);
    let nothing = (!chosen).then(|| el("option").attr("value", "").text(wires.t("field.choose")));
    let rest = field.options.iter().map(|choice| {
        let option = el("option").attr("value", choice.value.as_str());
        option.flag("selected", choice.value == value).text(choice.label.as_str())
    });
    nothing.into_iter().chain(rest).collect()
}

/// Yes or no: one box, its words beside it.
fn boolean(wires: &Wires, field: &Field, state: &FieldState<'_>) -> El {
    let on = state.draft.or(field.value.as_deref()).is_some_and(|value| value == "true");
    let control =
        common(el("input").attr("type", "checkbox").attr("value", "true"), field, None).flag("checked", on);
    let row = el("label")
        .class("choice")
        .child(described(control, field, state, false))
        .child(el("span").text(caption(wires, field)));
    el("div").class("field").children(notes(wires, field, state, None)).child(row)
}

/// A group of boxes, one or any of which can be ticked. Several values are separated by spaces.
fn choices(wires: &Wires, field: &Field, state: &FieldState<'_>) -> El {
    let one = field.kind == FieldType::Radio;
    let value = state.draft.or(field.value.as_deref()).unwrap_or_default();
    let boxes = field.options.iter().enumerate().map(|(index, choice)| {
        let ticked = if one { choice.value == value } else { value.split(' ').any(|it| it == choice.value) };
        let control = el("input")
            .attr("type", if one { "radio" } else { "checkbox" })
            // The first carries the field's own id: it is where the focus goes when something is wrong.
            .attr("id", if index == 0 { id(field) } else { [&id(field), "-", &index.to_string()].concat() })
            .attr("name", field.name.as_str())
            .attr("value", choice.value.as_str())
            .flag("required", one && field.required)
            .flag("checked", ticked);
        el("label").class("choice").child(control).child(el("span").child(super::bdi(&choice.label)))
    });
    let legend = el("legend").text(caption(wires, field)).children(optional(wires, field));
    let group = el("fieldset")
        .class("field")
        .child(legend)
        .children(notes(wires, field, state, None))
        .children(boxes);
    described(group, field, state, false)
}

//! The forms of a page: as much of HTML as a form without script needs.
//!
//! A scanner of tags, no parser: what it looks for (forms, inputs, buttons) cannot be nested into one another, so the
//! order of the tags is enough.

mod tags;
#[cfg(test)]
mod tests;

use tags::{Tag, tags};

/// A form of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Form {
    /// Method, in lower case; `get` when none is given.
    pub method: String,
    /// Where it posts to; empty for the page itself.
    pub action: String,
    /// Its inputs.
    pub inputs: Vec<Input>,
    /// Its buttons.
    pub buttons: Vec<Button>,
    id: String,
}

/// An input of a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Input {
    /// Name.
    pub name: String,
    /// Type, in lower case; `text` when none is given.
    pub kind: String,
    /// Value that stands in it.
    pub value: String,
}

/// A button that sends a form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Button {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
}

impl Form {
    /// Whether it has a button for an action.
    pub fn has_action(&self, action: &str) -> bool {
        self.buttons.iter().any(|button| button.name == "action" && button.value == action)
    }

    /// An input by its name.
    pub fn input(&self, name: &str) -> Option<&Input> {
        self.inputs.iter().find(|input| input.name == name)
    }

    /// The hidden inputs that prove where the form comes from: all but the revision.
    pub fn tokens(&self) -> impl Iterator<Item = &Input> {
        self.inputs
            .iter()
            .filter(|input| input.kind == "hidden" && input.name != "rev" && !input.value.is_empty())
    }

    /// What a browser sends when a button is pressed, with some inputs filled in.
    pub fn press(&self, action: &str, typed: &[(&str, &str)]) -> Vec<(String, String)> {
        let value = |input: &Input| {
            let typed =
                typed.iter().find(|(name, _)| *name == input.name).map(|(_, value)| (*value).to_owned());
            (input.name.clone(), typed.unwrap_or_else(|| input.value.clone()))
        };
        let mut fields: Vec<_> =
            self.inputs.iter().filter(|input| !input.name.is_empty()).map(value).collect();
        fields.push(("action".to_owned(), action.to_owned()));
        fields
    }
}

/// The forms of a page, in order. A button outside of its form is found by its `form` attribute.
pub fn forms(html: &str) -> Vec<Form> {
    let mut forms: Vec<Form> = Vec::new();
    let mut open = None;
    for tag in tags(html) {
        if tag.name == "form" {
            open = Some(forms.len());
            let method = tag.value("method").unwrap_or("get").to_ascii_lowercase();
            let text = |name: &str| tag.value(name).unwrap_or_default().to_owned();
            forms.push(Form { method, action: text("action"), id: text("id"), ..Form::default() });
        } else if tag.name == "/form" {
            open = None;
        } else if let Some(form) = owner(&mut forms, open, &tag) {
            add(form, &tag);
        }
    }
    forms
}

fn owner<'f>(forms: &'f mut [Form], open: Option<usize>, tag: &Tag) -> Option<&'f mut Form> {
    match (tag.value("form"), open) {
        (Some(id), _) => forms.iter_mut().find(|form| form.id == id),
        (None, Some(at)) => forms.get_mut(at),
        (None, None) => None,
    }
}

fn add(form: &mut Form, tag: &Tag) {
    let text = |name: &str| tag.value(name).unwrap_or_default().to_owned();
    let kind = tag.value("type").unwrap_or_default().to_ascii_lowercase();
    match (tag.name.as_str(), kind.as_str()) {
        ("button", "" | "submit") | ("input", "submit") => {
            form.buttons.push(Button { name: text("name"), value: text("value") });
        }
        ("input" | "select" | "textarea", _) => {
            let kind = if kind.is_empty() { "text".to_owned() } else { kind };
            form.inputs.push(Input { name: text("name"), kind, value: text("value") });
        }
        _ => {}
    }
}

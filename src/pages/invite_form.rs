//! The fields of an invitation, with its limits said before they are hit.

use vestibule_contract::Message;
use vestibule_contract::desk::{DomainRuleKind, InviteOptions};
use vestibule_contract::field::{Choice, Field, FieldType};

use crate::flow::{Event, busy};
use crate::screen::{Chrome, InviteScreen};
use crate::ui::wires::Wires;
use crate::ui::{El, FieldState, Look, button, draw_field, el, form, on_submit};

/// The fields, in order. Their names are those of [`InviteScreen::draft`].
const FIELDS: [&str; 9] =
    ["address", "name", "apps", "message", "language", "cc", "redirect", "days", "reason"];

/// Whether a message is shown at a field.
pub(super) fn has_place(message: &Message) -> bool {
    message.field.as_deref().is_some_and(|name| FIELDS.contains(&name))
}

/// Draws the form. Both buttons send it; which one was pressed decides what becomes of it.
pub(super) fn draw(chrome: &Chrome, invite: &InviteScreen, wires: &Wires) -> El {
    let form = on_submit(form(chrome, None), wires, |action, values| match action.as_str() {
        "preview" => Event::PreviewInvitation { values },
        _ => Event::SendInvitation { values },
    });
    let fields = FIELDS.iter().filter_map(|name| {
        let field = describe(name, &invite.options, wires)?;
        let state = FieldState {
            draft: invite.draft.get(name).map(String::as_str),
            errors: invite.errors.iter().filter(|message| message.field.as_deref() == Some(*name)).collect(),
            digits: None,
            action: "send",
            // These are somebody else's name and address.
            autocomplete: Some("off"),
        };
        Some(draw_field(wires, &field, &state))
    });
    // The first button is the one that the Enter key presses: looking is safer than sending.
    form.children(fields).child(
        el("div")
            .class("buttons")
            .child(button(wires, "preview", busy::PREVIEW, wires.t("invite.preview"), Look::Secondary))
            .child(button(wires, "send", busy::INVITE, wires.t("invite.send"), Look::Primary)),
    )
}

/// A field of the form; nothing for one that has no choice in it.
fn describe(name: &str, options: &InviteOptions, wires: &Wires) -> Option<Field> {
    let kind = match name {
        "address" | "cc" => FieldType::Email,
        "apps" => FieldType::Checkboxes,
        "message" => FieldType::LongText,
        "language" => FieldType::Select,
        "days" => FieldType::Integer,
        _ => FieldType::Text,
    };
    let key = ["invite.", name].concat();
    let mut field = Field::new(name, kind);
    field.label = Some(wires.t(&key));
    field.hint = wires.words.get(&[&key, ".hint"].concat()).map(str::to_owned);
    match name {
        "address" => {
            field.required = true;
            field.hint = domains(options, wires);
        }
        "apps" if options.apps.is_empty() => return None,
        "apps" => field.options = options.apps.iter().map(|app| choice(&app.id, &app.name)).collect(),
        "message" => field.max_length = Some(options.max_message_length),
        "language" if options.languages.len() < 2 => return None,
        "language" => {
            field.required = true;
            field.value = options.languages.first().cloned();
            field.options = options.languages.iter().map(|tag| language(tag, wires)).collect();
        }
        "days" => {
            let most = options.max_expires_in_days.to_string();
            field.hint = Some(wires.words.tf("invite.days.limit", &[("max", &most)]));
            field.value = Some(options.default_expires_in_days.to_string());
            field.min = Some("1".to_owned());
            field.max = Some(most);
        }
        _ => {}
    }
    Some(field)
}

fn choice(value: &str, label: &str) -> Choice {
    Choice { value: value.to_owned(), label: label.to_owned() }
}

/// A language by its name, or by its tag where the catalogue has none.
fn language(tag: &str, wires: &Wires) -> Choice {
    choice(tag, wires.words.get(&["language.", tag].concat()).unwrap_or(tag))
}

/// Whom this organization lets in.
fn domains(options: &InviteOptions, wires: &Wires) -> Option<String> {
    let key = match options.domains.kind {
        DomainRuleKind::Any => return None,
        DomainRuleKind::Deny => "invite.address.deny",
        DomainRuleKind::Allow => "invite.address.allow",
    };
    let list = options.domains.domains.join(", ");
    Some(wires.words.tf(key, &[("domains", &list)]))
}

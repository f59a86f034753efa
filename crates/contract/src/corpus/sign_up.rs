//! Steps of a self-service sign-up.

use super::{asking, at, button, document};
use crate::StepDocument;
use crate::challenge;
use crate::field::{Action, ActionStyle, Choice, Field, FieldType, action};
use crate::flow::Intent;
use crate::message::{Message, MessageCode, Severity};
use crate::step::{Attributes, Challenge, Checking, PendingApproval, Step};

fn choices(labels: &[&str]) -> Vec<Choice> {
    labels.iter().map(|label| Choice { value: label.to_lowercase(), label: (*label).to_owned() }).collect()
}

fn field(name: &str, kind: FieldType, label: &str) -> Field {
    Field { label: Some(label.to_owned()), ..Field::new(name, kind) }
}

/// A form with a field of each kind that a sign-up can ask for, in two groups.
pub(super) fn attributes() -> StepDocument {
    let fields = vec![
        Field {
            group: Some("About you".into()),
            autocomplete: Some("name".into()),
            value: Some("Ana Ruiz".into()),
            ..field("displayName", FieldType::Text, "Name").required()
        },
        Field {
            autocomplete: Some("organization-title".into()),
            ..field("jobTitle", FieldType::Text, "Job title")
        },
        Field {
            options: vec![
                Choice { value: "DE".into(), label: "Germany".into() },
                Choice { value: "PT".into(), label: "Portugal".into() },
            ],
            ..field("country", FieldType::Country, "Country").required()
        },
        Field {
            group: Some("About your work with us".into()),
            hint: Some("As it stands in the contract.".into()),
            options: choices(&["Gold", "Silver"]),
            ..field("tier", FieldType::Radio, "Supplier tier").required()
        },
        Field {
            options: choices(&["Steel", "Wood", "Glass"]),
            ..field("goods", FieldType::Checkboxes, "Goods")
        },
        Field {
            min: Some("1".into()),
            max: Some("500".into()),
            ..field("people", FieldType::Integer, "People")
        },
        field("since", FieldType::Date, "Partner since"),
        field("rules", FieldType::Boolean, "We keep to the supplier rules").required(),
    ];
    let actions = vec![asking(action::CONTINUE, fields), button(action::CANCEL, ActionStyle::Link)];
    let mut document =
        document(5, Step::Attributes(Attributes { account: "ana@partner.example".into() }), actions);
    document.flow.intent = Intent::SignUp;
    document
}

/// The organization's own words.
pub(super) fn words(text: &str) -> Message {
    Message::new(MessageCode::Said, Severity::Error, text)
}

pub(super) fn said() -> StepDocument {
    attributes().saying(words("Nobody of that name works with us. Look it up in the contract."))
}

pub(super) fn wrong() -> StepDocument {
    let about = |code, field: &str| Message::new(code, Severity::Error, "This is wrong.").about(field);
    attributes()
        .saying(about(MessageCode::ValueRequired, "country"))
        .saying(about(MessageCode::ValueTooSmall, "people").with("min", "1".to_owned()))
}

/// What an organization's own system and its file can say, at their worst.
pub(super) fn hostile() -> StepDocument {
    let mut document = attributes().saying(words("<img src=x onerror=alert(1)> \u{202e}txt.exe"));
    for field in &mut document.actions[0].fields {
        field.label = Some(format!("<script>{}</script> \u{202e}{}", field.name, "x".repeat(80)));
        field.hint = Some("<b>hint</b>".into());
    }
    document
}

pub(super) fn challenge() -> StepDocument {
    let step = Step::Challenge(Challenge {
        algorithm: challenge::ALGORITHM.into(),
        salt: "bG9uZyBlbm91Z2g".into(),
        bits: 18,
        open_at: at("10:05:30"),
    });
    let solution = Field::new("solution", FieldType::Hidden).required();
    let solve = Action { fields: vec![solution], ..button(action::SOLVE, ActionStyle::Secondary) };
    let others = [(action::CONTINUE, ActionStyle::Secondary), (action::BACK, ActionStyle::Link)];
    let actions = std::iter::once(solve).chain(others.map(|(name, style)| button(name, style)));
    let mut document = document(1, step, actions.collect());
    document.flow.intent = Intent::SignUp;
    document
}

pub(super) fn challenge_early() -> StepDocument {
    challenge().saying(
        Message::new(MessageCode::ChallengeEarly, Severity::Warning, "Not yet.")
            .with("retry_at", at("10:05:30")),
    )
}

pub(super) fn checking() -> StepDocument {
    let step = Step::Checking(Checking { since: at("10:05:00") });
    let mut document = document(6, step, vec![button(action::CHECK, ActionStyle::Secondary)]);
    document.flow.intent = Intent::SignUp;
    document
}

pub(super) fn pending_approval() -> StepDocument {
    let step = Step::PendingApproval(PendingApproval {
        account: "ana@partner.example".into(),
        since: at("10:05:00"),
        until: "2026-12-04T10:05:00Z".into(),
        reference: "S-4K7Q".into(),
        contact: Some("mailto:it@contoso.example".into()),
    });
    let mut document = document(7, step, vec![button(action::CHECK, ActionStyle::Secondary)]);
    document.flow.intent = Intent::SignUp;
    document
}

//! Steps on the way to an identity provider.

use super::{button, document};
use crate::StepDocument;
use crate::field::{Action, ActionStyle, Field, FieldType, action};
use crate::message::{Message, MessageCode, Severity};
use crate::step::{ChooseProvider, Federate, ProviderCard, ProviderKind, Step};

pub(super) fn choose_provider() -> StepDocument {
    let providers = [
        ("partner", ProviderKind::OpenIdConnect, "Partner work account"),
        ("email", ProviderKind::EmailCode, "Code by e-mail"),
    ];
    let card = |(id, kind, label): (&str, ProviderKind, &str)| ProviderCard {
        id: id.into(),
        kind,
        label: label.into(),
    };
    let choose = |(id, _, label): (&str, ProviderKind, &str)| {
        let mut provider = Field::new("provider", FieldType::Hidden);
        provider.value = Some(id.into());
        Action {
            label: Some(label.into()),
            fields: vec![provider],
            ..button(action::CHOOSE, ActionStyle::Secondary)
        }
    };
    let mut actions: Vec<Action> = providers.map(choose).into();
    actions.push(button(action::BACK, ActionStyle::Link));
    document(1, Step::ChooseProvider(ChooseProvider { providers: providers.map(card).into() }), actions)
}

pub(super) fn cancelled() -> StepDocument {
    let text = "You came back without signing in there.";
    choose_provider().saying(Message::new(MessageCode::ProviderCancelled, Severity::Info, text))
}

pub(super) fn federate() -> StepDocument {
    let step = Step::Federate(Federate {
        label: "Partner work account".into(),
        url: "https://id.partner.example/authorize?client_id=vestibule&state=x".into(),
        origin: "https://id.partner.example".into(),
    });
    document(2, step, vec![button(action::CANCEL, ActionStyle::Link)])
}

//! Steps on the way to an identity provider.

use super::{button, document};
use crate::StepDocument;
use crate::field::{Action, ActionStyle, Field, FieldType, action};
use crate::message::{Message, MessageCode, Severity};
use crate::step::{ChooseProvider, Federate, FederateMode, ProviderCard, ProviderKind, Step};

fn card(id: &str, kind: ProviderKind, label: &str) -> ProviderCard {
    ProviderCard { id: id.into(), kind, label: label.into(), last_used: false, unavailable: false }
}

fn choose(card: &ProviderCard) -> Action {
    let mut provider = Field::new("provider", FieldType::Hidden);
    provider.value = Some(card.id.clone());
    Action {
        label: Some(card.label.clone()),
        fields: vec![provider],
        ..button(action::CHOOSE, ActionStyle::Secondary)
    }
}

pub(super) fn choose_provider() -> StepDocument {
    let providers = vec![
        card("partner", ProviderKind::OpenIdConnect, "Partner work account"),
        card("email", ProviderKind::EmailCode, "Code by e-mail"),
    ];
    let mut actions: Vec<Action> = providers.iter().map(choose).collect();
    actions.push(button(action::BACK, ActionStyle::Link));
    document(1, Step::ChooseProvider(ChooseProvider { providers }), actions)
}

/// Where a sign-in begins that many providers are open to: the one that was used last comes first, one does not answer,
/// and an address may be typed instead.
pub(super) fn choose_of_many() -> StepDocument {
    let google = card("google", ProviderKind::Google, "Google");
    let partner = card("partner", ProviderKind::OpenIdConnect, "Partner work account");
    let providers = vec![
        ProviderCard { last_used: true, ..google },
        ProviderCard { unavailable: true, ..partner },
        card("harbour", ProviderKind::Saml, "Harbour university"),
        card("microsoft", ProviderKind::Microsoft, "Microsoft work or school"),
        card("personal", ProviderKind::MicrosoftPersonal, "Microsoft"),
        card("facebook", ProviderKind::Facebook, "Facebook"),
        card("apple", ProviderKind::Apple, "Apple"),
        card("github", ProviderKind::GitHub, "GitHub"),
        card("linkedin", ProviderKind::LinkedIn, "LinkedIn"),
    ];
    let mut actions: Vec<Action> = providers.iter().map(choose).collect();
    let mut email = Field::new("email", FieldType::Email).required();
    email.max_length = Some(254);
    actions.push(Action { fields: vec![email], ..button(action::CONTINUE, ActionStyle::Primary) });
    document(0, Step::ChooseProvider(ChooseProvider { providers }), actions)
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
        ..Federate::default()
    });
    document(2, step, vec![button(action::CANCEL, ActionStyle::Link)])
}

pub(super) fn in_the_browser() -> StepDocument {
    let step = Step::Federate(Federate {
        label: "Partner work account".into(),
        origin: "https://id.partner.example".into(),
        mode: FederateMode::Browser,
        issuer: Some("https://id.partner.example".into()),
        client_id: Some("vestibule".into()),
        scope: Some("openid email profile".into()),
        redirect_uri: Some("https://door.example/federate/contoso/partner".into()),
        nonce: Some("n-0S6_WzA2Mj".into()),
        login_hint: Some("ana@partner.example".into()),
        ..Federate::default()
    });
    let fields = ["id_token", "error"].map(|name| Field::new(name, FieldType::Hidden)).into();
    let complete = Action { fields, ..button(action::COMPLETE, ActionStyle::Secondary) };
    document(2, step, vec![complete, button(action::CANCEL, ActionStyle::Link)])
}

//! Example step documents: each step type in each state that looks different.
//!
//! One corpus serves the page's snapshots, the accessibility tests and mocks, so that all of them see the same
//! screens. The names are stable: `<type>.<state>`.

use crate::document::{BrandRef, FlowRef, Links, OrganizationCard, Progress};
use crate::field::{Action, ActionStyle, Choice, Field, FieldType, action};
use crate::flow::Intent;
use crate::message::{Message, MessageCode, Severity};
use crate::step::{
    BlockedReason, CodeState, Consent, Done, DoneKind, EmailCode, Identify, InvitationCard, Inviter,
    Permission, Resource, ResourceKind, SharedValue, Step, WrongAccount,
};
use crate::{Instant, StepDocument};

mod blocked;
mod federation;
mod sign_up;

/// A named example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// `<type>.<state>`.
    pub name: String,
    /// The document.
    pub document: StepDocument,
}

/// All examples, in the order of a walk.
pub fn examples() -> Vec<Example> {
    let mut all = vec![
        example("invitation.fresh", invitation(Some("We share the plans here.\nSee you on Monday!"))),
        example("invitation.plain", invitation(None)),
        example("invitation.hostile", hostile_invitation()),
        example("identify.fresh", identify()),
        example(
            "identify.error",
            identify().saying(
                Message::new(MessageCode::AddressInvalid, Severity::Error, "This is not an e-mail address.")
                    .about("email"),
            ),
        ),
        example("choose_provider.fresh", federation::choose_provider()),
        example("choose_provider.many", federation::choose_of_many()),
        example("choose_provider.cancelled", federation::cancelled()),
        example("federate.fresh", federation::federate()),
        example("federate.browser", federation::in_the_browser()),
        example("email_code.ready", email_code(CodeState::Ready)),
        example("email_code.sent", email_code(CodeState::Sent)),
        example(
            "email_code.wrong",
            email_code(CodeState::Sent).saying(
                Message::new(
                    MessageCode::CodeWrong,
                    Severity::Error,
                    "That code is not right. Tries left: 3.",
                )
                .about("code")
                .with("attempts_left", 3_u32),
            ),
        ),
        example(
            "email_code.expired",
            email_code(CodeState::Sent).saying(
                Message::new(MessageCode::CodeExpired, Severity::Error, "That code has run out.")
                    .about("code"),
            ),
        ),
        example(
            "email_code.limited",
            email_code(CodeState::Ready).saying(
                Message::new(MessageCode::SendLimited, Severity::Warning, "No more codes for now.")
                    .with("retry_at", at("11:00:00")),
            ),
        ),
        example("wrong_account.strict", wrong_account(false)),
        example("wrong_account.open", wrong_account(true)),
        example("consent.fresh", consent(true)),
        example("consent.no_statement", consent(false)),
        example("challenge.fresh", sign_up::challenge()),
        example("challenge.early", sign_up::challenge_early()),
        example("attributes.fresh", sign_up::attributes()),
        example("attributes.said", sign_up::said()),
        example("attributes.wrong", sign_up::wrong()),
        example("attributes.hostile", sign_up::hostile()),
        example("checking.fresh", sign_up::checking()),
        example("pending_approval.fresh", sign_up::pending_approval()),
        example("done.panel", done(DoneKind::Panel, "/apps?organization=contoso")),
        example("done.app", done(DoneKind::App, "https://wiki.contoso.example/start")),
        example("generic.fresh", generic()),
    ];
    all.extend(BlockedReason::ALL.iter().map(|reason| Example {
        name: format!("blocked.{}", reason.as_str()),
        document: blocked::blocked(*reason),
    }));
    all
}

fn example(name: &str, document: StepDocument) -> Example {
    Example { name: name.to_owned(), document }
}

fn at(time: &str) -> Instant {
    format!("2026-11-20T{time}Z")
}

fn contoso() -> OrganizationCard {
    OrganizationCard {
        id: "contoso".into(),
        name: "Contoso Research".into(),
        domain: "contoso.example".into(),
        logo: None,
    }
}

fn document(rev: u64, step: Step, actions: Vec<Action>) -> StepDocument {
    let index = match &step {
        Step::Invitation(_) | Step::Identify(_) | Step::Unknown(_) => 1,
        Step::ChooseProvider(_)
        | Step::Federate(_)
        | Step::EmailCode(_)
        | Step::Challenge(_)
        | Step::WrongAccount(_) => 2,
        Step::Consent(_) | Step::Attributes(_) => 3,
        Step::Checking(_) | Step::PendingApproval(_) | Step::Blocked(_) | Step::Done(_) => 4,
    };
    StepDocument {
        flow: FlowRef {
            id: Some("019a9c5e-7a00-7000-8000-000000000001".into()),
            rev,
            intent: Intent::Redeem,
            organization: Some("contoso".into()),
            expires_at: Some(at("11:15:00")),
        },
        step,
        actions,
        messages: Vec::new(),
        progress: (index < 4).then_some(Progress { index, of: 3 }),
        links: Links {
            html: Some("/flow/019a9c5e-7a00-7000-8000-000000000001".into()),
            restart: None,
            help: Some("mailto:it@contoso.example".into()),
            report: None,
            unsubscribe: None,
        },
        organization: Some(contoso()),
        brand: Some(BrandRef { href: "/api/v1/brand?organization=contoso".into(), etag: "\"9f\"".into() }),
    }
}

impl StepDocument {
    fn saying(mut self, message: Message) -> Self {
        self.messages.push(message);
        self
    }
}

fn button(name: &str, style: ActionStyle) -> Action {
    Action { name: name.into(), style, label: None, fields: Vec::new() }
}

fn asking(name: &str, fields: Vec<Field>) -> Action {
    Action { name: name.into(), style: ActionStyle::Primary, label: None, fields }
}

fn invitation(message: Option<&str>) -> StepDocument {
    let card = InvitationCard {
        organization: contoso(),
        inviter: Inviter { name: "Mira Lindqvist".into(), email: Some("mira@contoso.example".into()) },
        message: message.map(str::to_owned),
        resources: vec![
            Resource { id: "wiki".into(), name: "Project wiki".into(), kind: ResourceKind::Site },
            Resource { id: "plans".into(), name: "Plans 2027".into(), kind: ResourceKind::Folder },
        ],
        invited: "a•••@partner.example".into(),
        expires_at: "2026-12-20T10:00:00Z".into(),
    };
    let actions =
        vec![button(action::CONTINUE, ActionStyle::Primary), button(action::DECLINE, ActionStyle::Link)];
    let mut document = document(0, Step::Invitation(card), actions);
    document.flow.id = None;
    document.links.report = Some("mailto:abuse@contoso.example?subject=Invitation%20V-7Q2M".into());
    document
}

/// Everything that other people can type, at its worst: markup, direction overrides, length.
fn hostile_invitation() -> StepDocument {
    let mut document =
        invitation(Some("<img src=x onerror=alert(1)> \u{202e}txt.exe https[:]//evil[.]example"));
    if let Step::Invitation(card) = &mut document.step {
        card.organization.name = "<b>Contoso</b> \u{202e}osotnoC".into();
        card.inviter.name = "M".repeat(120);
        card.resources = (0..30)
            .map(|n| Resource {
                id: n.to_string(),
                name: format!("Аpp\u{200b} <script>{n}</script>"),
                kind: ResourceKind::App,
            })
            .collect();
    }
    document
}

fn identify() -> StepDocument {
    let mut email = Field::new("email", FieldType::Email).required();
    email.max_length = Some(254);
    let mut document = document(0, Step::Identify(Identify {}), vec![asking(action::CONTINUE, vec![email])]);
    document.flow.id = None;
    document.flow.intent = Intent::SignIn;
    document
}

fn email_code(state: CodeState) -> StepDocument {
    let sent = state == CodeState::Sent;
    let step = Step::EmailCode(EmailCode {
        sent_to: "a•••@partner.example".into(),
        sender: "Contoso Research <door@contoso.example>".into(),
        digits: 8,
        state,
        resend_at: sent.then(|| at("10:06:00")),
        expires_at: sent.then(|| at("10:15:00")),
    });
    let back = button(action::BACK, ActionStyle::Link);
    let actions = match state {
        CodeState::Ready => vec![button(action::SEND, ActionStyle::Primary), back],
        CodeState::Sent => vec![
            asking(action::VERIFY, vec![Field::new("code", FieldType::OneTimeCode).required()]),
            button(action::RESEND, ActionStyle::Link),
            back,
        ],
    };
    document(1, step, actions)
}

fn wrong_account(open: bool) -> StepDocument {
    let step = Step::WrongAccount(WrongAccount {
        invited: "a•••@partner.example".into(),
        active: "bob@other.example".into(),
    });
    let mut actions = vec![button(action::SWITCH, ActionStyle::Primary)];
    if open {
        actions.push(button(action::CONTINUE, ActionStyle::Secondary));
    }
    document(1, step, actions)
}

fn consent(statements: bool) -> StepDocument {
    let step = Step::Consent(Consent {
        organization: contoso(),
        account: "ana@partner.example".into(),
        privacy_url: statements.then(|| "https://contoso.example/privacy".into()),
        terms_url: statements.then(|| "https://contoso.example/terms".into()),
        permissions: Permission::ALL.to_vec(),
        shared: vec![
            SharedValue { claim: "email".into(), value: "ana@partner.example".into() },
            SharedValue { claim: "name".into(), value: "Ana Ruiz".into() },
        ],
    });
    document(
        4,
        step,
        vec![button(action::ACCEPT, ActionStyle::Primary), button(action::CANCEL, ActionStyle::Secondary)],
    )
}

fn done(kind: DoneKind, redirect: &str) -> StepDocument {
    document(6, Step::Done(Done { redirect: redirect.into(), kind }), Vec::new())
}

/// A step of tomorrow with one field of each type, for the generic drawing.
fn generic() -> StepDocument {
    let fields = FieldType::ALL
        .iter()
        .map(|kind| {
            let mut field = Field::new(kind.as_str(), *kind);
            field.label = Some(format!("Label of {}", kind.as_str()));
            if matches!(kind, FieldType::Select | FieldType::Radio | FieldType::Checkboxes) {
                field.options = ["North", "South"]
                    .map(|label| Choice { value: label.to_lowercase(), label: label.into() })
                    .to_vec();
            }
            field
        })
        .collect();
    let mut send = asking("present", fields);
    send.label = Some("Present it".into());
    document(2, Step::Unknown("palm_reading".into()), vec![send, button(action::BACK, ActionStyle::Link)])
}

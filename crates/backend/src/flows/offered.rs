//! What can be done at each stage.

use vestibule_contract::field::{Action, ActionStyle, Field, FieldType, action};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::redemption::RedemptionMode;
use vestibule_storage::organizations::Organization;

use super::sign_up::choices;
use super::state::{FlowState, Goal, Stage, Way};

/// The field that says which way was chosen.
pub(super) const PROVIDER: &str = "provider";

/// The field with what solves a challenge.
pub(super) const SOLUTION: &str = "solution";

/// The field with what a provider gave to the front-end.
pub(super) const ID_TOKEN: &str = "id_token";
/// The field that says why it gave nothing.
pub(super) const ERROR: &str = "error";

fn button(name: &str, style: ActionStyle) -> Action {
    Action { name: name.to_owned(), style, label: None, fields: Vec::new() }
}

/// `continue` with the address of somebody whom nobody expects.
fn address() -> Action {
    let mut email = Field::new("email", FieldType::Email).required();
    email.max_length = Some(254);
    Action { fields: vec![email], ..button(action::CONTINUE, ActionStyle::Primary) }
}

/// What can be done at a stage. An action that is not here is not taken (S89).
pub(super) fn offered(state: &FlowState, organization: Option<&Organization>) -> Vec<Action> {
    use ActionStyle::{Link, Primary, Secondary};
    match &state.stage {
        Stage::Invitation => vec![button(action::CONTINUE, Primary), button(action::DECLINE, Link)],
        Stage::Identify => vec![address()],
        Stage::Choose { ways } => {
            let choose = |way: &Way| {
                let mut provider = Field::new(PROVIDER, FieldType::Hidden);
                provider.value = Some(way.id.clone());
                let label = Some(way.label.clone());
                Action { label, fields: vec![provider], ..button(action::CHOOSE, Secondary) }
            };
            let ways = ways.iter().map(choose);
            // Who is expected has an address here; everybody else may say it, and is taken the way that fits.
            match state.goal {
                Goal::Redeem | Goal::Decline | Goal::Link => {
                    ways.chain([button(action::BACK, Link)]).collect()
                }
                Goal::SignIn | Goal::SignUp => ways.chain([address()]).collect(),
            }
        }
        Stage::Federate { browser, .. } => {
            let fields = || [ID_TOKEN, ERROR].map(|name| Field::new(name, FieldType::Hidden)).into();
            let complete = || Action { fields: fields(), ..button(action::COMPLETE, Secondary) };
            browser.iter().map(|_| complete()).chain([button(action::CANCEL, Link)]).collect()
        }
        Stage::EmailCode { sent: None, .. } => {
            vec![button(action::SEND, Primary), button(action::BACK, Link)]
        }
        Stage::EmailCode { sent: Some(_), .. } => vec![
            Action {
                fields: vec![Field::new("code", FieldType::OneTimeCode).required()],
                ..button(action::VERIFY, Primary)
            },
            button(action::RESEND, Link),
            button(action::BACK, Link),
        ],
        Stage::Challenge { .. } => vec![
            Action {
                fields: vec![Field::new(SOLUTION, FieldType::Hidden).required()],
                ..button(action::SOLVE, Secondary)
            },
            button(action::CONTINUE, Secondary),
            button(action::BACK, Link),
        ],
        Stage::WrongAccount { may_continue, .. } => {
            let mut actions = vec![button(action::SWITCH, Primary)];
            // What the stage remembers was true when it was reached; the rule may have become stricter since.
            let open = organization.is_some_and(|o| o.settings.redemption == RedemptionMode::Open);
            if *may_continue && open {
                actions.push(button(action::CONTINUE, Secondary));
            }
            actions
        }
        Stage::Attributes { fields, .. } => {
            let field = |field: &Field| Field { options: choices(field), ..field.clone() };
            let fields = fields.iter().map(field).collect();
            vec![Action { fields, ..button(action::CONTINUE, Primary) }, button(action::CANCEL, Link)]
        }
        Stage::Checking { .. } | Stage::PendingApproval { .. } => vec![button(action::CHECK, Secondary)],
        Stage::Consent { .. } => vec![button(action::ACCEPT, Primary), button(action::CANCEL, Secondary)],
        Stage::Blocked { reason, .. } => match reason {
            BlockedReason::NotForYou => {
                vec![button(action::RESTART, Primary), button(action::DECLINE_WITH_CODE, Link)]
            }
            BlockedReason::ConsentRefused
            | BlockedReason::AccountDisabled
            | BlockedReason::SignUpUnanswered
            | BlockedReason::TooManyAttempts
            | BlockedReason::Unavailable => vec![button(action::RESTART, Primary)],
            BlockedReason::UnknownInvitation
            | BlockedReason::InvitationExpired
            | BlockedReason::InvitationRevoked
            | BlockedReason::InvitationDeclined
            | BlockedReason::InvitationReplaced
            | BlockedReason::InvitationUsed
            | BlockedReason::OtherBrowser
            | BlockedReason::FlowExpired
            | BlockedReason::DomainBlocked
            | BlockedReason::SignUpOff
            | BlockedReason::SignUpRefused
            | BlockedReason::CookiesOff
            | BlockedReason::Internal
            | BlockedReason::Other => Vec::new(),
        },
        Stage::Done { .. } => Vec::new(),
    }
}

//! The actions, one file each. [`take`] is the only way in: an action that the stage does not offer moves nothing
//! (S89).

use vestibule_contract::field::action;
use vestibule_contract::message::{Message, MessageCode, Severity};

use super::federation::vouched::Vouched;
use super::offered::offered;
use super::state::Stage;
use super::walk::{Invalid, Moved, Walk};

mod accept;
mod choose;
mod complete;
pub use accept::{ConsentText, Consented, record_consent};
pub(super) use decline::for_good as decline_for_good;
mod decline;
mod enter;
mod identify;
mod restart;
mod verify;
mod wrong_account;

/// Values of a submission, by field name.
pub type Values = vestibule_contract::map::Map<String>;

/// Takes an action at the flow's present stage, if the stage offers it.
pub async fn take(walk: &mut Walk<'_>, name: &str, values: &Values, vouched: Option<Vouched>) -> Moved {
    let organization = walk.organization().await?;
    if !offered(&walk.state, organization.as_ref()).iter().any(|action| action.name == name) {
        return Ok(Err(unknown()));
    }
    walk.state.messages.clear();
    match (&walk.state.stage, name) {
        (Stage::Invitation, action::CONTINUE) => enter::continue_invitation(walk).await,
        (Stage::Invitation, action::DECLINE) => decline::not_for_me(walk),
        (Stage::Identify | Stage::Choose { .. }, action::CONTINUE) => identify::identify(walk, values).await,
        (Stage::Choose { .. }, action::CHOOSE) => choose::choose(walk, values).await,
        (Stage::Choose { .. }, action::BACK) => enter::back_from_choice(walk),
        (Stage::Federate { browser: Some(_), .. }, action::COMPLETE) => {
            complete::complete(walk, vouched).await
        }
        (Stage::Federate { .. }, action::CANCEL) => choose::cancel(walk).await,
        (Stage::EmailCode { .. }, action::SEND | action::RESEND) => verify::send(walk).await,
        (Stage::EmailCode { sent: Some(_), .. }, action::VERIFY) => verify::verify(walk, values).await,
        (Stage::Challenge { .. }, action::SOLVE) => walk.solved(values).await,
        (Stage::Challenge { .. }, action::CONTINUE) => walk.waited().await,
        (Stage::EmailCode { .. } | Stage::Challenge { .. }, action::BACK) => enter::back(walk).await,
        (Stage::WrongAccount { .. }, action::SWITCH) => wrong_account::switch(walk).await,
        (Stage::WrongAccount { may_continue: true, .. }, action::CONTINUE) => {
            wrong_account::go_on(walk).await
        }
        (Stage::Consent { .. }, action::ACCEPT) => accept::accept(walk).await,
        (Stage::Consent { .. } | Stage::Attributes { .. }, action::CANCEL) => accept::cancel(walk),
        (Stage::Attributes { .. }, action::CONTINUE) => walk.fill_in(values).await,
        (Stage::Blocked { .. }, action::RESTART) => restart::restart(walk).await,
        (Stage::Blocked { .. }, action::DECLINE_WITH_CODE) => decline::with_code(walk).await,
        (
            Stage::Invitation
            | Stage::Identify
            | Stage::Choose { .. }
            | Stage::Federate { .. }
            | Stage::EmailCode { .. }
            | Stage::Challenge { .. }
            | Stage::WrongAccount { .. }
            | Stage::Consent { .. }
            | Stage::Attributes { .. }
            | Stage::Checking { .. }
            | Stage::PendingApproval { .. }
            | Stage::Blocked { .. }
            | Stage::Done { .. },
            _,
        ) => Ok(Err(unknown())),
    }
}

fn unknown() -> Invalid {
    let text = "This cannot be done at this step.";
    Invalid(vec![Message::new(MessageCode::ActionUnknown, Severity::Error, text)])
}

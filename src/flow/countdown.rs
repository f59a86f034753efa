//! What on a page counts down, so that the clock runs only while somebody looks at one.

use vestibule_contract::message::Param;
use vestibule_contract::{Instant, Step};

use crate::screen::{Page, Screen};

/// The instants that the page counts down to.
pub fn deadlines(page: &Page) -> Vec<&Instant> {
    let document = match &page.screen {
        Screen::Step(screen) => &screen.document,
        Screen::Panel(_) | Screen::Account(_) | Screen::Invite(_) | Screen::Failure(_) | Screen::Loading => {
            return Vec::new();
        }
    };
    let resend = match &document.step {
        Step::EmailCode(code) => code.resend_at.as_ref(),
        Step::Challenge(challenge) => Some(&challenge.open_at),
        Step::Invitation(_)
        | Step::Identify(_)
        | Step::ChooseProvider(_)
        | Step::Federate(_)
        | Step::WrongAccount(_)
        | Step::Consent(_)
        | Step::Attributes(_)
        | Step::Checking(_)
        | Step::PendingApproval(_)
        | Step::Blocked(_)
        | Step::Done(_)
        | Step::Unknown(_) => None,
    };
    let retry = document.messages.iter().filter_map(|message| match message.params.get("retry_at") {
        Some(Param::Text(instant)) => Some(instant),
        Some(Param::Number(_)) | None => None,
    });
    resend.into_iter().chain(retry).collect()
}

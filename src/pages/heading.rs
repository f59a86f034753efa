//! The one heading of each page; the document's title says the same.

use vestibule_contract::Step;
use vestibule_contract::step::CodeState;

use crate::screen::{Screen, StepScreen};
use crate::ui::wires::Wires;
use crate::ui::{El, bdi, el, failure_key, sentence};

/// Key of the words, and what goes into them.
pub(super) fn of(screen: &Screen) -> (String, Vec<(&'static str, &str)>) {
    match screen {
        Screen::Step(step) => of_step(step),
        Screen::Panel(_) => plain("panel.title"),
        Screen::Account(_) => plain("account.title"),
        Screen::Invite(invite) if invite.sent.is_some() => plain("invite.sent.title"),
        Screen::Invite(_) => plain("invite.title"),
        Screen::Failure(failure) => (failure_key(failure.kind, "title"), Vec::new()),
        Screen::Loading => plain("loading.title"),
    }
}

fn of_step(screen: &StepScreen) -> (String, Vec<(&'static str, &str)>) {
    match &screen.document.step {
        Step::Invitation(card) => {
            ("invitation.title".to_owned(), vec![("organization", card.organization.name.as_str())])
        }
        Step::Identify(_) => plain("identify.title"),
        Step::ChooseProvider(_) => plain("choose_provider.title"),
        Step::Federate(away) => ("federate.title".to_owned(), vec![("provider", away.label.as_str())]),
        Step::EmailCode(code) => match code.state {
            CodeState::Ready => plain("email_code.ready.title"),
            CodeState::Sent => plain("email_code.title"),
        },
        Step::WrongAccount(_) => plain("wrong_account.title"),
        Step::Consent(consent) => {
            ("consent.title".to_owned(), vec![("organization", consent.organization.name.as_str())])
        }
        Step::Challenge(_) => plain("challenge.title"),
        Step::Attributes(_) => plain("attributes.title"),
        Step::Checking(_) => plain("checking.title"),
        Step::PendingApproval(_) => plain("pending_approval.title"),
        Step::Blocked(blocked) => (["blocked.", blocked.reason.as_str(), ".title"].concat(), Vec::new()),
        Step::Done(_) => plain("done.title"),
        Step::Unknown(_) => plain("generic.title"),
    }
}

fn plain(key: &str) -> (String, Vec<(&'static str, &'static str)>) {
    (key.to_owned(), Vec::new())
}

/// The heading. It can be given the focus, so that a new page is read from its beginning.
pub(super) fn draw(screen: &Screen, wires: &Wires) -> El {
    let (key, params) = of(screen);
    let params = params.into_iter().map(|(name, value)| (name, bdi(value))).collect();
    sentence(el("h1").attr("id", "title").attr("tabindex", "-1"), wires, &key, params)
}

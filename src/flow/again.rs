//! Steps that go on by themselves: looked at again after a while, without a word where nothing has changed; or solved by
//! the browser.

use vestibule_contract::challenge::ALGORITHM;
use vestibule_contract::field::action::{CHECK, SOLVE};
use vestibule_contract::{Step, StepDocument};

use super::state::{Purpose, Submission};
use super::turn::Turn;
use super::{Effect, busy};
use crate::client::Call;
use crate::screen::Values;

/// Until a system has answered, in milliseconds.
const SOON: i32 = 2_000;
/// Until somebody has decided.
const LATER: i32 = 30_000;
/// The field that takes the solution of a challenge.
const SOLUTION: &str = "solution";

impl Turn {
    /// Sees to it that a step is looked at again that may go on by itself, or that what it asks of the browser is done.
    pub(super) fn look_later(&mut self) {
        if let Some((salt, bits)) = self.document().and_then(challenge) {
            return self.effect(Effect::Work { salt, bits, from: 0 });
        }
        if let Some(after) = self.document().and_then(patience) {
            self.effect(Effect::LookAgain { after });
        }
    }

    /// Looks again, if the page still shows such a step. Whatever is under way looks again itself when it is over.
    pub(super) fn look_again(&mut self) {
        let Some(document) = self.document() else { return };
        let (Some(flow), Some(_), false) = (document.flow.id.clone(), patience(document), self.works())
        else {
            return;
        };
        let submission = Submission { action: CHECK.to_owned(), values: Values::new(), by_history: false };
        let call = Call::Submit {
            flow,
            rev: document.flow.rev,
            action: CHECK.to_owned(),
            values: Values::new(),
            key: self.key(),
        };
        self.begin(Purpose::Submit(submission), busy::LOOK, vec![call]);
    }

    /// The browser has tried some solutions. One that fits is sent; whatever belongs to another challenge ends.
    pub(super) fn worked(&mut self, salt: String, next: u32, found: bool) {
        let Some((_, bits)) = self.document().and_then(challenge).filter(|(known, _)| *known == salt) else {
            return;
        };
        // Somebody goes on without it at this moment: should that come to nothing, it is tried again.
        if !found || self.works() {
            return self.effect(Effect::Work { salt, bits, from: next });
        }
        let values = Values::from([(SOLUTION.to_owned(), next.to_string())]);
        self.press(Submission { action: SOLVE.to_owned(), values, by_history: false });
    }

    /// Whether a document is what the page shows already.
    pub(super) fn shows(&self, document: &StepDocument) -> bool {
        let same = |shown: &StepDocument| {
            shown.flow.id == document.flow.id
                && shown.flow.rev == document.flow.rev
                && shown.step == document.step
        };
        patience(document).is_some() && self.document().is_some_and(same)
    }
}

/// What a step has the browser compute: salt and bits.
fn challenge(document: &StepDocument) -> Option<(String, u32)> {
    let offered = document.actions.iter().any(|action| action.name == SOLVE);
    match &document.step {
        Step::Challenge(data) if offered && data.algorithm == ALGORITHM => {
            Some((data.salt.clone(), data.bits))
        }
        _ => None,
    }
}

/// After how many milliseconds a step is looked at again.
fn patience(document: &StepDocument) -> Option<i32> {
    let offered = document.actions.iter().any(|action| action.name == CHECK);
    match &document.step {
        Step::Checking(_) if offered => Some(SOON),
        Step::PendingApproval(_) if offered => Some(LATER),
        _ => None,
    }
}

//! Actions of a step: pressed, sent once, answered.

use vestibule_contract::field::{Field, FieldType, action as names, check};
use vestibule_contract::{Message, Step, StepDocument};

use super::arrive::Arrival;
use super::busy;
use super::state::{Purpose, Submission, Task};
use super::turn::Turn;
use crate::client::{ApiError, Call, Reply};
use crate::screen::{Screen, Values};

impl Turn {
    pub(super) fn act(&mut self, action: String, values: Values) {
        self.press(Submission { action, values, by_history: false });
    }

    /// A code that is complete is sent without a button, once a revision: while a wrong code is being corrected it
    /// is complete with every keystroke.
    pub(super) fn code_complete(&mut self, action: String, values: Values) {
        let Some(document) = self.document() else { return };
        let revision = document.flow.id.clone().map(|flow| (flow, document.flow.rev));
        if revision.is_some() && !self.works() && self.state.completed != revision {
            self.state.completed = revision;
            self.act(action, values);
        }
    }

    /// Nothing is sent while something is under way, and nothing that the step does not offer.
    pub(super) fn press(&mut self, submission: Submission) {
        let Some(document) = self.document() else { return };
        if self.works() {
            return;
        }
        let runs = document.flow.id.is_some();
        // A running flow begins again by itself, with all that it knows; a stop without one has an address for it.
        if submission.action == names::RESTART && !runs {
            let restart = document.links.restart.clone();
            return self.restart(restart);
        }
        if !offers(document, &submission.action) {
            return;
        }
        if let Some(wrong) = wrong_values(document, &submission) {
            return self.correct(wrong, &submission);
        }
        if self.repeats_submission(&submission) {
            return;
        }
        if runs { self.submit(submission) } else { self.start_flow(Some(submission)) }
    }

    /// The document on the page, if it shows a step.
    pub(super) fn document(&self) -> Option<&StepDocument> {
        match &self.state.page.screen {
            Screen::Step(screen) => Some(&screen.document),
            Screen::Panel(_)
            | Screen::Account(_)
            | Screen::Invite(_)
            | Screen::Failure(_)
            | Screen::Loading => None,
        }
    }

    /// Whether the step on the page offers an action.
    pub(super) fn offered(&self, action: &str) -> bool {
        self.document().is_some_and(|document| offers(document, action))
    }

    fn repeats_submission(&mut self, submission: &Submission) -> bool {
        self.repeats(&Purpose::Submit(submission.clone()))
            || self.repeats(&Purpose::Start(Some(submission.clone())))
    }

    pub(super) fn submit(&mut self, submission: Submission) {
        let Some(document) = self.document() else { return };
        let Some(flow) = document.flow.id.clone() else { return };
        let call = Call::Submit {
            flow,
            rev: document.flow.rev,
            action: submission.action.clone(),
            values: submission.values.clone(),
            key: self.key(),
        };
        let name = busy::of(&submission.action, submission.values.get(busy::PROVIDER).map(String::as_str));
        self.begin(Purpose::Submit(submission), &name, vec![call]);
    }

    pub(super) fn submitted(&mut self, task: Task, submission: &Submission, reply: Reply) {
        let Reply::Step(document) = reply else { return self.fail(task, ApiError::BadAnswer) };
        if self.shows(&document) {
            self.settle();
            return self.look_later();
        }
        self.arrive(*document, Arrival::after(submission));
    }
}

/// What is wrong with the values of a sign-up's form, by the very code that the backend checks them with; `None` when
/// nothing is. Other steps know more of their fields than a page does.
fn wrong_values(document: &StepDocument, submission: &Submission) -> Option<Vec<Message>> {
    let Step::Attributes(_) = &document.step else { return None };
    let action = document.actions.iter().find(|action| action.name == submission.action)?;
    let value = |field: &Field| submission.values.get(&field.name).map(String::as_str).unwrap_or_default();
    let wrong: Vec<Message> = action.fields.iter().filter_map(|field| check(field, value(field))).collect();
    (!wrong.is_empty()).then_some(wrong)
}

fn offers(document: &StepDocument, action: &str) -> bool {
    document.actions.iter().any(|offered| offered.name == action)
}

/// What was typed and may stand in the form again: no codes, no passwords.
pub(super) fn draft(document: &StepDocument, values: &Values) -> Values {
    let secret = |name: &str| {
        document.actions.iter().flat_map(|action| &action.fields).any(|field| {
            field.name == name
                && match field.kind {
                    FieldType::OneTimeCode | FieldType::Password | FieldType::Credential => true,
                    FieldType::Email
                    | FieldType::Text
                    | FieldType::LongText
                    | FieldType::Integer
                    | FieldType::Boolean
                    | FieldType::Date
                    | FieldType::Country
                    | FieldType::Phone
                    | FieldType::Select
                    | FieldType::Radio
                    | FieldType::Checkboxes
                    | FieldType::Hidden => false,
                }
        })
    };
    let mut draft = values.clone();
    draft.retain(|name| !secret(name));
    draft
}

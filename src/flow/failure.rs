//! What becomes of a request that did not give what it was for.
//!
//! Nothing that was typed is lost, nothing is a dead end: either the step says what is wrong, or the page does, or a
//! line under the button does, with a way to try again.

use vestibule_contract::graph::GraphError;
use vestibule_contract::step::BlockedReason;
use vestibule_contract::{Instant, Message, MessageCode, Problem, ProblemCode, Severity, StepDocument};

use super::arrive::Arrival;
use super::state::{Purpose, Submission, Task};
use super::submit::draft;
use super::turn::Turn;
use super::{Announcement, Busy, Draw, Effect, Phase, Target, target};
use crate::client::ApiError;
use crate::route::Route;
use crate::screen::{Failure, FailureKind, Screen, Values};

impl Turn {
    pub(super) fn fail(&mut self, task: Task, error: ApiError) {
        // Where to go is not worth an error page: the panel is always right.
        if let Purpose::Leave(_) = task.purpose {
            return self.may_not_leave();
        }
        match error {
            ApiError::Problem(problem) => self.problem(task, *problem),
            ApiError::Graph { status, error } => self.graph(task, status, *error),
            ApiError::Limited { retry_at } => self.limited(task, retry_at),
            ApiError::Down | ApiError::Late => self.stuck(task, FailureKind::Server, None),
            ApiError::Offline => self.stuck(task, FailureKind::Offline, None),
            ApiError::BadAnswer => self.stuck(task, FailureKind::BadAnswer, None),
        }
    }

    fn problem(&mut self, task: Task, problem: Problem) {
        let reference = problem.reference.clone();
        match problem.code {
            ProblemCode::StaleRevision => self.moved_on(task, problem),
            ProblemCode::ValidationFailed => self.invalid(task, problem),
            ProblemCode::FlowExpired => {
                self.arrive(self.blocked(BlockedReason::FlowExpired, problem), Arrival::InPlace);
            }
            ProblemCode::FlowBoundElsewhere => {
                self.arrive(self.blocked(self.bound_elsewhere(), problem), Arrival::InPlace);
            }
            ProblemCode::Unauthenticated => self.unauthenticated(task),
            ProblemCode::NotFound => self.refused(task, FailureKind::NotFound, reference),
            ProblemCode::Forbidden => match self.begins_again(&task, &problem) {
                Some(route) => self.go(route, true),
                None => self.refused(task, FailureKind::Forbidden, reference),
            },
            ProblemCode::OriginRefused => self.refused(task, FailureKind::Forbidden, reference),
            ProblemCode::RateLimited => self.limited(task, None),
            ProblemCode::RequestTimeout
            | ProblemCode::IdempotencyInProgress
            | ProblemCode::Internal
            | ProblemCode::Unavailable => self.stuck(task, FailureKind::Server, reference),
            ProblemCode::InvalidRequest
            | ProblemCode::MalformedBody
            | ProblemCode::MethodNotAllowed
            | ProblemCode::PayloadTooLarge
            | ProblemCode::UnsupportedMediaType
            | ProblemCode::MisdirectedRequest
            | ProblemCode::IdempotencyKeyReused => self.stuck(task, FailureKind::BadAnswer, reference),
        }
    }

    /// Where a page that may not be shown yet begins again: something is missing that is asked for there, such as a
    /// consent that was taken back.
    fn begins_again(&self, task: &Task, problem: &Problem) -> Option<Route> {
        let restart = problem
            .links
            .as_ref()
            .and_then(|links| links.restart.as_deref())
            .filter(|_| is_page(&task.purpose))?;
        match target(restart, &self.state.origin) {
            Target::Page(route) => Some(route),
            Target::Origin(_) | Target::Foreign { .. } | Target::Refused => None,
        }
    }

    /// Why the backend does not find this browser's binding of the flow: it is another browser's, or this one began
    /// the flow a moment ago and takes no cookies.
    fn bound_elsewhere(&self) -> BlockedReason {
        match (&self.state.route, &self.state.begun) {
            (Route::Flow { id }, Some(begun)) if id == begun => BlockedReason::CookiesOff,
            (_, _) => BlockedReason::OtherBrowser,
        }
    }

    /// Another tab, or a second press, was quicker: the person sees where the walk stands now (contract rule 1).
    fn moved_on(&mut self, task: Task, problem: Problem) {
        let Some(mut document) = problem.step else {
            return match task.purpose.submission() {
                Some(_) => self.show(),
                None => self.stuck(task, FailureKind::BadAnswer, problem.reference),
            };
        };
        if document.messages.iter().all(|message| message.code != MessageCode::MovedOn) {
            let text = "This step has moved on. Here is where it stands.";
            document.messages.push(Message::new(MessageCode::MovedOn, Severity::Info, text));
        }
        self.arrive(*document, arrival(&task));
    }

    /// Some values are wrong: the same step, with what was typed and what is wrong with it.
    fn invalid(&mut self, task: Task, problem: Problem) {
        if let Some(submission) = task.purpose.submission() {
            let Some(mut document) = problem.step.or_else(|| self.take_document()) else {
                return self.stuck(task, FailureKind::BadAnswer, problem.reference);
            };
            if !problem.errors.is_empty() {
                document.messages = problem.errors;
            }
            let draft = draft(&document, &submission.values);
            // What has been typed since stays too, but for a secret, which is typed anew.
            let draw = if draft == submission.values { Draw::Same } else { Draw::Fresh };
            self.arrive_as(*document, draft, arrival(&task), draw);
        } else if let Some(values) = task.purpose.invitation().cloned() {
            self.invite_errors(values, problem.errors);
        } else {
            self.stuck(task, FailureKind::BadAnswer, problem.reference);
        }
    }

    /// The same before anything was sent.
    pub(super) fn correct(&mut self, wrong: Vec<Message>, submission: &Submission) {
        let Some(mut document) = self.take_document() else { return };
        document.messages = wrong;
        let draft = draft(&document, &submission.values);
        self.arrive_as(*document, draft, Arrival::InPlace, Draw::Same);
    }

    /// The document on the page, to be put on again.
    fn take_document(&mut self) -> Option<Box<StepDocument>> {
        match std::mem::replace(&mut self.state.page.screen, Screen::Loading) {
            Screen::Step(screen) => Some(Box::new(screen.document)),
            other @ (Screen::Panel(_)
            | Screen::Account(_)
            | Screen::Invite(_)
            | Screen::Failure(_)
            | Screen::Loading) => {
                self.state.page.screen = other;
                None
            }
        }
    }

    fn unauthenticated(&mut self, task: Task) {
        match task.purpose {
            Purpose::Recognise => self.start_flow(None),
            Purpose::SignOut => self.signed_out(),
            Purpose::Discover
            | Purpose::Start(_)
            | Purpose::Submit(_)
            | Purpose::Show
            | Purpose::Leave(_)
            | Purpose::Search(_)
            | Purpose::More
            | Purpose::Revoke => self.sign_in_again(),
            // A form is work that must not be lost.
            Purpose::Preview(_) | Purpose::Invite(_) => self.stuck(task, FailureKind::SignedOut, None),
        }
    }

    fn graph(&mut self, task: Task, status: u16, error: GraphError) {
        let reference = Some(error.inner_error.request_id.clone());
        let form = task.purpose.invitation().cloned();
        match (form, status) {
            (_, 401) => self.unauthenticated(task),
            (_, 403) => self.refused(task, FailureKind::Forbidden, reference),
            (Some(values), 400..=499) => self.invite_errors(values, vec![super::desk::error_message(error)]),
            (None, 404) => self.refused(task, FailureKind::NotFound, reference),
            (_, 500..) => self.stuck(task, FailureKind::Server, reference),
            (_, _) => self.stuck(task, FailureKind::BadAnswer, reference),
        }
    }

    /// Too many requests. A step says so itself, with the time from which trying again is worth it.
    fn limited(&mut self, task: Task, retry_at: Option<Instant>) {
        if let (Screen::Step(screen), Some(at)) = (&mut self.state.page.screen, retry_at) {
            let text = "Too many attempts. Please wait a while.";
            let message =
                Message::new(MessageCode::TooManyAttempts, Severity::Warning, text).with("retry_at", at);
            screen.document.messages = vec![message];
            self.settle();
            self.effect(Effect::Draw(Draw::Same));
            self.effect(Effect::Announce(Announcement::Messages));
        } else {
            self.stuck(task, FailureKind::Busy, None);
        }
    }

    /// Trying again would give the same: the page itself says so where the page was asked for.
    fn refused(&mut self, task: Task, kind: FailureKind, reference: Option<String>) {
        if is_page(&task.purpose) {
            self.settle();
            self.turn_to(Screen::Failure(Failure { kind, reference }));
        } else {
            self.stuck(task, kind, reference);
        }
    }

    /// It came to nothing, and can be tried again as it was.
    pub(super) fn stuck(&mut self, task: Task, kind: FailureKind, reference: Option<String>) {
        let failure = Failure { kind, reference };
        if is_page(&task.purpose) {
            self.state.busy = None;
            self.turn_to(Screen::Failure(failure));
        } else {
            self.state.busy = Some(Busy { action: task.name.clone(), phase: Phase::Failed(failure) });
        }
        self.state.task = Some(task);
    }

    /// With the connection back, what failed for want of it goes out again by itself.
    pub(super) fn came_online(&mut self) {
        let page = match &self.state.page.screen {
            Screen::Failure(failure) => failure.kind == FailureKind::Offline,
            Screen::Step(_) | Screen::Panel(_) | Screen::Account(_) | Screen::Invite(_) | Screen::Loading => {
                false
            }
        };
        let line = self.state.busy.as_ref().is_some_and(
            |busy| matches!(&busy.phase, Phase::Failed(failure) if failure.kind == FailureKind::Offline),
        );
        if (page || line) && self.state.task.is_some() {
            self.retry();
        }
    }

    /// The invite form with what is wrong with it.
    pub(super) fn invite_errors(&mut self, values: Values, errors: Vec<Message>) {
        self.settle();
        let Screen::Invite(screen) = &mut self.state.page.screen else { return };
        screen.draft = values;
        screen.preview = None;
        let focus = errors.iter().find_map(|error| error.field.clone());
        let speaks = errors.iter().any(|error| error.field.is_none());
        screen.errors = errors;
        self.effect(Effect::Draw(Draw::Fresh));
        self.effect(focus.map_or(Effect::FocusHeading, Effect::FocusField));
        if speaks {
            self.effect(Effect::Announce(Announcement::Messages));
        }
    }
}

fn arrival(task: &Task) -> Arrival {
    task.purpose.submission().map_or(Arrival::InPlace, Arrival::after)
}

/// Whether the task is to have a page in the first place: then its failure is a page too.
fn is_page(purpose: &Purpose) -> bool {
    match purpose {
        Purpose::Discover | Purpose::Recognise | Purpose::Start(None) | Purpose::Show => true,
        Purpose::Start(Some(_))
        | Purpose::Submit(_)
        | Purpose::Leave(_)
        | Purpose::Search(_)
        | Purpose::More
        | Purpose::SignOut
        | Purpose::Revoke
        | Purpose::Preview(_)
        | Purpose::Invite(_) => false,
    }
}

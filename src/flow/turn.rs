//! One turn of the engine: an event, the state it changes, the effects it asks for.

use super::state::{Parts, Purpose, State, Task};
use super::{Busy, CallId, Draw, Effect, Event, Phase, busy};
use crate::client::{ApiError, Call, Reply};
use crate::screen::Screen;

/// The state under way to its next value.
pub(super) struct Turn {
    pub(super) state: State,
    pub(super) effects: Vec<Effect>,
}

impl Turn {
    pub(super) fn take(&mut self, event: Event) {
        match event {
            // What must not be broken off is not: nobody would know whether it happened.
            Event::Search { .. } | Event::Go { .. } | Event::SelectOrganization { .. } if self.commits() => {}
            Event::Started(start) => self.start(*start),
            Event::Act { action, values } => self.act(action, values),
            Event::CodeComplete { action, values } => self.code_complete(action, values),
            Event::Search { query } => self.search(query),
            Event::MoreApps => self.more_apps(),
            Event::SelectOrganization { id } => self.select_organization(id),
            Event::SignOut => self.sign_out(),
            Event::PreviewInvitation { values } => self.preview_invitation(values),
            Event::SendInvitation { values } => self.send_invitation(values),
            Event::NewInvitation => self.new_invitation(),
            Event::RevokeConsent { id } => self.revoke_consent(id),
            Event::Go { route } => self.go(route, false),
            Event::HistoryMoved { place, route } => self.history_moved(place, route),
            Event::Retry => self.retry(),
            Event::LookAgain => self.look_again(),
            Event::Worked { salt, next, found } => self.worked(salt, next, found),
            Event::Replied { call, outcome } => self.replied(call, outcome),
            Event::SlowTick { call } => self.tick(call, Phase::Slow),
            Event::LateTick { call } => self.tick(call, Phase::Late),
            Event::CameOnline => self.came_online(),
            Event::SignedOutElsewhere => self.signed_out_elsewhere(),
            Event::Restored => self.restored(),
        }
    }

    pub(super) fn effect(&mut self, effect: Effect) {
        self.effects.push(effect);
    }

    /// Whether something is under way that a second press must not disturb.
    pub(super) fn works(&self) -> bool {
        self.state.busy.as_ref().is_some_and(Busy::works)
    }

    /// Whether something is under way that has to come to its end.
    fn commits(&self) -> bool {
        self.works()
            && self.state.task.as_ref().is_some_and(|task| {
                task.purpose == Purpose::SignOut
                    || task.purpose == Purpose::Revoke
                    || task.name == busy::INVITE
            })
    }

    /// Begins something, in the place of whatever was under way.
    pub(super) fn begin(&mut self, purpose: Purpose, name: &str, calls: Vec<Call>) {
        self.abandon();
        let task =
            Task { purpose, name: name.to_owned(), open: Vec::new(), failed: calls, parts: Parts::default() };
        self.issue(task);
    }

    /// Makes the requests of a task that are to be made.
    pub(super) fn issue(&mut self, mut task: Task) {
        for call in std::mem::take(&mut task.failed) {
            let id = self.next_id();
            task.open.push((id, call.clone()));
            self.effect(Effect::Call { id, call });
        }
        self.state.busy = Some(Busy { action: task.name.clone(), phase: Phase::Quiet });
        self.state.task = Some(task);
    }

    pub(super) fn next_id(&mut self) -> CallId {
        self.state.calls += 1;
        CallId(self.state.calls)
    }

    /// A key for something that must happen once.
    pub(super) fn key(&self) -> String {
        [&self.state.seed, "-", &(self.state.calls + 1).to_string()].concat()
    }

    /// Stops waiting for anything.
    pub(super) fn abandon(&mut self) {
        self.state.busy = None;
        if let Some(task) = self.state.task.take() {
            for (call, _) in task.open {
                self.effect(Effect::Abandon { call });
            }
        }
    }

    /// The person presses the same again after it failed: the very same requests go out, with the same keys.
    pub(super) fn repeats(&mut self, purpose: &Purpose) -> bool {
        let same = self.state.task.as_ref().is_some_and(|task| task.purpose == *purpose);
        if same {
            self.retry();
        }
        same
    }

    pub(super) fn retry(&mut self) {
        let patient = self.state.busy.as_ref().is_some_and(|busy| match busy.phase {
            Phase::Quiet | Phase::Slow => true,
            Phase::Late | Phase::Failed(_) => false,
        });
        if patient {
            return;
        }
        // A failure that the server has drawn has no request of this page behind it.
        let Some(mut task) = self.state.task.take() else { return self.effect(Effect::Reload) };
        for (call, again) in std::mem::take(&mut task.open) {
            self.effect(Effect::Abandon { call });
            task.failed.push(again);
        }
        self.issue(task);
    }

    fn replied(&mut self, id: CallId, outcome: Result<Reply, ApiError>) {
        if self.state.painting.as_ref().is_some_and(|(call, _)| *call == id) {
            return self.painted(outcome);
        }
        // Whatever nobody waits for any more comes too late and changes nothing.
        let Some(mut task) = self.state.task.take() else { return };
        let Some(at) = task.open.iter().position(|(open, _)| *open == id) else {
            self.state.task = Some(task);
            return;
        };
        let (_, call) = task.open.remove(at);
        match outcome {
            Ok(reply) => self.answer(task, reply),
            Err(error) => {
                for (other, again) in std::mem::take(&mut task.open) {
                    self.effect(Effect::Abandon { call: other });
                    task.failed.push(again);
                }
                task.failed.push(call);
                self.fail(task, error);
            }
        }
    }

    fn answer(&mut self, task: Task, reply: Reply) {
        match task.purpose.clone() {
            Purpose::Discover => self.discovered(task, reply),
            Purpose::Recognise => self.recognised(task, &reply),
            Purpose::Start(submission) => self.flow_started(task, submission, reply),
            Purpose::Submit(submission) => self.submitted(task, &submission, reply),
            Purpose::Show => self.shown(task, reply),
            Purpose::Leave(url) => self.may_leave(task, &url, reply),
            Purpose::Search(query) => self.searched(task, query, reply),
            Purpose::More => self.lengthened(task, reply),
            Purpose::SignOut => self.signed_out(),
            Purpose::Revoke => self.revoked(task, reply),
            Purpose::Preview(values) => self.previewed(task, values, reply),
            Purpose::Invite(_) => self.invited(task, reply),
        }
    }

    fn tick(&mut self, call: CallId, phase: Phase) {
        let waits =
            self.state.task.as_ref().is_some_and(|task| task.open.iter().any(|(open, _)| *open == call));
        if let Some(busy) = self.state.busy.as_mut()
            && waits
            && busy.phase != phase
            && busy.phase != Phase::Late
        {
            busy.phase = phase;
        }
    }

    /// Puts another screen on the page: from the top, the focus on its heading.
    pub(super) fn turn_to(&mut self, screen: Screen) {
        self.state.page.screen = screen;
        self.effect(Effect::Draw(Draw::Fresh));
        self.effect(Effect::FocusHeading);
    }

    /// A task has come to its end.
    pub(super) fn settle(&mut self) {
        self.state.task = None;
        self.state.busy = None;
    }
}

//! A step document arrives: history, chrome, focus and what is read out.

use vestibule_contract::document::OrganizationCard;
use vestibule_contract::{Severity, Step, StepDocument};

use super::state::Submission;
use super::turn::Turn;
use super::{Announcement, Draw, Effect, away};
use crate::client::{ApiError, Call, Reply};
use crate::route::{Place, Route};
use crate::screen::{ChromeLinks, Screen, StepScreen, Values};

/// What the document means for the browser's history.
#[derive(Clone, Copy)]
pub(super) enum Arrival {
    /// The walk went on: a revision that the present entry does not show gets an entry of its own.
    Onward,
    /// The present entry shows it.
    InPlace,
}

impl Arrival {
    /// What the answer to a submission means. After Back the browser stands on the entry already.
    pub(super) fn after(submission: &Submission) -> Self {
        if submission.by_history { Self::InPlace } else { Self::Onward }
    }
}

impl Turn {
    pub(super) fn arrive(&mut self, document: StepDocument, arrival: Arrival) {
        self.arrive_as(document, Values::new(), arrival, Draw::Fresh);
    }

    /// The same, with what was typed before, drawn so or so.
    pub(super) fn arrive_as(&mut self, document: StepDocument, draft: Values, arrival: Arrival, draw: Draw) {
        self.settle();
        let done = redirect(&document.step);
        if let Some(flow) = document.flow.id.clone() {
            // A finished walk is nothing to come back to.
            let arrival = if done.is_some() { Arrival::InPlace } else { arrival };
            self.keep_history(flow, document.flow.rev, arrival);
        }
        let organization = document.organization.as_ref().map(|card| card.id.clone());
        let branded = document.brand.is_some();
        self.speak_for(document.organization.clone());
        let (focus, speaks) = focus_and_words(&document);
        let away = provider(&document).filter(|_| matches!(arrival, Arrival::Onward));
        self.state.page.screen = Screen::Step(Box::new(StepScreen { document, draft }));
        self.effect(Effect::Draw(draw));
        self.effect(focus);
        if speaks {
            self.effect(Effect::Announce(Announcement::Messages));
        }
        if let Some(id) = organization.filter(|_| branded) {
            self.paint(id);
        }
        if let Some(redirect) = done {
            self.finish(&redirect);
        }
        if let Some(url) = away {
            self.visit(&url);
        }
        self.look_later();
    }

    /// Sets the chrome. The footer's links are those of the organization that the server drew.
    pub(super) fn speak_for(&mut self, organization: Option<OrganizationCard>) {
        let chrome = &mut self.state.page.chrome;
        if chrome.organization.as_ref().map(|card| &card.id) != organization.as_ref().map(|card| &card.id) {
            chrome.links = ChromeLinks::default();
        }
        chrome.organization = organization;
        chrome.form_action = self.state.route.href();
    }

    fn keep_history(&mut self, flow: String, rev: u64, arrival: Arrival) {
        let before = self.state.place.as_ref().filter(|place| place.flow == flow);
        let depth = before.map_or(0, |place| place.depth);
        let known = before.is_some();
        if before.is_some_and(|place| place.rev == rev) {
            return;
        }
        match arrival {
            Arrival::Onward if known => {
                let place = Place { flow: flow.clone(), rev, depth: depth + 1 };
                self.state.route = Route::Flow { id: flow };
                self.state.place = Some(place.clone());
                self.effect(Effect::Push(self.state.route.clone(), Some(place)));
            }
            Arrival::Onward | Arrival::InPlace => self.remember(&Place { flow, rev, depth }),
        }
    }

    /// Asks for the look of an organization, unless the page wears it.
    pub(super) fn paint(&mut self, organization: String) {
        let asked = self.state.painting.as_ref().map(|(_, id)| id).or(self.state.painted.as_ref());
        if asked == Some(&organization) {
            return;
        }
        let id = self.next_id();
        self.state.painting = Some((id, organization.clone()));
        self.effect(Effect::Call { id, call: Call::Brand { organization } });
    }

    /// The look is there. Without one the page stays as it is: a look is nothing to bother anybody about.
    pub(super) fn painted(&mut self, outcome: Result<Reply, ApiError>) {
        let asked = self.state.painting.take();
        if let (Ok(Reply::Brand(brand)), Some((_, organization))) = (outcome, asked) {
            self.state.painted = Some(organization);
            self.effect(Effect::Paint(brand));
        }
    }
}

/// The identity provider that a step leads to.
fn provider(document: &StepDocument) -> Option<String> {
    if let Step::Federate(data) = &document.step { Some(away(document, data)) } else { None }
}

/// Where a finished walk leads.
pub(super) fn redirect(step: &Step) -> Option<String> {
    match step {
        Step::Done(done) => Some(done.redirect.clone()),
        Step::Invitation(_)
        | Step::Identify(_)
        | Step::EmailCode(_)
        | Step::ChooseProvider(_)
        | Step::Federate(_)
        | Step::WrongAccount(_)
        | Step::Consent(_)
        | Step::Challenge(_)
        | Step::Attributes(_)
        | Step::Checking(_)
        | Step::PendingApproval(_)
        | Step::Blocked(_)
        | Step::Unknown(_) => None,
    }
}

/// The first faulty field, else the heading; and whether there is something to say that belongs to no field.
fn focus_and_words(document: &StepDocument) -> (Effect, bool) {
    let drawn = |name: &str| {
        document.actions.iter().flat_map(|action| &action.fields).any(|field| field.name == name)
    };
    let faulty = document
        .messages
        .iter()
        .filter(|message| message.severity == Severity::Error)
        .filter_map(|message| message.field.as_deref())
        .find(|name| drawn(name));
    let focus = faulty.map_or(Effect::FocusHeading, |name| Effect::FocusField(name.to_owned()));
    let speaks = document.messages.iter().any(|it| it.field.as_deref().is_none_or(|name| !drawn(name)));
    (focus, speaks)
}

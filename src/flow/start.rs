//! How the page begins: with what the server has drawn, or by asking the backend for everything.

use vestibule_contract::flow::Intent;

use super::arrive::{Arrival, redirect};
use super::state::{Purpose, Submission, Task};
use super::target::apart;
use super::turn::Turn;
use super::{Draw, Effect, Start, busy};
use crate::client::{ApiError, Call, Reply, StartCall};
use crate::route::{Place, Route};
use crate::screen::Screen;

impl Turn {
    pub(super) fn start(&mut self, start: Start) {
        let Start { route, page, origin, locale, seed } = start;
        self.state.route = route;
        self.state.origin = origin;
        self.state.seed = seed;
        let Some(page) = page else {
            let host = apart(&self.state.origin).map(|(_, host)| host.to_owned());
            let chrome = &mut self.state.page.chrome;
            chrome.host = host.unwrap_or_default();
            chrome.locale = locale;
            self.effect(Effect::Draw(Draw::Fresh));
            return self.begin(Purpose::Discover, busy::LOAD, vec![Call::Discovery]);
        };
        // The server has put its organization's look into the document already.
        self.state.painted = page.chrome.organization.as_ref().map(|card| card.id.clone());
        self.state.page = page;
        self.effect(Effect::Draw(Draw::Same));
        let Some(document) = self.document() else { return };
        let place = document.flow.id.clone().map(|flow| Place { flow, rev: document.flow.rev, depth: 0 });
        let done = redirect(&document.step);
        if let Some(place) = place {
            self.remember(&place);
        }
        if let Some(redirect) = done {
            self.finish_drawn(&redirect);
        }
        self.look_later();
    }

    /// The present history entry is this place of a flow, and its address that of the flow. The secret of an
    /// invitation leaves the address bar here (S71).
    pub(super) fn remember(&mut self, place: &Place) {
        self.state.route = Route::Flow { id: place.flow.clone() };
        self.state.place = Some(place.clone());
        self.effect(Effect::Replace(self.state.route.clone(), Some(place.clone())));
    }

    pub(super) fn discovered(&mut self, task: Task, reply: Reply) {
        let Reply::Discovery(discovery) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.state.endpoints = discovery.endpoints;
        self.state.redirect_origins = Some(discovery.redirect_origins);
        self.show();
    }

    /// At the entry without a page from the server: whoever is signed in goes on to the panel.
    pub(super) fn recognised(&mut self, task: Task, reply: &Reply) {
        let Reply::Session(_) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.go(self.panel_route(), true);
    }

    /// Starts a flow for what stands at the address, and then submits, if there is anything to submit yet.
    pub(super) fn start_flow(&mut self, submission: Option<Submission>) {
        let locale = self.state.page.chrome.locale.clone();
        let mut start = StartCall { locale, ..StartCall::default() };
        match &self.state.route {
            Route::Invitation { token } => {
                start.intent = Intent::Redeem;
                start.invitation = Some(token.clone());
            }
            Route::Home { organization, return_to } => {
                start.organization.clone_from(organization);
                start.return_to.clone_from(return_to);
            }
            Route::SignUp { user_flow, organization, return_to } => {
                start.intent = Intent::SignUp;
                start.user_flow = Some(user_flow.clone());
                start.organization.clone_from(organization);
                start.return_to.clone_from(return_to);
            }
            Route::Link { organization } => {
                start.intent = Intent::Link;
                start.organization.clone_from(organization);
            }
            Route::Flow { .. }
            | Route::Apps { .. }
            | Route::Account { .. }
            | Route::DeskInvite { .. }
            | Route::Unknown { .. } => {}
        }
        let call = Call::StartFlow(Box::new(start));
        let name = submission.as_ref().map_or(busy::LOAD, |it| it.action.as_str()).to_owned();
        self.begin(Purpose::Start(submission), &name, vec![call]);
    }

    /// The flow is there. If it shows what the preview showed, the action that was pressed follows; if it shows
    /// something else (the invitation has run out meanwhile, somebody else is signed in), the person sees that first.
    pub(super) fn flow_started(&mut self, task: Task, submission: Option<Submission>, reply: Reply) {
        let Reply::Step(document) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.state.begun.clone_from(&document.flow.id);
        let as_shown = match &self.state.page.screen {
            Screen::Step(screen) => screen.document.step.kind() == document.step.kind(),
            Screen::Panel(_)
            | Screen::Account(_)
            | Screen::Invite(_)
            | Screen::Failure(_)
            | Screen::Loading => false,
        };
        let offered =
            |submission: &Submission| document.actions.iter().any(|it| it.name == submission.action);
        let Some(submission) = submission.filter(|it| as_shown && offered(it)) else {
            return self.arrive(*document, Arrival::InPlace);
        };
        if let Some(flow) = &document.flow.id {
            self.remember(&Place { flow: flow.clone(), rev: document.flow.rev, depth: 0 });
        }
        if let Screen::Step(screen) = &mut self.state.page.screen {
            screen.document = *document;
        }
        self.state.task = None;
        self.submit(submission);
    }
}

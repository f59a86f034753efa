//! Ways out: links, the end of a walk, sign-out, and what must not stay behind.

use super::state::{Purpose, Task};
use super::target::{is_listed, is_safe};
use super::turn::Turn;
use super::{Draw, Effect, Target, busy, target};
use crate::client::{Call, Reply};
use crate::route::Route;
use crate::screen::Screen;

impl Turn {
    /// Goes to a page. Entries are loaded afresh: the server draws them without starting anything.
    pub(super) fn go(&mut self, route: Route, replace: bool) {
        match route {
            Route::Home { .. }
            | Route::Invitation { .. }
            | Route::SignUp { .. }
            | Route::Link { .. }
            | Route::Unknown { .. } => {
                self.leave([&self.state.origin, route.href().as_str()].concat(), replace);
            }
            Route::Flow { .. } | Route::Apps { .. } | Route::Account { .. } | Route::DeskInvite { .. } => {
                let entry = if replace { Effect::Replace } else { Effect::Push };
                self.effect(entry(route.clone(), None));
                self.state.route = route;
                self.state.place = None;
                self.show();
            }
        }
    }

    fn leave(&mut self, url: String, replace: bool) {
        self.effect(Effect::Leave { url, replace });
    }

    /// To an identity provider, by an address that nobody on the way could change, or to the page here that speaks to
    /// it; Back leads to the step that offers it as a link. Any other address stays a link.
    pub(super) fn visit(&mut self, url: &str) {
        match target(url, &self.state.origin) {
            Target::Foreign { url, origin } if is_safe(&origin) => self.leave(url, false),
            Target::Origin(url) => self.leave(url, false),
            Target::Foreign { .. } | Target::Page(_) | Target::Refused => {}
        }
    }

    /// The walk is done. Where it ends is the backend's to say and the page's to check (contract rule 6): what does
    /// not pass leads to the access panel (S72). Nobody on the way could have read or changed a safe address.
    pub(super) fn finish(&mut self, redirect: &str) {
        match target(redirect, &self.state.origin) {
            Target::Page(route) => self.go(route, true),
            Target::Origin(url) => self.leave(url, true),
            Target::Foreign { url, origin } if is_safe(&origin) => self.leave(url, true),
            Target::Foreign { url, origin } => match &self.state.redirect_origins {
                Some(list) if is_listed(&origin, list) => self.leave(url, true),
                Some(_) => self.go(self.panel_route(), true),
                None => self.begin(Purpose::Leave(url), busy::LOAD, vec![Call::Discovery]),
            },
            Target::Refused => self.go(self.panel_route(), true),
        }
    }

    /// The same where the server has drawn the end. It lets the browser go on by itself too, for whoever waits long for the
    /// script or has none: so this document is left, or its time would come on the next page.
    pub(super) fn finish_drawn(&mut self, redirect: &str) {
        match target(redirect, &self.state.origin) {
            Target::Page(route) => self.leave([&self.state.origin, route.href().as_str()].concat(), true),
            Target::Origin(_) | Target::Foreign { .. } | Target::Refused => self.finish(redirect),
        }
    }

    /// The backend has said which origins it sends people to.
    pub(super) fn may_leave(&mut self, task: Task, url: &str, reply: Reply) {
        let Reply::Discovery(discovery) = reply else { return self.may_not_leave() };
        drop(task);
        self.state.redirect_origins = Some(discovery.redirect_origins);
        self.settle();
        self.finish(url);
    }

    pub(super) fn may_not_leave(&mut self) {
        self.settle();
        self.go(self.panel_route(), true);
    }

    /// The panel of the organization that the page is about.
    pub(super) fn panel_route(&self) -> Route {
        let organization = match &self.state.route {
            Route::Home { organization, .. } => organization.clone(),
            Route::Invitation { .. }
            | Route::Flow { .. }
            | Route::Apps { .. }
            | Route::Account { .. }
            | Route::Link { .. }
            | Route::SignUp { .. }
            | Route::DeskInvite { .. }
            | Route::Unknown { .. } => None,
        };
        let organization = organization.or_else(|| self.organization());
        Route::Apps { organization, query: String::new() }
    }

    /// Id of the organization that the page is about.
    pub(super) fn organization(&self) -> Option<String> {
        self.state.page.chrome.organization.as_ref().map(|card| card.id.clone())
    }

    /// Begins again without a flow: where the document says, else at the entry.
    pub(super) fn restart(&mut self, address: Option<String>) {
        match address.map(|address| target(&address, &self.state.origin)) {
            Some(Target::Page(route)) => self.go(route, false),
            Some(Target::Origin(url)) => self.leave(url, false),
            Some(Target::Foreign { .. } | Target::Refused) | None => {
                self.go(Route::Home { organization: self.organization(), return_to: None }, false);
            }
        }
    }

    pub(super) fn sign_out(&mut self) {
        if !self.works() && !self.repeats(&Purpose::SignOut) {
            self.begin(Purpose::SignOut, busy::SIGN_OUT, vec![Call::SignOut]);
        }
    }

    pub(super) fn signed_out(&mut self) {
        self.effect(Effect::TellTabs);
        self.clear_out(Route::Home { organization: None, return_to: None });
    }

    pub(super) fn signed_out_elsewhere(&mut self) {
        if self.state.route.is_private() || self.state.page.chrome.account.is_some() {
            self.clear_out(Route::Home { organization: None, return_to: None });
        }
    }

    /// Nobody is signed in any more: the entry, of the organization whose page it was, and from there back here.
    /// A step is not come back to: its walk was the former session's.
    pub(super) fn sign_in_again(&mut self) {
        let return_to = self.state.route.is_private().then(|| self.state.route.href());
        self.clear_out(Route::Home { organization: self.organization(), return_to });
    }

    /// The browser brought the page back as it was left. What it shows may be somebody's who has signed out since
    /// (S77), so it is read again; private pages are empty meanwhile.
    pub(super) fn restored(&mut self) {
        if self.state.route.is_private() || self.state.page.chrome.account.is_some() {
            self.blank();
        }
        self.effect(Effect::Reload);
    }

    /// Nothing private stays: not on the page, not in the history entry, not in this document's memory, which ends.
    fn clear_out(&mut self, entry: Route) {
        self.blank();
        self.effect(Effect::Replace(entry.clone(), None));
        self.state.place = None;
        let url = [&self.state.origin, entry.href().as_str()].concat();
        self.state.route = entry;
        self.leave(url, true);
    }

    fn blank(&mut self) {
        self.abandon();
        self.state.page.chrome.account = None;
        self.state.page.screen = Screen::Loading;
        self.effect(Effect::Draw(Draw::Fresh));
    }
}

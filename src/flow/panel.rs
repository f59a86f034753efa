//! The access panel: search, more of it, another organization.

use super::state::{Purpose, Task};
use super::turn::Turn;
use super::{Announcement, Draw, Effect, busy};
use crate::client::{ApiError, Call, Reply};
use crate::route::Route;
use crate::screen::{PanelScreen, Screen};

impl Turn {
    fn panel(&mut self) -> Option<&mut PanelScreen> {
        match &mut self.state.page.screen {
            Screen::Panel(panel) => Some(panel),
            Screen::Step(_)
            | Screen::Account(_)
            | Screen::Invite(_)
            | Screen::Failure(_)
            | Screen::Loading => None,
        }
    }

    /// Searches. A newer search takes the place of one that is still under way.
    pub(super) fn search(&mut self, query: String) {
        let Some(panel) = self.panel() else { return };
        let organization = Some(panel.me.organization.id.clone());
        let call = Call::Apps { organization, query: query.clone(), cursor: None };
        self.begin(Purpose::Search(query), busy::SEARCH, vec![call]);
    }

    pub(super) fn searched(&mut self, task: Task, query: String, reply: Reply) {
        let Reply::Apps(apps) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.settle();
        let Some(panel) = self.panel() else { return };
        panel.apps = *apps;
        panel.query.clone_from(&query);
        let (shown, total) = (panel.apps.items.len(), panel.apps.total);
        let organization = Some(panel.me.organization.id.clone());
        self.state.route = Route::Apps { organization, query: query.clone() };
        self.effect(Effect::Replace(self.state.route.clone(), None));
        self.effect(Effect::Draw(Draw::Same));
        self.effect(Effect::Announce(Announcement::Found { query, shown, total }));
    }

    pub(super) fn more_apps(&mut self) {
        if self.works() {
            return;
        }
        let Some(panel) = self.panel() else { return };
        let Some(cursor) = panel.apps.next_cursor.clone() else { return };
        let organization = Some(panel.me.organization.id.clone());
        let call = Call::Apps { organization, query: panel.query.clone(), cursor: Some(cursor) };
        self.begin(Purpose::More, busy::MORE, vec![call]);
    }

    pub(super) fn lengthened(&mut self, task: Task, reply: Reply) {
        let Reply::Apps(next) = reply else { return self.fail(task, ApiError::BadAnswer) };
        self.settle();
        let Some(panel) = self.panel() else { return };
        panel.apps.items.extend(next.items);
        panel.apps.total = next.total;
        panel.apps.next_cursor = next.next_cursor;
        let ended = panel.apps.next_cursor.is_none();
        let query = panel.query.clone();
        let (shown, total) = (panel.apps.items.len(), panel.apps.total);
        self.effect(Effect::Draw(Draw::Same));
        // The button that had the focus is gone with the last part.
        if ended {
            self.effect(Effect::FocusHeading);
        }
        self.effect(Effect::Announce(Announcement::Found { query, shown, total }));
    }

    /// The same page of another organization.
    pub(super) fn select_organization(&mut self, id: String) {
        let organization = Some(id);
        let route = match &self.state.route {
            Route::Account { .. } => Route::Account { organization },
            Route::DeskInvite { .. } => Route::DeskInvite { organization },
            Route::Home { .. }
            | Route::Invitation { .. }
            | Route::Flow { .. }
            | Route::Apps { .. }
            | Route::Link { .. }
            | Route::SignUp { .. }
            | Route::Unknown { .. } => Route::Apps { organization, query: String::new() },
        };
        self.go(route, false);
    }
}

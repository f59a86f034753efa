//! Back and Forward (contract rule 3).
//!
//! A flow has one history entry a revision. Back is an action of the step where the step has one. Where it has none,
//! the entry that the browser now stands on shows the present step: nothing is undone, nothing is lost, and pressing
//! Back often enough leaves the page, as everywhere else.

use vestibule_contract::field::action;

use super::Effect;
use super::state::Submission;
use super::turn::Turn;
use crate::route::{Place, Route};
use crate::screen::Values;

impl Turn {
    pub(super) fn history_moved(&mut self, place: Option<Place>, route: Route) {
        match (place, self.state.place.clone()) {
            (Some(to), Some(from)) if to.flow == from.flow => self.moved_within_flow(to, &from),
            // A link to a part of the page makes an entry that remembers nothing.
            (None, from) if route.href() == self.state.route.href() => {
                self.effect(Effect::Replace(route, from));
            }
            (place, _) => {
                self.state.route = route;
                self.state.place = place;
                self.show_again();
            }
        }
    }

    fn moved_within_flow(&mut self, to: Place, from: &Place) {
        let back = to.depth < from.depth;
        let here = Place { rev: from.rev, ..to };
        self.remember(&here);
        if back && !self.works() && self.offered(action::BACK) {
            self.press(Submission {
                action: action::BACK.to_owned(),
                values: Values::new(),
                by_history: true,
            });
        }
    }

    /// Shows what stands at an address that history came to.
    fn show_again(&mut self) {
        match &self.state.route {
            // What the server draws without a flow is drawn by loading it.
            Route::Home { .. }
            | Route::Invitation { .. }
            | Route::SignUp { .. }
            | Route::Link { .. }
            | Route::Unknown { .. } => {
                self.effect(Effect::Reload);
            }
            Route::Flow { .. } | Route::Apps { .. } | Route::Account { .. } | Route::DeskInvite { .. } => {
                self.show();
            }
        }
    }
}

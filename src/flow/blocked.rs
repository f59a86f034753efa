//! Steps that the page makes itself, where the backend has answered with a problem instead of a step.

use vestibule_contract::document::{FlowRef, Links};
use vestibule_contract::field::{Action, ActionStyle, action};
use vestibule_contract::flow::Intent;
use vestibule_contract::step::{Blocked, BlockedReason};
use vestibule_contract::{Problem, Step, StepDocument};

use super::turn::Turn;
use crate::route::Route;

impl Turn {
    /// Says why it does not go on here, with a way to begin again.
    pub(super) fn blocked(&self, reason: BlockedReason, problem: Problem) -> StepDocument {
        let shown = self.document();
        let links = problem.links.unwrap_or_default();
        let help = links.help.or_else(|| shown.and_then(|document| document.links.help.clone()));
        let home = || Route::Home { organization: self.organization(), return_to: None }.href();
        StepDocument {
            flow: FlowRef {
                // There is no flow any more that could be asked to begin again.
                id: None,
                rev: shown.map_or(0, |document| document.flow.rev),
                intent: shown.map_or(Intent::SignIn, |document| document.flow.intent),
                organization: shown.and_then(|document| document.flow.organization.clone()),
                expires_at: None,
            },
            step: Step::Blocked(Blocked {
                reason,
                reference: problem.reference.unwrap_or_default(),
                contact: help.clone(),
                inviter: None,
            }),
            actions: vec![Action {
                name: action::RESTART.to_owned(),
                style: ActionStyle::Primary,
                label: None,
                fields: Vec::new(),
            }],
            messages: Vec::new(),
            progress: None,
            links: Links { restart: Some(links.restart.unwrap_or_else(home)), help, ..Links::default() },
            organization: self.state.page.chrome.organization.clone(),
            brand: None,
        }
    }
}

//! The document of a stop outside of any flow.

use vestibule_contract::document::FlowRef;
use vestibule_contract::flow::Intent;
use vestibule_contract::step::{BlockedReason, Step};
use vestibule_contract::{Message, StepDocument};
use vestibule_storage::organizations::Organization;

use super::{Drawn, blocked, card, links};
use crate::flows::state::{FlowState, Goal, Stage};

/// The document of a stop that belongs to no stored flow: a link that leads nowhere, a flow of another browser.
pub fn stop(
    reason: BlockedReason,
    reference: &str,
    organization: Option<&Organization>,
    inviter: Option<String>,
) -> StepDocument {
    let state = FlowState::new(
        Intent::Redeem,
        Goal::Redeem,
        Stage::Blocked { reason, reference: reference.to_owned() },
    );
    let id = organization.map(|organization| organization.id.to_string()).unwrap_or_default();
    let drawn = Drawn { id: None, rev: 0, organization: &id, state: &state, expires_at: None };
    let mut step = blocked(reason, reference, organization, None);
    if let Step::Blocked(blocked) = &mut step {
        blocked.inviter = inviter;
    }
    StepDocument {
        flow: FlowRef {
            id: None,
            rev: 0,
            intent: state.intent,
            organization: organization.map(|organization| organization.id.to_string()),
            expires_at: None,
        },
        step,
        actions: Vec::new(),
        messages: Vec::<Message>::new(),
        progress: None,
        links: links(&drawn, organization, None),
        brand: None,
        organization: organization.map(card),
    }
}

//! Stops, one for each reason.

use super::{button, document, sign_up};
use crate::StepDocument;
use crate::field::{ActionStyle, action};
use crate::step::{Blocked, BlockedReason, Step};

pub(super) fn blocked(reason: BlockedReason) -> StepDocument {
    let step = Step::Blocked(Blocked {
        reason,
        reference: "V-7Q2M-K4".into(),
        contact: Some("mailto:it@contoso.example".into()),
        inviter: Some("Mira Lindqvist".into()),
    });
    let mut document = document(5, step, Vec::new());
    let again = [
        BlockedReason::NotForYou,
        BlockedReason::ConsentRefused,
        BlockedReason::SignUpUnanswered,
        BlockedReason::TooManyAttempts,
        BlockedReason::Unavailable,
    ];
    if again.contains(&reason) {
        document.actions.push(button(action::RESTART, ActionStyle::Primary));
    }
    if reason == BlockedReason::NotForYou {
        document.actions.push(button(action::DECLINE_WITH_CODE, ActionStyle::Link));
    }
    if reason == BlockedReason::SignUpRefused {
        document.messages.push(sign_up::words("We take partners of the spring project only."));
    }
    document.links.restart = Some("/i/example".into());
    document.links.unsubscribe =
        (reason == BlockedReason::InvitationDeclined).then(|| "/unsubscribe/example".into());
    document
}

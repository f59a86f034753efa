//! `continue` on the invitation, and `back` from the code.

use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Moved, Walk};

/// The person wants to redeem: proof, consent or the end, as the invitation allows.
pub(super) async fn continue_invitation(walk: &mut Walk<'_>) -> Moved {
    walk.state.goal = Goal::Redeem;
    walk.follow_invitation().await?;
    Ok(Ok(()))
}

/// From the chooser back to the invitation.
#[expect(clippy::unnecessary_wraps, reason = "all moves have one shape")]
pub(super) fn back_to_invitation(walk: &mut Walk<'_>) -> Moved {
    walk.go(Stage::Invitation);
    Ok(Ok(()))
}

/// Back to where the code was chosen, or its address came from. A code under way keeps working until another is sent.
pub(super) async fn back(walk: &mut Walk<'_>) -> Moved {
    walk.state.federated = None;
    if !walk.other_ways().await? {
        walk.go(match walk.state.goal {
            Goal::Redeem | Goal::Decline => Stage::Invitation,
            Goal::SignIn => Stage::Identify,
        });
    }
    Ok(Ok(()))
}

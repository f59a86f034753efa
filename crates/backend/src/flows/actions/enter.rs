//! `continue` on the invitation, and `back` from the code.

use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Moved, Walk};

/// The person wants to redeem: proof, consent or the end, as the invitation allows.
pub(super) async fn continue_invitation(walk: &mut Walk<'_>) -> Moved {
    walk.state.goal = Goal::Redeem;
    walk.follow_invitation().await?;
    Ok(Ok(()))
}

/// From the chooser back to where it was asked for.
#[expect(clippy::unnecessary_wraps, reason = "all moves have one shape")]
pub(super) fn back_from_choice(walk: &mut Walk<'_>) -> Moved {
    match walk.state.goal {
        Goal::Redeem | Goal::Decline => walk.go(Stage::Invitation),
        Goal::SignIn | Goal::SignUp => walk.go(Stage::Identify),
        Goal::Link => walk.leave_linking(),
    }
    Ok(Ok(()))
}

/// Back to where the code was chosen, or its address came from. A code under way keeps working until another is sent.
pub(super) async fn back(walk: &mut Walk<'_>) -> Moved {
    walk.state.forget_provider();
    if walk.state.goal == Goal::Link {
        walk.leave_linking();
        return Ok(Ok(()));
    }
    if !walk.other_ways().await? {
        walk.go(match walk.state.goal {
            Goal::Redeem | Goal::Decline => Stage::Invitation,
            Goal::SignIn | Goal::SignUp | Goal::Link => Stage::Identify,
        });
    }
    Ok(Ok(()))
}

//! `restart`: from a stop back to the beginning of the same walk, with what was proven kept.

use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Moved, Walk};

/// Begins again.
#[expect(clippy::unnecessary_wraps, reason = "all moves have one shape")]
pub(super) fn restart(walk: &mut Walk<'_>) -> Moved {
    let stage = if walk.state.invitation.is_some() {
        walk.state.goal = Goal::Redeem;
        Stage::Invitation
    } else {
        walk.state.goal = Goal::SignIn;
        Stage::Identify
    };
    walk.go(stage);
    Ok(Ok(()))
}

//! `restart`: from a stop back to the beginning of the same walk, with what was proven kept.

use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Moved, Walk};
use crate::flows::ways::entry;

/// Begins again.
pub(super) async fn restart(walk: &mut Walk<'_>) -> Moved {
    let stage = if walk.state.invitation.is_some() {
        walk.state.goal = Goal::Redeem;
        Stage::Invitation
    } else {
        walk.state.goal = Goal::SignIn;
        {
            let last_used = walk.state.last_used.as_deref();
            entry(walk.app, walk.connection, &walk.organization, last_used).await?
        }
    };
    walk.go(stage);
    Ok(Ok(()))
}

//! `restart`: from a stop back to the beginning of the same walk, with what was proven kept.

use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Moved, Walk};
use crate::flows::ways::entry;

/// Begins again.
pub(super) async fn restart(walk: &mut Walk<'_>) -> Moved {
    if walk.state.invitation.is_some() {
        walk.state.goal = Goal::Redeem;
        walk.go(Stage::Invitation);
    } else if walk.state.sign_up.is_some() {
        walk.state.goal = Goal::SignUp;
        match walk.acting() {
            // The same door as everybody's: whoever acts now may be somebody else.
            Some(account) => walk.sign_up(account).await?,
            None => walk.offer_ways().await?,
        }
    } else {
        walk.state.goal = Goal::SignIn;
        let last_used = walk.state.last_used.as_deref();
        let stage = entry(walk.app, walk.connection, &walk.organization, last_used).await?;
        walk.go(stage);
    }
    Ok(Ok(()))
}

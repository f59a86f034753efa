//! Somebody else is signed in than was invited: switch, or go on where the organization allows it. The invitation
//! stays pending either way (T04, R45).

use crate::flows::walk::{Moved, Walk};

/// Leaves the present session aside and proves the invited mailbox.
pub(super) async fn switch(walk: &mut Walk<'_>) -> Moved {
    if let Some(invitation) = walk.invitation().await? {
        walk.session = None;
        walk.prove(&invitation).await?;
    }
    Ok(Ok(()))
}

/// Redeems as the present account.
pub(super) async fn go_on(walk: &mut Walk<'_>) -> Moved {
    walk.state.other_account_accepted = true;
    walk.follow_invitation().await?;
    Ok(Ok(()))
}

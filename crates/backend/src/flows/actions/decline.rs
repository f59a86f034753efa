//! Saying no. Without proof of the mailbox it ends this walk and changes nothing: a mail scanner that presses every
//! button must not decline for anybody (T02). With proof it is for good.

use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::Identity;
use vestibule_storage::apps;
use vestibule_storage::invitations::{self, Invitation};

use crate::flows::state::Goal;
use crate::flows::walk::{Moved, Walk, WalkError};
use crate::mail::unsubscribe::Unsubscribe;

/// "This isn't for me".
#[expect(clippy::unnecessary_wraps, reason = "all moves have one shape")]
pub(super) fn not_for_me(walk: &mut Walk<'_>) -> Moved {
    walk.block(BlockedReason::NotForYou);
    Ok(Ok(()))
}

/// Sends the code that proves who declines; a session of the invited address proves it already.
pub(super) async fn with_code(walk: &mut Walk<'_>) -> Moved {
    let Some(invitation) = walk.invitation().await? else {
        walk.block(BlockedReason::UnknownInvitation);
        return Ok(Ok(()));
    };
    walk.state.goal = Goal::Decline;
    let session = walk.signed_in();
    if session.into_iter().chain(&walk.state.proven).any(|account| account.address == invitation.address) {
        for_good(walk).await?;
    } else {
        walk.send_to_invited(&invitation).await?;
    }
    Ok(Ok(()))
}

/// Declines the invitation, if it can still be declined.
pub(in crate::flows) async fn for_good(walk: &mut Walk<'_>) -> Result<(), WalkError> {
    let Some(invitation) = walk.invitation().await? else {
        walk.block(BlockedReason::UnknownInvitation);
        return Ok(());
    };
    let declined = match invitation.life.decline(walk.now) {
        Ok(life) => invitations::update_life(walk.connection, &invitation, &life, walk.now).await?,
        Err(_) => false,
    };
    if declined {
        apps::withdraw(walk.connection, &invitation.organization, &invitation.user).await?;
        let actor = format!("user:{}", invitation.user);
        let subject = format!("invitation:{}", invitation.id);
        walk.audit(&actor, "invitation.declined", &subject, &serde_json::json!({})).await?;
        // That page speaks for the mailbox in every organization, so only the mailbox itself opens it (T08).
        let mailbox = Identity::of_mailbox(&invitation.address);
        if walk.signed_in().into_iter().chain(&walk.state.proven).any(|account| account.identity == mailbox) {
            let Invitation { address, organization, .. } = invitation;
            walk.state.unsubscribe = Some(Unsubscribe { address, organization }.path(walk.app)?);
        }
        walk.block(BlockedReason::InvitationDeclined);
    } else {
        let reason = crate::flows::invitation::dead_reason(&invitation, false, walk.now);
        walk.block(reason.unwrap_or(BlockedReason::InvitationUsed));
    }
    Ok(())
}

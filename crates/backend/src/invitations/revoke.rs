//! Taking an invitation back. From the commit on its link says so, whatever a guest was doing at that moment (T16).

use vestibule_domain::invitation::Invitation as Life;
use vestibule_domain::time::Timestamp;
use vestibule_storage::invitations::{self, Invitation};
use vestibule_storage::{Connection, StoreError, apps, outbox};

use super::create::note;
use super::resend::Refusal;
use crate::flows::walk::WalkError;
use crate::state::App;

/// Revokes, inside a write transaction.
pub async fn revoke(
    app: &App,
    connection: &mut Connection,
    organization: &str,
    id: &str,
    actor: &str,
) -> Result<Result<(), Refusal>, WalkError> {
    let now = app.now();
    let Some(invitation) = invitations::find(connection, organization, id).await? else {
        return Ok(Err(Refusal::Unknown));
    };
    let life = match invitation.life.revoke(now) {
        Ok(life) => life,
        Err(over) => return Ok(Err(over.into())),
    };
    take_back(connection, &invitation, &life, actor, now).await?;
    Ok(Ok(()))
}

/// Writes that an invitation is revoked, and takes back all that went with it: its links, a mail that still waits, and
/// what it would have shared.
pub(super) async fn take_back(
    connection: &mut Connection,
    invitation: &Invitation,
    life: &Life,
    actor: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (organization, id) = (&invitation.organization, &invitation.id);
    invitations::update_life(connection, invitation, life, now).await?;
    invitations::retire_links(connection, organization, id, now).await?;
    outbox::withdraw(connection, organization, id, now).await?;
    apps::withdraw(connection, organization, &invitation.user).await?;
    note(connection, invitation, actor, "invitation.revoked", now).await
}

//! Taking an invitation back. From the commit on its link says so, whatever a guest was doing at that moment (T16).

use vestibule_storage::{Connection, invitations};

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
    invitations::update_life(connection, &invitation, &life, now).await?;
    invitations::retire_links(connection, organization, id, now).await?;
    invitations::retire_links(connection, organization, id, now).await?;
    note(connection, &invitation, actor, "invitation.revoked", now).await?;
    Ok(Ok(()))
}

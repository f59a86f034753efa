//! Sending an invitation again: a new link, the old one says that it was replaced (T18).

use std::time::Duration;

use vestibule_domain::invitation::InvalidTransition;
use vestibule_domain::secret::Token;
use vestibule_storage::organizations::Organization;
use vestibule_storage::{Connection, apps, invitations, outbox};

use super::create::{Created, note};
use super::letter;
use crate::flows::walk::WalkError;
use crate::state::App;

/// Why nothing was resent.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// There is no such invitation.
    #[error("there is no such invitation")]
    Unknown,
    /// Its life is over.
    #[error("it cannot be sent again: {0}")]
    Over(#[from] InvalidTransition),
}

/// Resends, inside a write transaction.
pub async fn resend(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    id: &str,
    actor: &str,
) -> Result<Result<Created, Refusal>, WalkError> {
    let now = app.now();
    let Some(mut invitation) = invitations::find(connection, organization.id.as_str(), id).await? else {
        return Ok(Err(Refusal::Unknown));
    };
    let lifetime = Duration::from_secs(u64::from(organization.settings.invitation_days) * 24 * 60 * 60);
    let life = match invitation.life.resend(now, lifetime) {
        Ok(life) => life,
        Err(over) => return Ok(Err(over.into())),
    };
    invitations::update_life(connection, &invitation, &life, now).await?;
    // A mail that has not gone out yet would bring a link that no longer works.
    outbox::withdraw(connection, organization.id.as_str(), id, now).await?;
    let link = Token::generate(app.entropy.as_ref())?;
    invitations::rotate_link(connection, organization.id.as_str(), id, &link.hash(), now).await?;
    invitation.life = life;
    let shared = apps::promised(connection, &invitation, now).await?;
    note(connection, &invitation, actor, "invitation.resent", now).await?;
    letter::promise(app, connection, organization, &invitation, &link, &shared).await?;
    Ok(Ok(Created { invitation, link }))
}

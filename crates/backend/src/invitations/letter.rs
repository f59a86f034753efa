//! The invitation's mail: composed, sealed and promised with the change that it tells of.

use vestibule_domain::secret::Token;
use vestibule_storage::Connection;
use vestibule_storage::apps;
use vestibule_storage::invitations::Invitation;
use vestibule_storage::organizations::Organization;
use vestibule_storage::outbox::{self, Mail};

use crate::flows::walk::WalkError;
use crate::mail::compose::invitation::{InvitationMail, compose};
use crate::mail::kind;
use crate::mail::letter::Letter;
use crate::mail::unsubscribe::Unsubscribe;
use crate::state::App;

/// The address of an invitation. Built from configuration alone, never from a request (S108, R19).
pub fn link_url(app: &App, link: &Token) -> String {
    format!("{}/i/{}", app.config.public_url.origin(), link.reveal())
}

/// The mail as it will go out.
pub fn draw(
    app: &App,
    organization: &Organization,
    invitation: &Invitation,
    link: &str,
    shared: &[apps::App],
) -> Letter {
    compose(&InvitationMail { organization, invitation, link, shared }, &app.config)
}

/// Promises the mail, and its copy. Whether its reader still wants it is asked when it is about to leave (T23).
pub(super) async fn promise(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    invitation: &Invitation,
    link: &Token,
    shared: &[apps::App],
) -> Result<(), WalkError> {
    let letter = draw(app, organization, invitation, &link_url(app, link), shared);
    if invitation.cc.is_some() {
        push(app, connection, invitation, Letter { copy: true, ..letter.clone() }).await?;
    }
    push(app, connection, invitation, letter).await
}

async fn push(
    app: &App,
    connection: &mut Connection,
    invitation: &Invitation,
    mut letter: Letter,
) -> Result<(), WalkError> {
    let recipient = letter.recipient().clone();
    let unsubscribe = Unsubscribe { address: recipient, organization: invitation.organization.clone() };
    letter.unsubscribe = Some(format!("{}{}", app.config.public_url.origin(), unsubscribe.path(app)?));
    let mail = Mail {
        id: app.new_id()?,
        organization: invitation.organization.clone(),
        kind: if letter.copy { kind::COPY } else { kind::INVITATION }.to_owned(),
        about: invitation.id.clone(),
        sealed: letter.seal(&app.sealer, app.entropy.as_ref())?,
        not_after: invitation.life.expires_at,
        attempts: 0,
    };
    outbox::push(connection, &mail, app.now()).await?;
    Ok(())
}

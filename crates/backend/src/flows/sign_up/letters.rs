//! Mails about sign-ups that somebody decides about.

use std::time::Duration;

use vestibule_domain::address::EmailAddress;
use vestibule_storage::Connection;
use vestibule_storage::organizations::Organization;
use vestibule_storage::outbox::{self, Mail};
use vestibule_storage::sign_ups::SignUp;

use crate::flows::walk::WalkError;
use crate::mail::compose::approval::{Asked, Told, Verdict, compose_asked, compose_told};
use crate::mail::kind;
use crate::mail::letter::Letter;
use crate::state::App;

/// A mail that says how it was decided is worth sending for this long.
const WEEK: Duration = Duration::from_hours(24 * 7);

/// Promises the mail that asks somebody to decide.
pub(super) async fn ask(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    sign_up: &SignUp,
    approver: &EmailAddress,
) -> Result<(), WalkError> {
    let link = format!("{}/desk/signups?organization={}", app.config.public_url.origin(), organization.id);
    let letter = compose_asked(&Asked { to: approver, organization, sign_up, link: &link }, &app.config);
    push(app, connection, sign_up, (kind::APPROVAL, letter), sign_up.expires_at.since(app.now())).await
}

/// Promises the mail that tells the person.
pub(super) async fn tell(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    sign_up: &SignUp,
    verdict: Verdict,
    reason: &str,
) -> Result<(), WalkError> {
    let (origin, id) = (app.config.public_url.origin(), &organization.id);
    let link = match verdict {
        Verdict::Approved => Some(format!("{origin}/?organization={id}")),
        Verdict::Refused => None,
        Verdict::Unanswered => Some(format!("{origin}/signup/{}?organization={id}", sign_up.user_flow)),
    };
    let letter =
        compose_told(&Told { organization, sign_up, verdict, link: link.as_deref(), reason }, &app.config);
    push(app, connection, sign_up, (kind::DECISION, letter), WEEK).await
}

async fn push(
    app: &App,
    connection: &mut Connection,
    sign_up: &SignUp,
    (kind, letter): (&str, Letter),
    worth: Duration,
) -> Result<(), WalkError> {
    let mail = Mail {
        id: app.new_id()?,
        organization: sign_up.organization.clone(),
        kind: kind.to_owned(),
        about: sign_up.id.clone(),
        sealed: letter.seal(&app.sealer, app.entropy.as_ref())?,
        not_after: app.now().plus(worth),
        attempts: 0,
    };
    outbox::push(connection, &mail, app.now()).await?;
    Ok(())
}

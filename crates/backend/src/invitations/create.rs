//! Inviting somebody: one guest object, one invitation, one link, one mail, or nothing.

use serde_json::json;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::invitation::{Invitation as Life, InvitationState};
use vestibule_domain::permission::Role;
use vestibule_domain::secret::Token;
use vestibule_domain::time::Timestamp;
use vestibule_storage::apps::{self, Assignment};
use vestibule_storage::audit::{self, Event};
use vestibule_storage::invitations::{self, Invitation, Inviter};
use vestibule_storage::organizations::Organization;
use vestibule_storage::users::{self, Creation, User};
use vestibule_storage::{Connection, StoreError, limits};

use super::draft::check;
use super::letter;
use super::revoke::take_back;
use crate::flows::sending::limit_key;
use crate::flows::walk::WalkError;
use crate::state::App;

pub use super::draft::{Checked, Draft, Refusal};

/// An invitation that was made.
pub struct Created {
    /// The invitation.
    pub invitation: Invitation,
    /// The link's secret.
    pub link: Token,
}

/// Invites, inside a write transaction.
pub async fn create(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    inviter: &Inviter,
    actor: &str,
    draft: &Draft,
) -> Result<Result<Created, Refusal>, WalkError> {
    let now = app.now();
    let id = organization.id.as_str();
    let checked = match check(app, connection, organization, draft).await? {
        Ok(checked) => checked,
        Err(refusal) => return Ok(Err(refusal)),
    };
    // A copy to oneself floods nobody else.
    let own = inviter.email.as_deref().and_then(|text| EmailAddress::parse(text).ok());
    let copied = checked.cc.as_ref().filter(|cc| own.as_ref() != Some(cc));
    let recipients: Vec<&EmailAddress> = std::iter::once(&checked.address).chain(copied).collect();
    if let Err(refusal) = admit(app, connection, id, actor, &recipients, now).await? {
        return Ok(Err(refusal));
    }
    let user = guest(app, connection, id, &checked, now).await?;
    if user.disabled_at.is_some() {
        return Ok(Err(Refusal::Blocked));
    }
    // A newer invitation takes the place of those that still wait, so that one link works and not several.
    for older in invitations::pending_of_user(connection, id, &user.id).await? {
        if let Ok(life) = older.life.revoke(now) {
            take_back(connection, &older, &life, actor, now).await?;
        }
    }
    // Nor does what an invitation promised that has run out meanwhile.
    apps::withdraw(connection, id, &user.id).await?;
    let state = if user.accepted { InvitationState::Accepted } else { InvitationState::Pending };
    let invitation = Invitation {
        organization: id.to_owned(),
        id: app.new_id()?,
        user: user.id.clone(),
        address: user.address.clone(),
        name: checked.name.clone(),
        life: Life { state, version: 1, expires_at: now.plus(checked.lifetime) },
        inviter: inviter.clone(),
        message: checked.message.clone(),
        language: draft.language.clone().filter(|language| !language.is_empty()),
        cc: checked.cc.clone(),
        redirect_url: draft.redirect_url.clone(),
        apps: checked.apps.iter().map(|app| app.id.clone()).collect(),
        send_mail: draft.send_mail,
        created_at: now,
    };
    let link = Token::generate(app.entropy.as_ref())?;
    invitations::insert(connection, &invitation, &link.hash(), now).await?;
    for shared in &checked.apps {
        let assignment = Assignment {
            app: shared.id.clone(),
            user: user.id.clone(),
            granted_by: inviter.name.clone(),
            reason: checked.reason.clone(),
            since: now,
            until: None,
        };
        apps::assign(connection, id, &assignment).await?;
    }
    note(connection, &invitation, actor, "invitation.created", now).await?;
    if invitation.life.state == InvitationState::Accepted {
        // Somebody who is a guest already has nothing to redeem; the link only leads to what is new.
        note(connection, &invitation, actor, "invitation.accepted", now).await?;
    }
    if draft.send_mail {
        letter::promise(app, connection, organization, &invitation, &link, &checked.apps).await?;
    }
    Ok(Ok(Created { invitation, link }))
}

async fn admit(
    app: &App,
    connection: &mut Connection,
    organization: &str,
    actor: &str,
    recipients: &[&EmailAddress],
    now: Timestamp,
) -> Result<Result<(), Refusal>, StoreError> {
    let policy = &app.config.limits;
    let whose = ["by you", "by this organization", "to this address", "to the address of the copy"];
    let mut budgets = vec![
        (limit_key(&["invite", "inviter", organization, actor]), policy.invite_per_inviter),
        (limit_key(&["invite", "organization", organization]), policy.invite_per_organization),
    ];
    budgets.extend(
        recipients
            .iter()
            .map(|address| (limit_key(&["invite", "recipient", address.key()]), policy.invite_per_recipient)),
    );
    let admitted = limits::admit_all(connection, &budgets, now).await?;
    Ok(admitted.map_err(|(place, retry)| Refusal::Limited { whose: whose[place], retry }))
}

/// The guest object of an address: the one there is, else a new one that waits.
async fn guest(
    app: &App,
    connection: &mut Connection,
    organization: &str,
    checked: &Checked,
    now: Timestamp,
) -> Result<User, WalkError> {
    if let Some(user) = users::find_by_address(connection, organization, &checked.address).await? {
        return Ok(user);
    }
    let user = User {
        organization: organization.to_owned(),
        id: app.new_id()?,
        address: checked.address.clone(),
        name: checked.name.clone(),
        role: Role::Guest,
        accepted: false,
        state_changed_at: now,
        created_at: now,
        disabled_at: None,
    };
    users::insert(connection, &user, Creation::Invitation).await?;
    Ok(user)
}

/// Writes an audit entry on an invitation.
pub(super) async fn note(
    connection: &mut Connection,
    invitation: &Invitation,
    actor: &str,
    action: &str,
    now: Timestamp,
) -> Result<(), StoreError> {
    let subject = format!("invitation:{}", invitation.id);
    let detail = json!({ "user": invitation.user, "apps": invitation.apps }).to_string();
    let event =
        Event { organization: &invitation.organization, actor, action, subject: &subject, detail: &detail };
    audit::append(connection, &event, now).await
}

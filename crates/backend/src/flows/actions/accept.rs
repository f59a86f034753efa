//! Consent: the only place where an invitation is redeemed.
//!
//! Decide, then claim. The decision is taken again with the facts of this moment; the claim is one conditional
//! update, and guest, identity, consent and audit are written with it or not at all (P2, T13 to T16).

use serde_json::json;
use vestibule_contract::document::OrganizationCard;
use vestibule_contract::step::{BlockedReason, Permission, SharedValue};
use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::redemption::Decision;
use vestibule_domain::time::Timestamp;
use vestibule_storage::audit::{self, Event};
use vestibule_storage::consents::{self, Consent};
use vestibule_storage::invitations::{self, Invitation};
use vestibule_storage::organizations::Organization;
use vestibule_storage::{Connection, sign_ups, users};

use crate::flows::document::shared_values;
use crate::flows::invitation::reason_of;
use crate::flows::state::{Goal, Stage};
use crate::flows::walk::{Moved, Walk, WalkError};
use crate::state::App;

/// What a stored consent says: who asked, for what, with which values.
#[derive(serde::Serialize, serde::Deserialize)]
pub struct ConsentText {
    /// To whom.
    pub organization: OrganizationCard,
    /// For what.
    pub permissions: Vec<Permission>,
    /// With which values.
    pub shared: Vec<SharedValue>,
}

/// The person agrees.
pub(super) async fn accept(walk: &mut Walk<'_>) -> Moved {
    let Stage::Consent { account: shown } = walk.state.stage.clone() else {
        return Ok(Ok(()));
    };
    if !walk.is_believed(&shown.identity).await? {
        walk.state.proven = None;
        walk.session = None;
        walk.provider_is_gone().await?;
        return Ok(Ok(()));
    }
    let (Some(invitation), Some(organization)) = (walk.invitation().await?, walk.organization().await?)
    else {
        let is_guest = users::tied_to(walk.connection, &walk.organization, &shown.identity).await?.is_some();
        if walk.state.goal == Goal::SignUp && !is_guest {
            walk.agree_to_sign_up(shown).await?;
        } else {
            walk.consent_again(shown).await?;
        }
        return Ok(Ok(()));
    };
    match walk.decide(&invitation, &organization, true).await? {
        Decision::Redeem { .. } if walk.acting_for(&invitation) == shown => {
            walk.redeem(&invitation, &organization, shown).await?;
        }
        Decision::AlreadyMine if walk.acting_for(&invitation) == shown => {
            walk.give_consent(&invitation.user, &shown.address).await?;
            walk.finish(&invitation, &organization, shown).await?;
        }
        // Who acts is no longer who was shown the values and agreed to them: it is asked again, or proven.
        Decision::Redeem { .. }
        | Decision::AlreadyMine
        | Decision::ProveMailbox
        | Decision::WrongAccount { .. }
        | Decision::AskConsent { .. } => walk.follow_invitation().await?,
        Decision::Refused(refusal) => walk.block(reason_of(refusal)),
    }
    Ok(Ok(()))
}

/// The person does not agree: nothing changes, and the page says so.
#[expect(clippy::unnecessary_wraps, reason = "all moves have one shape")]
pub(super) fn cancel(walk: &mut Walk<'_>) -> Moved {
    walk.block(BlockedReason::ConsentRefused);
    Ok(Ok(()))
}

impl Walk<'_> {
    /// Claims the invitation and writes all that hangs on it, or goes where what is true now leads.
    async fn redeem(
        &mut self,
        invitation: &Invitation,
        organization: &Organization,
        account: Account,
    ) -> Result<(), WalkError> {
        let Account { address, identity } = &account;
        let theirs = users::tied_to(self.connection, &self.organization, identity).await?;
        if theirs.is_some_and(|user| user != invitation.user) {
            // This account is another guest here already, who may be disabled, and one identity is never two people (I6): only the invited
            // mailbox can redeem.
            self.go(Stage::WrongAccount { active: address.clone(), may_continue: false });
            return Ok(());
        }
        if !invitations::claim(self.connection, invitation, address, self.now).await? {
            // Somebody was faster between the decision and the claim.
            return self.follow_invitation().await;
        }
        users::accept(self.connection, &self.organization, &invitation.user, self.now).await?;
        users::add_identity(self.connection, &self.organization, &invitation.user, identity, self.now)
            .await?;
        self.give_consent(&invitation.user, address).await?;
        // Whoever waits for a decision about a sign-up needs none any more.
        let (by, user) = (organization.name.as_str(), invitation.user.as_str());
        sign_ups::settle_of(self.connection, &self.organization, address, by, user, self.now).await?;
        let actor = format!("user:{}", invitation.user);
        let subject = format!("invitation:{}", invitation.id);
        let detail = json!({ "invited": invitation.address.key(), "redeemed": address.key(), "provider": identity.provider });
        self.audit(&actor, "invitation.accepted", &subject, &detail).await?;
        self.finish(invitation, organization, account).await
    }

    /// Stores the consent, with the very values that the screen showed.
    pub(in crate::flows) async fn give_consent(
        &mut self,
        user: &str,
        account: &EmailAddress,
    ) -> Result<(), WalkError> {
        let Some(organization) = self.organization().await? else { return Ok(()) };
        let name = users::find(self.connection, organization.id.as_str(), user).await?.and_then(|it| it.name);
        let given = Consented { user, account, name: name.as_deref(), at: self.now };
        record_consent(self.app, self.connection, &organization, &given).await
    }
}

/// A consent that was given.
#[derive(Clone, Copy, Debug)]
pub struct Consented<'a> {
    /// Id of the user.
    pub user: &'a str,
    /// The account that gave it.
    pub account: &'a EmailAddress,
    /// The name that the screen showed, where it showed one.
    pub name: Option<&'a str>,
    /// When.
    pub at: Timestamp,
}

/// Stores a consent, with the very values that the screen showed.
///
/// # Errors
/// When the store fails, or there is no randomness.
pub async fn record_consent(
    app: &App,
    connection: &mut Connection,
    organization: &Organization,
    given: &Consented<'_>,
) -> Result<(), WalkError> {
    let (id, user) = (organization.id.as_str(), given.user);
    let text = ConsentText {
        organization: crate::flows::document::card(organization),
        permissions: Permission::ALL.to_vec(),
        shared: shared_values(given.account, given.name),
    };
    let consent = Consent {
        id: app.new_id()?,
        given_at: given.at,
        revoked_at: None,
        record: serde_json::to_string(&text)?,
    };
    if consents::give(connection, id, user, &consent).await? {
        let actor = format!("user:{user}");
        let detail = json!({ "consent": consent.id }).to_string();
        let event = Event {
            organization: id,
            actor: &actor,
            action: "consent.given",
            subject: &actor,
            detail: &detail,
        };
        audit::append(connection, &event, app.now()).await?;
    }
    Ok(())
}

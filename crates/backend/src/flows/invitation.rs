//! What an invitation allows, asked with the facts of this moment.

use vestibule_contract::step::{BlockedReason, DoneKind};
use vestibule_domain::account::Account;
use vestibule_domain::invitation::Status;
use vestibule_domain::redemption::{Decision, Facts, Refusal, decide};
use vestibule_domain::redirect::{AppUrl, Target, resolve};
use vestibule_storage::apps::App;
use vestibule_storage::invitations::{self, Invitation};
use vestibule_storage::organizations::Organization;
use vestibule_storage::users;
use vestibule_storage::{StoreError, apps, consents};

use super::state::Stage;
use super::walk::{Walk, WalkError};

impl Walk<'_> {
    /// The invitation of this flow. The flow carries it, nothing from the client is asked (T17).
    pub async fn invitation(&mut self) -> Result<Option<Invitation>, StoreError> {
        match self.state.invitation.clone() {
            Some(id) => invitations::find(self.connection, &self.organization, &id).await,
            None => Ok(None),
        }
    }

    /// Goes where the invitation allows, with what is proven by now: asks for proof, for consent, stops, or ends.
    pub async fn follow_invitation(&mut self) -> Result<(), WalkError> {
        let (Some(invitation), Some(organization)) = (self.invitation().await?, self.organization().await?)
        else {
            self.block(BlockedReason::UnknownInvitation);
            return Ok(());
        };
        match self.decide(&invitation, &organization, false).await? {
            Decision::ProveMailbox => self.prove(&invitation).await?,
            Decision::WrongAccount { may_continue } => {
                let active = self.acting().map_or(invitation.address, |account| account.address);
                self.go(Stage::WrongAccount { active, may_continue });
            }
            // Nobody has agreed at this point, so there is nothing to redeem yet.
            Decision::AskConsent { .. } | Decision::Redeem { .. } => {
                let account = self.acting_for(&invitation);
                self.go(Stage::Consent { account });
            }
            Decision::AlreadyMine => {
                let account = self.acting_for(&invitation);
                // Somebody who took the consent back is asked again before coming in.
                if !consents::is_given(self.connection, &self.organization, &invitation.user).await? {
                    self.go(Stage::Consent { account });
                    return Ok(());
                }
                self.finish(&invitation, &organization, account).await?;
            }
            Decision::Refused(refusal) => self.block(reason_of(refusal)),
        }
        Ok(())
    }

    /// The pure decision, with the facts of this moment. `consented` is whether the person agrees right now.
    pub async fn decide(
        &mut self,
        invitation: &Invitation,
        organization: &Organization,
        consented: bool,
    ) -> Result<Decision, StoreError> {
        let user = users::find(self.connection, &self.organization, &invitation.user).await?;
        let acting = self.acting();
        let mine = match &acting {
            Some(account) => users::of_identity(self.connection, &account.identity)
                .await?
                .iter()
                .any(|user| user.organization == self.organization && user.id == invitation.user),
            None => false,
        };
        let status = invitation.life.status(self.now);
        // A redeemed link stays a way back (as in Entra): its owner proves the mailbox again and is signed in.
        if status == Status::Accepted && acting.is_none() {
            return Ok(Decision::ProveMailbox);
        }
        // The links of a revoked invitation are retired too; what became of it says more.
        let superseded_link = match (&self.state.link, status) {
            (Some(link), Status::Pending | Status::Accepted | Status::Expired) => {
                invitations::is_replaced(self.connection, link).await?
            }
            (None, _) | (Some(_), Status::Revoked | Status::Declined) => false,
        };
        Ok(decide(&Facts {
            status,
            superseded_link,
            invited: &invitation.address,
            proven: self.state.proven.as_ref().map(|account| &account.address),
            session: self.signed_in().map(|account| &account.address),
            mode: organization.settings.redemption,
            domain_admitted: organization
                .settings
                .domains
                .admits(acting.as_ref().map_or(&invitation.address, |account| &account.address)),
            guest_disabled: user.is_none_or(|user| user.disabled_at.is_some()),
            redeemed_by_same: mine,
            consented,
            wrong_account_accepted: self.state.other_account_accepted,
        }))
    }

    /// Who acts: a proof made in this flow says more than the session that the browser happened to have.
    pub fn acting(&self) -> Option<Account> {
        self.state.proven.clone().or_else(|| self.signed_in().cloned())
    }

    /// The same where nobody could have come so far without any.
    pub fn acting_for(&self, invitation: &Invitation) -> Account {
        self.acting().unwrap_or_else(|| Account::of_mailbox(invitation.address.clone()))
    }

    /// Where a wish leads: a page of ours, or one of these apps (T09, S72).
    pub(super) fn target(&self, wish: &str, all: &[App]) -> Option<Target> {
        let registered: Vec<AppUrl> =
            all.iter().filter_map(|app| AppUrl::parse(&app.launch_url).ok()).collect();
        resolve(wish, &registered, self.app.config.public_url.origin())
    }

    /// Ends the walk of a redeemed invitation: signs in and says where to go (T09: checked again now).
    pub async fn finish(
        &mut self,
        invitation: &Invitation,
        organization: &Organization,
        account: Account,
    ) -> Result<(), WalkError> {
        let all = apps::list(self.connection, &self.organization).await?;
        let panel = format!("/apps?organization={}", organization.id);
        let (redirect, kind) = match self.target(&invitation.redirect_url, &all) {
            Some(Target::App(url)) => (url, DoneKind::App),
            Some(Target::Path(path)) if path != "/" && path != "/apps" => (path, DoneKind::Panel),
            Some(Target::Path(_)) | None => (panel, DoneKind::Panel),
        };
        self.sign_in = Some(account);
        self.go(Stage::Done { redirect, kind });
        Ok(())
    }
}

/// What a refusal is called on the wire.
pub fn reason_of(refusal: Refusal) -> BlockedReason {
    match refusal {
        Refusal::Expired => BlockedReason::InvitationExpired,
        Refusal::Revoked => BlockedReason::InvitationRevoked,
        Refusal::Declined => BlockedReason::InvitationDeclined,
        Refusal::Replaced => BlockedReason::InvitationReplaced,
        Refusal::Used => BlockedReason::InvitationUsed,
        Refusal::DomainBlocked => BlockedReason::DomainBlocked,
        Refusal::Disabled => BlockedReason::AccountDisabled,
    }
}

/// Why an invitation cannot be looked at any more, if it cannot. A redeemed one can: it is a way back.
pub fn dead_reason(
    invitation: &Invitation,
    replaced: bool,
    now: vestibule_domain::time::Timestamp,
) -> Option<BlockedReason> {
    match invitation.life.status(now) {
        Status::Revoked => Some(BlockedReason::InvitationRevoked),
        Status::Declined => Some(BlockedReason::InvitationDeclined),
        Status::Pending | Status::Accepted | Status::Expired if replaced => {
            Some(BlockedReason::InvitationReplaced)
        }
        Status::Expired => Some(BlockedReason::InvitationExpired),
        Status::Pending | Status::Accepted => None,
    }
}

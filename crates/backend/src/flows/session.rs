//! Coming in by sign-in: who may, and where to.

use vestibule_contract::step::{BlockedReason, DoneKind};
use vestibule_domain::account::{Account, Identity};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::permission::Role;
use vestibule_domain::redirect::{Target, resolve};
use vestibule_storage::invitations::Invitation;
use vestibule_storage::users::{self, User};
use vestibule_storage::{StoreError, consents, invitations, organizations};

use super::state::{Goal, Stage};
use super::walk::{Walk, WalkError};

impl Walk<'_> {
    /// The stored spelling of an address whose code could let somebody in: who belongs here, or is invited.
    pub async fn known_as(&mut self, address: &EmailAddress) -> Result<Option<EmailAddress>, StoreError> {
        let users = self.belonging(&Identity::of_mailbox(address)).await?;
        if let Some(user) = users.iter().find(|user| user.address == *address) {
            return Ok(Some(user.address.clone()));
        }
        if !users.is_empty() {
            // Redeemed with another account than was invited: the identity holds the address.
            return Ok(EmailAddress::parse(address.key()).ok());
        }
        Ok(self.waiting_invitation(address).await?.map(|invitation| invitation.address))
    }

    /// Where the code for an address that somebody typed goes. A stranger who lets himself in may come from anywhere.
    pub async fn recipient(&mut self, address: &EmailAddress) -> Result<Option<EmailAddress>, StoreError> {
        let known = self.known_as(address).await?;
        Ok(known.or_else(|| (self.state.goal == Goal::SignUp).then(|| address.clone())))
    }

    /// Users of an identity, in the flow's organization when it has one.
    async fn belonging(&mut self, identity: &Identity) -> Result<Vec<User>, StoreError> {
        let mut users = users::of_identity(self.connection, identity).await?;
        users.retain(|user| self.organization.is_empty() || user.organization == self.organization);
        Ok(users)
    }

    /// An invitation that waits for this address: signing in redeems it (as Entra's direct links do).
    async fn waiting_invitation(&mut self, address: &EmailAddress) -> Result<Option<Invitation>, StoreError> {
        invitations::waiting_for(self.connection, &self.organization, address, self.now).await
    }

    /// Lets a proven account in: to the panel, or first to the consent that is missing. `false` when nobody here is
    /// that account.
    pub async fn come_in(&mut self, account: Account) -> Result<bool, WalkError> {
        let users = self.belonging(&account.identity).await?;
        for user in &users {
            if user.role != Role::Guest
                || consents::is_given(self.connection, &user.organization, &user.id).await?
            {
                if self.state.goal == Goal::SignUp {
                    self.arrive_by_sign_up(account).await?;
                } else {
                    self.enter_panel(account, Some(&user.organization));
                }
                return Ok(true);
            }
        }
        if let Some(user) = users.first() {
            self.organization.clone_from(&user.organization);
            self.go(Stage::Consent { account });
            return Ok(true);
        }
        let Some(invitation) = self.waiting_invitation(&account.address).await? else { return Ok(false) };
        if !organizations::believes(self.connection, &invitation.organization, &account.identity).await? {
            return Ok(false);
        }
        self.organization.clone_from(&invitation.organization);
        self.state.invitation = Some(invitation.id);
        self.state.goal = Goal::Redeem;
        self.follow_invitation().await?;
        Ok(true)
    }

    /// The same, or a stop that says that this account comes in nowhere here.
    pub async fn come_in_or_stop(&mut self, account: Account) -> Result<(), WalkError> {
        if !self.come_in(account).await? {
            self.block(BlockedReason::AccountDisabled);
        }
        Ok(())
    }

    /// A guest who had taken the consent back gives it again.
    pub async fn consent_again(&mut self, account: Account) -> Result<(), WalkError> {
        if self.acting().as_ref() != Some(&account) {
            // Signed out since: a flow that is left open at a browser signs nobody in.
            self.go(Stage::Identify);
            return Ok(());
        }
        let Some(user) = self.belonging(&account.identity).await?.first().map(|user| user.id.clone()) else {
            self.block(BlockedReason::AccountDisabled);
            return Ok(());
        };
        self.give_consent(&user, &account.address).await?;
        let organization = self.organization.clone();
        self.enter_panel(account, Some(&organization));
        Ok(())
    }

    fn enter_panel(&mut self, account: Account, organization: Option<&str>) {
        let wish = self.state.return_to.take();
        let organization = organization.filter(|_| !self.organization.is_empty());
        let redirect = landing(wish.as_deref(), organization, self.app.config.public_url.origin());
        self.sign_in = Some(account);
        self.go(Stage::Done { redirect, kind: DoneKind::Panel });
    }
}

/// Where somebody who is signed in lands: the page of ours that was wished for, else the panel (S72).
pub fn landing(wish: Option<&str>, organization: Option<&str>, origin: &str) -> String {
    match wish.and_then(|wish| resolve(wish, &[], origin)) {
        Some(Target::Path(path)) if path != "/" => path,
        Some(Target::Path(_) | Target::App(_)) | None => match organization {
            Some(organization) => format!("/apps?organization={organization}"),
            None => "/apps".to_owned(),
        },
    }
}

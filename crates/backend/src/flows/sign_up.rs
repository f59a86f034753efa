//! Self-service sign-up: from a proven account to a guest, by the rules of a user flow.
//!
//! The order is fixed: consent, the first connector, the form, the second connector, approval, the guest. Each is left out
//! where the user flow has none. [`go_on`](Walk::go_on) finds the next from what the flow's state says is behind, so that
//! a walk goes on where it stood after a crash, a stop or a wait.

mod approval;
pub mod ask;
mod challenge;
mod claims;
pub mod create;
pub mod decide;
mod form;
mod letters;
mod start;
pub mod unanswered;

use std::collections::BTreeMap;
use std::time::Duration;

use serde::{Deserialize, Serialize};
use vestibule_contract::field::Field;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::sign_up::UserFlow;
use vestibule_domain::time::Timestamp;
use vestibule_storage::organizations::Organization;
use vestibule_storage::{StoreError, user_flows, users};

use super::state::{Goal, Stage, Way};
use super::walk::{Moved, Walk, WalkError};
use crate::connectors::Point;

pub(crate) use claims::{custom, named_values, taken};
pub use form::{choices, readable, wrong};
pub use start::open;

/// What bounds of a day are counted in.
const DAY: Duration = Duration::from_hours(24);

/// How far a sign-up is.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct SignUp {
    /// Id of the user flow.
    pub user_flow: String,
    /// Whose progress this is: what one account has agreed to, filled in and passed is no other's.
    #[serde(default)]
    pub account: Option<Account>,
    /// When the person agreed, and to what: a consent as it is stored.
    #[serde(default)]
    pub agreed: Option<Agreed>,
    /// Whether the form was filled in.
    pub filled: bool,
    /// What was filled in, by attribute.
    pub values: BTreeMap<String, String>,
    /// Where connectors have been asked already.
    #[serde(default)]
    pub asked: Vec<Point>,
}

/// A consent that was given before there is a guest to give it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Agreed {
    /// When.
    pub at: Timestamp,
    /// The name that the screen showed, where it showed one.
    pub name: Option<String>,
}

impl Walk<'_> {
    /// The user flow of this walk, while anybody can use it.
    pub(super) async fn user_flow(&mut self) -> Result<Option<(Organization, UserFlow)>, StoreError> {
        let Some(sign_up) = &self.state.sign_up else { return Ok(None) };
        let id = sign_up.user_flow.clone();
        let organization = self.organization().await?.filter(|it| it.settings.self_service_sign_up);
        let found = user_flows::find(self.connection, &self.organization, &id).await?;
        Ok(organization.zip(found.map(|found| found.flow).filter(|flow| flow.enabled)))
    }

    /// Whether somebody of this address may come by this walk at all. Asked before any mail goes out.
    async fn may_sign_up(&mut self, address: &EmailAddress) -> Result<bool, StoreError> {
        if self.state.goal != Goal::SignUp {
            return Ok(true);
        }
        let organization = self.organization().await?;
        Ok(organization.is_some_and(|it| it.settings.domains.admits(address)))
    }

    /// Stops whom the organization's list keeps out; `false` for everybody else.
    pub(super) async fn is_kept_out(&mut self, address: &EmailAddress) -> Result<bool, StoreError> {
        let kept_out = !self.may_sign_up(address).await?;
        if kept_out {
            self.block(BlockedReason::DomainBlocked);
        }
        Ok(kept_out)
    }

    /// Whether the user flow takes the way in which an account was proven.
    pub(super) fn takes(flow: &UserFlow, account: &Account) -> bool {
        let by = if account.identity.is_mailbox() { Way::EMAIL } else { account.identity.provider.as_str() };
        flow.offers(by)
    }

    /// Who is proven lets himself in. Who is a guest already, or invited, comes in as that (T33).
    pub(super) async fn sign_up(&mut self, account: Account) -> Result<(), WalkError> {
        if self.come_in(account.clone()).await? {
            return Ok(());
        }
        let Some((_, flow)) = self.user_flow().await? else {
            self.block(BlockedReason::SignUpOff);
            return Ok(());
        };
        let known = users::find_by_address(self.connection, &self.organization, &account.address).await?;
        if known.is_some_and(|user| user.disabled_at.is_some() || user.accepted) {
            // Accepted, and not by this account: the address is a guest's who signs in otherwise.
            self.block(BlockedReason::AccountDisabled);
            return Ok(());
        }
        if self.wait_or_stop(&flow, &account).await? {
            return Ok(());
        }
        let known = self.unanswered_values(&flow, &account).await?;
        self.begin_as(&account, known);
        self.go_on(account).await
    }

    /// Whoever lets himself in begins anew where somebody else has come some way in this flow.
    fn begin_as(&mut self, account: &Account, values: BTreeMap<String, String>) {
        let Some(sign_up) = &mut self.state.sign_up else { return };
        if sign_up.account.as_ref() != Some(account) {
            let user_flow = std::mem::take(&mut sign_up.user_flow);
            *sign_up = SignUp { user_flow, account: Some(account.clone()), values, ..SignUp::default() };
            if self.state.proven.as_ref() != Some(account) {
                self.state.names.clear();
            }
        }
    }

    /// The person agrees to what the organization receives.
    pub(super) async fn agree_to_sign_up(&mut self, account: Account) -> Result<(), WalkError> {
        if self.acting().as_ref() != Some(&account) {
            // Signed out since: a flow that is left open at a browser lets nobody in.
            return self.offer_ways().await;
        }
        // What the screen of the consent showed goes on; the form may change it.
        let known =
            self.state.names.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect();
        let name = self.state.name_of_stranger();
        if let Some(sign_up) = &mut self.state.sign_up {
            sign_up.agreed = Some(Agreed { at: self.now, name });
            sign_up.values.extend(claims::taken(&[], &known));
        }
        self.go_on(account).await
    }

    /// The next thing that the user flow asks, or the end.
    pub(super) async fn go_on(&mut self, account: Account) -> Result<(), WalkError> {
        let Some((organization, flow)) = self.user_flow().await? else {
            self.block(BlockedReason::SignUpOff);
            return Ok(());
        };
        let Some(sign_up) = self.state.sign_up.clone() else { return Ok(()) };
        if sign_up.account.as_ref() != Some(&account) || !Self::takes(&flow, &account) {
            return self.offer_ways().await;
        }
        // Again at each step, and so when the guest is made: the list may have changed since.
        if !organization.settings.domains.admits(&account.address) {
            self.block(BlockedReason::DomainBlocked);
            return Ok(());
        }
        if sign_up.agreed.is_none() {
            self.go(Stage::Consent { account });
            return Ok(());
        }
        if flow.after_federation.is_some() && !sign_up.asked.contains(&Point::AfterFederation) {
            return self.wait_for(account, Point::AfterFederation).await;
        }
        if !flow.attributes.is_empty() && !sign_up.filled {
            let fields = form::fields(&flow, &self.state.locale, &sign_up.values);
            self.go(Stage::Attributes { account, fields });
            return Ok(());
        }
        if flow.before_creation.is_some() && !sign_up.asked.contains(&Point::BeforeCreation) {
            return self.wait_for(account, Point::BeforeCreation).await;
        }
        match &flow.approval {
            Some(approval) => self.ask_approvers(&organization, &flow, approval, account).await,
            None => self.create_guest(&organization, &flow, account).await,
        }
    }

    /// Whether the user flow asks something else by now than these fields.
    async fn asks_otherwise(&mut self, shown: &[Field]) -> Result<bool, StoreError> {
        let Some((_, flow)) = self.user_flow().await? else { return Ok(false) };
        let bare = |fields: &[Field]| -> Vec<Field> {
            fields.iter().map(|field| Field { value: None, ..field.clone() }).collect()
        };
        Ok(bare(shown) != form::fields(&flow, &self.state.locale, &BTreeMap::new()))
    }

    /// Takes the form.
    pub(super) async fn fill_in(&mut self, values: &super::actions::Values) -> Moved {
        let Stage::Attributes { account, fields } = self.state.stage.clone() else { return Ok(Ok(())) };
        let wrong = wrong(&fields, values);
        if !wrong.is_empty() {
            return Ok(Err(super::walk::Invalid(wrong)));
        }
        if self.acting().as_ref() != Some(&account) {
            self.offer_ways().await?;
            return Ok(Ok(()));
        }
        if self.asks_otherwise(&fields).await? {
            // Another form than was filled in: with what was typed, and to be looked at.
            if let Some(sign_up) = &mut self.state.sign_up {
                sign_up.values.extend(form::taken(&fields, values));
            }
            let text = "The form has changed meanwhile. Look at it again.";
            self.say(Message::new(MessageCode::MovedOn, Severity::Info, text));
            self.go_on(account).await?;
            return Ok(Ok(()));
        }
        if let Some(sign_up) = &mut self.state.sign_up {
            // What a connector gave beside the form stays; what the form asks is as it is now.
            sign_up.values.retain(|name, _| !fields.iter().any(|field| field.name == *name));
            sign_up.values.extend(form::taken(&fields, values));
            sign_up.filled = true;
            sign_up.asked.retain(|point| *point != Point::BeforeCreation);
        }
        self.go_on(account).await?;
        Ok(Ok(()))
    }
}

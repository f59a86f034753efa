//! Somebody of the organization decides: the request, the wait, and what the person finds who comes back.

use std::time::Duration;

use serde_json::json;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::BlockedReason;
use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::{Approval, UserFlow};
use vestibule_storage::organizations::Organization;
use vestibule_storage::sign_ups::{self, SignUp, State};
use vestibule_storage::{StoreError, users};

use super::{DAY, letters};
use crate::flows::state::Stage;
use crate::flows::walk::{Walk, WalkError};

/// After a refusal nobody is asked again for this long: who was refused does not wear out who decides.
const REST: Duration = Duration::from_hours(24 * 30);
/// Requests a day that go out to those who decide, where the user flow says nothing.
const MOST_A_DAY: u32 = 100;

impl Walk<'_> {
    /// Asks those who decide, and lets the person wait.
    pub(super) async fn ask_approvers(
        &mut self,
        organization: &Organization,
        flow: &UserFlow,
        approval: &Approval,
        account: Account,
    ) -> Result<(), WalkError> {
        let Some(progress) = self.state.sign_up.clone() else { return Ok(()) };
        let Some(agreed) = progress.agreed else { return Ok(()) };
        if self.wait_or_stop(flow, &account).await? {
            return Ok(());
        }
        // Strangers with many mailboxes wear out nobody who decides.
        let most = flow.guests_per_day.unwrap_or(MOST_A_DAY);
        if !self.admit_today("asks", flow, Some(most), &account.address).await? {
            self.block(BlockedReason::TooManyAttempts);
            return Ok(());
        }
        let asked = SignUp {
            organization: self.organization.clone(),
            id: self.app.new_id()?,
            user_flow: flow.id.to_string(),
            account,
            attributes: progress.values,
            locale: self.state.locale.clone(),
            reference: crate::http::reference::fresh(self.app.entropy.as_ref()),
            agreed_at: agreed.at,
            agreed_name: agreed.name,
            state: State::Waiting,
            asked_at: self.now,
            expires_at: self.now.plus(DAY.saturating_mul(approval.days)),
            decided_at: None,
            decided_by: None,
            reason: None,
            user: None,
        };
        sign_ups::insert(self.connection, &asked).await?;
        for approver in self.deciders(approval).await? {
            letters::ask(self.app, self.connection, organization, &asked, &approver).await?;
        }
        let subject = format!("sign_up:{}", asked.id);
        self.audit("anonymous", "sign_up.asked", &subject, &json!({ "user_flow": flow.id })).await?;
        self.wait(&asked);
        Ok(())
    }

    /// Who decides and is still there; where nobody is, the administrators, who may decide as well.
    async fn deciders(&mut self, approval: &Approval) -> Result<Vec<EmailAddress>, StoreError> {
        let mut members = users::of_file(self.connection, &self.organization).await?;
        members.retain(|member| member.disabled_at.is_none());
        if members.iter().any(|member| approval.names(&member.address)) {
            members.retain(|member| approval.names(&member.address));
        } else {
            members.retain(|member| member.role == Role::Administrator);
        }
        Ok(members.into_iter().map(|member| member.address).collect())
    }

    fn wait(&mut self, asked: &SignUp) {
        self.go(Stage::PendingApproval {
            id: asked.id.clone(),
            account: asked.account.clone(),
            since: asked.asked_at,
            until: asked.expires_at,
            reference: asked.reference.clone(),
        });
    }

    /// Whether this address waits already, or was refused not long ago; then the person is shown that.
    pub(super) async fn wait_or_stop(
        &mut self,
        flow: &UserFlow,
        account: &Account,
    ) -> Result<bool, WalkError> {
        let newest =
            sign_ups::newest_of(self.connection, &self.organization, flow.id.as_str(), &account.address)
                .await?;
        let Some(newest) = newest else { return Ok(false) };
        if newest.waits(self.now) {
            self.wait(&newest);
            return Ok(true);
        }
        let rests = newest.decided_at.is_some_and(|at| self.now.since(at) < REST);
        if newest.state == State::Refused && rests {
            self.refused_by(&newest);
            return Ok(true);
        }
        Ok(false)
    }

    fn refused_by(&mut self, sign_up: &SignUp) {
        if let Some(reason) = sign_up.reason.as_deref().filter(|reason| !reason.is_empty()) {
            self.say(Message::new(MessageCode::Said, Severity::Error, reason));
        }
        self.block(BlockedReason::SignUpRefused);
    }

    /// Looks what became of a request. `false` when nobody has decided.
    pub(in crate::flows) async fn look_for_decision(&mut self) -> Result<bool, WalkError> {
        let Stage::PendingApproval { id, account, .. } = self.state.stage.clone() else { return Ok(false) };
        let Some(sign_up) = sign_ups::find(self.connection, &self.organization, &id).await? else {
            self.block(BlockedReason::SignUpOff);
            return Ok(true);
        };
        match sign_up.state {
            State::Waiting if sign_up.waits(self.now) => return Ok(false),
            State::Waiting => self.block(BlockedReason::SignUpUnanswered),
            State::Refused => self.refused_by(&sign_up),
            // Who waits at this browser has proven the account in this walk, or is still signed in as it.
            State::Done if self.acting().as_ref() == Some(&account) => self.come_in_or_stop(account).await?,
            State::Done => self.offer_ways().await?,
        }
        Ok(true)
    }
}

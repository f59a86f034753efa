//! Another way to sign in: the present one is proven first, then the other, and both are one guest.

use std::time::Duration;

use serde_json::json;
use vestibule_contract::flow::Intent;
use vestibule_contract::message::{Message, MessageCode, Severity};
use vestibule_contract::step::{BlockedReason, DoneKind};
use vestibule_storage::providers::Provider;
use vestibule_storage::sessions::Session;
use vestibule_storage::users::{self, User};
use vestibule_storage::{Connection, StoreError, sessions};

use super::state::{FlowState, Goal, Stage};
use super::walk::{Walk, WalkError};
use super::ways::entry;
use crate::federation::answer::Person;
use crate::state::App;

/// A sign-in that is younger is a proof of the present way; after an older one the mailbox is asked.
const FRESH: Duration = Duration::from_mins(10);

/// Where somebody begins who is signed in. `None` when that is nobody of the organization, or it has no provider.
pub async fn begin(
    app: &App,
    connection: &mut Connection,
    organization: &str,
    session: &Session,
) -> Result<Option<FlowState>, StoreError> {
    let here = |user: &User| user.organization == organization && user.disabled_at.is_none();
    let users = users::of_identity(connection, &session.account.identity).await?;
    let Some(user) = users.into_iter().find(here) else { return Ok(None) };
    let choice = entry(app, connection, organization, None).await?;
    if !matches!(choice, Stage::Choose { .. }) {
        return Ok(None);
    }
    let fresh = app.now().since(session.created_at) < FRESH;
    let first = if fresh { choice } else { Stage::EmailCode { address: user.address, sent: None } };
    let mut state = FlowState::new(Intent::Link, Goal::Link, first);
    state.proven = fresh.then(|| session.account.clone());
    state.proven_at = fresh.then_some(session.created_at);
    state.linking = Some(user.id);
    state.session = Some(session.id.clone());
    Ok(Some(state))
}

impl Walk<'_> {
    /// Ties what was proven at a provider to the guest who has proven the present way in this flow.
    pub(super) async fn tie(&mut self, provider: &Provider, person: Person) -> Result<(), WalkError> {
        // Who has signed out since adds nothing: whoever sits at the browser now may be somebody else (S87).
        let live = match self.state.session.clone() {
            Some(session) => sessions::is_live(self.connection, &session).await?,
            None => false,
        };
        let (Some(id), Some(_), true) = (self.state.linking.clone(), &self.state.proven, live) else {
            self.leave_linking();
            return Ok(());
        };
        let user = users::find(self.connection, &self.organization, &id).await?;
        if user.is_none_or(|user| user.disabled_at.is_some()) {
            self.block(BlockedReason::AccountDisabled);
            return Ok(());
        }
        let identity = person.identity(provider);
        let added =
            users::add_identity(self.connection, &self.organization, &id, &identity, self.now).await?;
        if added {
            let who = format!("user:{id}");
            self.audit(&who, "identity.linked", &who, &json!({ "provider": provider.id })).await?;
        } else if users::tied_to(self.connection, &self.organization, &identity).await? != Some(id) {
            let text = "That account belongs to another guest here.";
            self.say(Message::new(MessageCode::ProviderTaken, Severity::Error, text));
            return self.offer_ways().await;
        }
        self.leave_linking();
        Ok(())
    }

    /// Back to the account page, with nothing more to do.
    pub(super) fn leave_linking(&mut self) {
        let redirect = format!("/apps/account?organization={}", self.organization);
        self.go(Stage::Done { redirect, kind: DoneKind::Panel });
    }
}

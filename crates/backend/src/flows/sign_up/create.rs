//! The guest: made once, with all that hangs on it, or not at all.

use std::collections::BTreeMap;

use serde_json::json;
use vestibule_contract::step::{BlockedReason, DoneKind};
use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::limit::Rate;
use vestibule_domain::permission::Role;
use vestibule_domain::redirect::Target;
use vestibule_domain::sign_up::UserFlow;
use vestibule_domain::time::Timestamp;
use vestibule_storage::apps::{self, Assignment};
use vestibule_storage::audit::{self, Event};
use vestibule_storage::organizations::Organization;
use vestibule_storage::sign_ups::{self, State};
use vestibule_storage::users::{self, Creation, User};
use vestibule_storage::{Connection, StoreError, invitations, limits};

use super::{Agreed, DAY};
use crate::flows::actions::{Consented, record_consent};
use crate::flows::sending::limit_key;
use crate::flows::state::Stage;
use crate::flows::walk::{Walk, WalkError};
use crate::state::App;

/// From so many a day on they are shared out.
const SHARED: u32 = 4;

/// A guest to be made.
#[derive(Clone, Copy, Debug)]
pub struct NewGuest<'a> {
    /// Where.
    pub organization: &'a Organization,
    /// By which user flow.
    pub flow: &'a UserFlow,
    /// Who, proven.
    pub account: &'a Account,
    /// What was filled in.
    pub values: &'a BTreeMap<String, String>,
    /// When the person agreed, and to what.
    pub agreed: &'a Agreed,
}

impl NewGuest<'_> {
    /// Makes the guest with identity, consent, attributes and apps. Gives its id; `None` when somebody is there under this
    /// address or account already.
    ///
    /// # Errors
    /// When the store fails, or there is no randomness: then nothing is made.
    pub async fn make(&self, app: &App, connection: &mut Connection) -> Result<Option<String>, WalkError> {
        let (id, now) = (self.organization.id.as_str(), app.now());
        if !self.is_free(connection, now).await? {
            return Ok(None);
        }
        let known = users::find_by_address(connection, id, &self.account.address).await?;
        let user = match known {
            // Invited once, and the invitation is over: the same person, and nothing of what it promised.
            Some(user) => {
                apps::withdraw(connection, id, &user.id).await?;
                if !users::adopt(connection, id, &user.id, self.flow.id.as_str(), now).await? {
                    return Ok(None);
                }
                user.id
            }
            None => self.insert(app, connection).await?,
        };
        users::add_identity(connection, id, &user, &self.account.identity, now).await?;
        users::keep_attributes(connection, id, &user, self.values).await?;
        let given = Consented {
            user: &user,
            account: &self.account.address,
            name: self.agreed.name.as_deref(),
            at: self.agreed.at,
        };
        record_consent(app, connection, self.organization, &given).await?;
        self.share(connection, &user, now).await?;
        let who = format!("user:{user}");
        let detail =
            json!({ "user_flow": self.flow.id, "provider": self.account.identity.provider }).to_string();
        let event = Event {
            organization: id,
            actor: &who,
            action: "guest.signed_up",
            subject: &who,
            detail: &detail,
        };
        audit::append(connection, &event, now).await?;
        Ok(Some(user))
    }

    /// Whether nobody has this address or account, and no invitation waits for the address.
    async fn is_free(&self, connection: &mut Connection, now: Timestamp) -> Result<bool, StoreError> {
        let id = self.organization.id.as_str();
        let known = users::find_by_address(connection, id, &self.account.address).await?;
        Ok(users::tied_to(connection, id, &self.account.identity).await?.is_none()
            && known.is_none_or(|user| !user.accepted && user.disabled_at.is_none())
            && invitations::waiting_for(connection, id, &self.account.address, now).await?.is_none())
    }

    async fn insert(&self, app: &App, connection: &mut Connection) -> Result<String, WalkError> {
        let now = app.now();
        let user = User {
            organization: self.organization.id.to_string(),
            id: app.new_id()?,
            address: self.account.address.clone(),
            name: self.name(),
            role: Role::Guest,
            accepted: true,
            state_changed_at: now,
            created_at: now,
            disabled_at: None,
        };
        users::insert(connection, &user, Creation::UserFlow(self.flow.id.as_str())).await?;
        Ok(user.id)
    }

    /// The name that was filled in: as it is shown, or in its parts.
    fn name(&self) -> Option<String> {
        let value = |name: &str| self.values.get(name).map(String::as_str);
        let parts: Vec<&str> = ["givenName", "surname"].into_iter().filter_map(value).collect();
        value("displayName").map(str::to_owned).or((!parts.is_empty()).then(|| parts.join(" ")))
    }

    async fn share(&self, connection: &mut Connection, user: &str, now: Timestamp) -> Result<(), StoreError> {
        let known = apps::list(connection, self.organization.id.as_str()).await?;
        for app in self.flow.apps.iter().filter(|id| known.iter().any(|app| app.id == **id)) {
            let assignment = Assignment {
                app: app.clone(),
                user: user.to_owned(),
                granted_by: self.organization.name.clone(),
                reason: Some(self.flow.name.clone()),
                since: now,
                until: None,
            };
            apps::assign(connection, self.organization.id.as_str(), &assignment).await?;
        }
        Ok(())
    }
}

impl Walk<'_> {
    /// Makes the guest and lets the person in.
    pub(super) async fn create_guest(
        &mut self,
        organization: &Organization,
        flow: &UserFlow,
        account: Account,
    ) -> Result<(), WalkError> {
        let Some(sign_up) = self.state.sign_up.clone() else { return Ok(()) };
        if !self.is_believed(&account.identity).await? {
            return self.provider_is_gone().await;
        }
        let Some(agreed) = &sign_up.agreed else { return Ok(()) };
        let guest = NewGuest { organization, flow, account: &account, values: &sign_up.values, agreed };
        // Whom nothing can be made of spends nothing.
        let most = flow.guests_per_day;
        if guest.is_free(self.connection, self.now).await?
            && !self.admit_today("guests", flow, most, &account.address).await?
        {
            self.block(BlockedReason::TooManyAttempts);
            return Ok(());
        }
        let Some(user) = guest.make(self.app, self.connection).await? else {
            // Somebody was faster, in another tab, or was invited meanwhile: comes in as that.
            return self.come_in_or_stop(account).await;
        };
        let done = sign_ups::SignUp {
            organization: self.organization.clone(),
            id: self.app.new_id()?,
            user_flow: flow.id.to_string(),
            account: account.clone(),
            attributes: sign_up.values,
            locale: self.state.locale.clone(),
            reference: String::new(),
            agreed_at: agreed.at,
            agreed_name: agreed.name.clone(),
            state: State::Done,
            asked_at: self.now,
            expires_at: self.now,
            decided_at: None,
            decided_by: None,
            reason: None,
            user: Some(user),
        };
        sign_ups::insert(self.connection, &done).await?;
        // Whatever waits for a decision elsewhere is decided: nobody is refused who is in.
        let (user, by) = (done.user.unwrap_or_default(), organization.name.clone());
        let (address, now) = (&account.address, self.now);
        sign_ups::settle_of(self.connection, &self.organization, address, &by, &user, now).await?;
        self.arrive_by_sign_up(account).await
    }

    /// Whether there may be another of these by the user flow today; always where it has no bound. Half of them are the most
    /// for one domain and for one client: one visitor does not shut the door for all others.
    pub(super) async fn admit_today(
        &mut self,
        what: &str,
        flow: &UserFlow,
        most: Option<u32>,
        address: &EmailAddress,
    ) -> Result<bool, StoreError> {
        let Some(most) = most else { return Ok(true) };
        let of = |burst: u32| Rate { burst, per: DAY / burst.max(1) };
        let key =
            |whose: &[&str]| limit_key(&[&[what, &self.organization, flow.id.as_str()], whose].concat());
        let mut budgets = vec![(key(&[]), of(most))];
        if most >= SHARED {
            budgets.push((key(&["domain", address.domain()]), of(most.div_ceil(2))));
            // After a connector has answered nobody knows whose request it is.
            if !self.client.is_empty() {
                budgets.push((key(&["client", &self.client]), of(most.div_ceil(2))));
            }
        }
        Ok(limits::admit_all(self.connection, &budgets, self.now).await?.is_ok())
    }

    /// Signs in and goes to where the person came from, to the one app of the user flow, or to the panel.
    pub(in crate::flows) async fn arrive_by_sign_up(&mut self, account: Account) -> Result<(), WalkError> {
        let all = apps::list(self.connection, &self.organization).await?;
        let attached = self.user_flow().await?.map(|(_, flow)| flow.apps).unwrap_or_default();
        // Whoever was a guest before may not have it.
        let only = match (
            &attached[..],
            users::tied_to(self.connection, &self.organization, &account.identity).await?,
        ) {
            ([one], Some(user)) => {
                let shared = apps::shared_with(self.connection, &self.organization, &user, self.now).await?;
                shared.into_iter().find(|(app, _)| app.id == *one).map(|(app, _)| app.launch_url)
            }
            _ => None,
        };
        let wish = self.state.return_to.take().or(only);
        let (redirect, kind) = match wish.and_then(|wish| self.target(&wish, &all)) {
            Some(Target::App(url)) => (url, DoneKind::App),
            Some(Target::Path(path)) if path != "/" => (path, DoneKind::Panel),
            Some(Target::Path(_)) | None => {
                (format!("/apps?organization={}", self.organization), DoneKind::Panel)
            }
        };
        self.sign_in = Some(account);
        self.go(Stage::Done { redirect, kind });
        Ok(())
    }
}

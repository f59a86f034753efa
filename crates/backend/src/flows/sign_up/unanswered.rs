//! Requests that nobody decided about in time: whoever waits is told, and can ask again.

use vestibule_domain::account::Account;
use vestibule_domain::sign_up::UserFlow;
use vestibule_storage::sign_ups::{State, Values};
use vestibule_storage::{Connection, StoreError, organizations, sign_ups, user_flows};

use super::letters;
use crate::flows::walk::{Walk, WalkError};
use crate::mail::compose::approval::Verdict;
use crate::state::App;

/// People who are told at once; the next time, others.
const AT_ONCE: i64 = 200;

/// Promises each of them a mail, once.
///
/// # Errors
/// When the store fails, or there is no randomness: then nobody is told yet.
pub async fn tell_unanswered(app: &App, connection: &mut Connection) -> Result<(), WalkError> {
    for sign_up in sign_ups::take_unanswered(connection, AT_ONCE, app.now()).await? {
        let (organization, flow) = (&sign_up.organization, &sign_up.user_flow);
        // Where nobody can ask again, there is nothing to say.
        let open = user_flows::find(connection, organization, flow).await?.is_some_and(|it| it.flow.enabled);
        let organization = organizations::find(connection, organization).await?;
        if let Some(organization) = organization.filter(|it| open && it.settings.self_service_sign_up) {
            letters::tell(app, connection, &organization, &sign_up, Verdict::Unanswered, "").await?;
        }
    }
    Ok(())
}

impl Walk<'_> {
    /// What this account filled in for a request that nobody decided about: it stands in the form when it asks again.
    pub(super) async fn unanswered_values(
        &mut self,
        flow: &UserFlow,
        account: &Account,
    ) -> Result<Values, StoreError> {
        let (organization, flow) = (self.organization.clone(), flow.id.as_str());
        let newest = sign_ups::newest_of(self.connection, &organization, flow, &account.address).await?;
        let theirs = newest.filter(|it| it.state == State::Waiting && it.account == *account);
        Ok(theirs.map(|it| it.attributes).unwrap_or_default())
    }
}

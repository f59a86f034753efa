//! Where a sign-up begins.

use vestibule_contract::flow::{Intent, StartFlow};
use vestibule_storage::organizations::Organization;
use vestibule_storage::{Connection, StoreError, organizations, user_flows};

use super::SignUp;
use crate::flows::start::wish;
use crate::flows::state::{FlowState, Goal, Stage};
use crate::flows::ways::Offer;
use crate::state::App;

/// A sign-up at its first step, or the organization that has turned it off, as far as there is one.
pub async fn open(
    app: &App,
    connection: &mut Connection,
    request: &StartFlow,
    last_used: Option<&str>,
) -> Result<Result<(String, FlowState), Option<Organization>>, StoreError> {
    let id = request.user_flow.as_deref().unwrap_or_default();
    let found = match request.organization.as_deref().filter(|id| !id.is_empty()) {
        Some(organization) => user_flows::find(connection, organization, id).await?,
        None => user_flows::find_first(connection, id).await?,
    };
    let organization = match (&found, &request.organization) {
        (Some(found), _) => organizations::find(connection, &found.organization).await?,
        (None, Some(id)) => organizations::find(connection, id).await?,
        (None, None) => None,
    };
    let on = organization.as_ref().is_some_and(|it| it.settings.self_service_sign_up);
    let Some(found) = found.filter(|found| on && found.flow.enabled) else { return Ok(Err(organization)) };
    let mut state = FlowState::new(Intent::SignUp, Goal::SignUp, Stage::Identify);
    let offer = Offer::read(connection, &found.organization).await?.only(&found.flow);
    state.stage = offer.entry(app, last_used);
    state.last_used = last_used.map(str::to_owned);
    state.return_to = wish(request);
    state.sign_up = Some(SignUp { user_flow: found.flow.id.to_string(), ..SignUp::default() });
    Ok(Ok((found.organization, state)))
}

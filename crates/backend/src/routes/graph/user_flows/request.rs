//! What a request wants of a user flow; what is wrong is refused with the member it is about.

use vestibule_contract::given::Given;
use vestibule_contract::user_flow::{Reference, SIGN_UP_OR_SIGN_IN, UserFlowApproval, UserFlowRequest};
use vestibule_domain::id::OrganizationId;
use vestibule_domain::message::single_line;
use vestibule_domain::sign_up::{Approval, UserFlow};

use super::attribute::{named, wanted};
use super::own_id;
use crate::flows::state::Way;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::providers::wire::CODE;
use crate::routes::graph::resource::{chosen_id, wrong};
use crate::user_flows::Around;

/// Most characters of a name.
const LONGEST_NAME: usize = 120;

/// A user flow that asks nothing and offers every way, under the id that a request asks for.
pub(super) fn bare(request: &UserFlowRequest) -> Result<UserFlow, GraphProblem> {
    let name = request.vestibule.as_ref().and_then(|extras| extras.name.as_deref());
    let id = chosen_id(request.id.as_deref().map(own_id), name)?;
    Ok(UserFlow {
        name: id.to_string(),
        id,
        enabled: true,
        apps: Vec::new(),
        providers: None,
        attributes: Vec::new(),
        after_federation: None,
        before_creation: None,
        approval: None,
        guests_per_day: None,
        proof_of_work: None,
    })
}

/// Makes a user flow what a request says of it.
pub(super) fn change(
    flow: &mut UserFlow,
    around: &Around,
    request: UserFlowRequest,
) -> Result<(), GraphProblem> {
    if request.id.as_deref().is_some_and(|id| own_id(id) != flow.id.as_str()) {
        return Err(wrong("id", "An id cannot be changed: it is a part of the address where people begin."));
    }
    if request.user_flow_type.is_some_and(|kind| kind != SIGN_UP_OR_SIGN_IN) {
        return Err(wrong("userFlowType", format!("Only `{SIGN_UP_OR_SIGN_IN}` is supported.")));
    }
    if request.user_flow_type_version.is_some_and(|version| version != 1) {
        return Err(wrong("userFlowTypeVersion", "Only 1 is supported."));
    }
    let extras = request.vestibule.unwrap_or_default();
    match (extras.every_provider, request.identity_providers) {
        (Some(true), _) => flow.providers = None,
        (None | Some(false), Some(given)) => {
            let ids = given.iter().map(|given| provider(given, around));
            let ids: Vec<String> = ids.collect::<Result<_, _>>()?;
            flow.providers = Some(ids);
        }
        (Some(false), None) if flow.providers.is_none() => {
            return Err(wrong("identityProviders", "Name the providers that it offers."));
        }
        (None | Some(false), None) => {}
    }
    let asked = request.api_connector_configuration.unwrap_or_default();
    flow.after_federation =
        asked.post_federation_signup.try_map(|it| connector(&it))?.or(flow.after_federation.take());
    flow.before_creation =
        asked.post_attribute_collection.try_map(|it| connector(&it))?.or(flow.before_creation.take());
    if let Some(assignments) = request.user_attribute_assignments {
        let each = assignments.into_iter().map(|assignment| wanted(None, assignment));
        flow.attributes = each.collect::<Result<_, _>>()?;
    }
    if let Some(name) = extras.name {
        flow.name = single_line(&name, LONGEST_NAME);
    }
    flow.enabled = extras.enabled.unwrap_or(flow.enabled);
    if let Some(apps) = extras.apps {
        flow.apps = apps;
    }
    let approval = |UserFlowApproval { approvers, days }| Approval { approvers, days };
    flow.approval = match extras.approval {
        Given::Absent => flow.approval.take(),
        Given::Nothing => None,
        Given::Value(given) => Some(approval(given)),
    };
    flow.guests_per_day = extras.guests_per_day.or(flow.guests_per_day);
    flow.proof_of_work = extras.proof_of_work.or(flow.proof_of_work);
    Ok(())
}

/// Our own id of a provider that is named; there has to be one.
pub(super) fn provider(reference: &Reference, around: &Around) -> Result<String, GraphProblem> {
    let id = named(reference).unwrap_or_default();
    if id == CODE {
        return Ok(Way::EMAIL.to_owned());
    }
    if around.providers.iter().any(|known| known.id == id) {
        return Ok(id.to_owned());
    }
    let message = format!("There is no identity provider “{}”: make it first.", single_line(id, 60));
    Err(wrong("identityProviders", message))
}

/// The id of a connector that is named.
pub(super) fn connector(reference: &Reference) -> Result<OrganizationId, GraphProblem> {
    named(reference).and_then(|id| OrganizationId::parse(id).ok()).ok_or_else(|| {
        wrong(
            "apiConnectorConfiguration",
            "Name a connector: `{\"@odata.id\": \"…/identity/apiConnectors/{id}\"}`.",
        )
    })
}

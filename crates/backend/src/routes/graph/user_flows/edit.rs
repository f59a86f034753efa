//! A change of a user flow: what it becomes is worked out inside the write transaction, so that of two changes at the same
//! time neither undoes the other.

use serde_json::json;
use vestibule_domain::sign_up::{UserFlow, UserFlowError};
use vestibule_storage::{StoreError, user_flows};

use super::{editable, own_id};
use crate::routes::graph::caller::Caller;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::resource::{note, wrong};
use crate::state::App;
use crate::user_flows::{Around, Unfit};

const ASSIGNMENTS: &str = "userAttributeAssignments";
const APPROVAL: &str = "vestibule/approval";

/// Changes a user flow that the API made, if it can work afterwards.
pub(super) async fn edit<T: Send + 'static>(
    app: &App,
    caller: Caller,
    id: &str,
    change: impl FnOnce(&mut UserFlow, &Around) -> Result<T, GraphProblem> + Send + 'static,
) -> Result<T, GraphProblem> {
    let (id, now) = (own_id(id).to_owned(), app.now());
    app.store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = caller.organization.id.as_str();
                let before = match editable(user_flows::find(connection, organization, &id).await?) {
                    Ok(found) => found.flow,
                    Err(problem) => return Ok(Err(problem)),
                };
                let around = Around::stored(connection, &caller.organization).await?;
                let mut after = before.clone();
                let done = match change(&mut after, &around) {
                    Ok(done) => done,
                    Err(problem) => return Ok(Err(problem)),
                };
                let changed = members(&before, &after);
                if changed.is_empty() {
                    return Ok(Ok(done));
                }
                // Who has to stop a user flow must be able to, whatever else is wrong with it.
                let only_stops = !after.enabled && changed == ["vestibule/enabled"];
                if !only_stops && let Err(reason) = around.admit(&after) {
                    return Ok(Err(unfit(&reason)));
                }
                if user_flows::update(connection, organization, &after).await? {
                    let (subject, detail) = (format!("user_flow:{id}"), json!({ "members": changed }));
                    note(connection, &caller, "user_flow.changed", &subject, &detail, now).await?;
                }
                Ok(Ok(done))
            })
        })
        .await?
}

/// Which members differ.
fn members(before: &UserFlow, after: &UserFlow) -> Vec<&'static str> {
    [
        ("identityProviders", before.providers != after.providers),
        ("apiConnectorConfiguration/postFederationSignup", before.after_federation != after.after_federation),
        (
            "apiConnectorConfiguration/postAttributeCollection",
            before.before_creation != after.before_creation,
        ),
        (ASSIGNMENTS, before.attributes != after.attributes),
        ("vestibule/name", before.name != after.name),
        ("vestibule/enabled", before.enabled != after.enabled),
        ("vestibule/apps", before.apps != after.apps),
        (APPROVAL, before.approval != after.approval),
        ("vestibule/guestsPerDay", before.guests_per_day != after.guests_per_day),
        ("vestibule/proofOfWork", before.proof_of_work != after.proof_of_work),
    ]
    .into_iter()
    .filter(|(_, differs)| *differs)
    .map(|(member, _)| member)
    .collect()
}

/// Why a user flow cannot work, with the member, in the names of a request.
pub(super) fn unfit(reason: &Unfit) -> GraphProblem {
    use UserFlowError as Of;
    let member = match reason {
        Unfit::Flow(Of::Name) => "vestibule/name",
        Unfit::Flow(
            Of::Attributes(_)
            | Of::Id(_)
            | Of::Twice(_)
            | Of::Credential(_)
            | Of::Kind(_)
            | Of::Label(_)
            | Of::Options(..)
            | Of::Bounds(_)
            | Of::Long(_)
            | Of::Words(_),
        ) => ASSIGNMENTS,
        Unfit::Flow(Of::Approvers | Of::Approver(_) | Of::Days(_)) | Unfit::Approver(..) => APPROVAL,
        Unfit::Flow(Of::PerDay) => "vestibule/guestsPerDay",
        Unfit::Flow(Of::ProofOfWork(_)) => "vestibule/proofOfWork",
        Unfit::App(..) => "vestibule/apps",
        Unfit::Connector(_) => "apiConnectorConfiguration",
        Unfit::NoWay => "identityProviders",
    };
    let message = match reason {
        Unfit::Connector(id) => format!("there is no connector {id}: make it first"),
        Unfit::NoWay => "nobody could sign up: `identityProviders` names none that is enabled; add one, or \
             `EmailOtpSignup-OAUTH` for the code"
            .to_owned(),
        Unfit::Flow(Of::Label(id)) => format!("`{id}` has no `displayName`: say what is asked"),
        Unfit::Flow(Of::Options(id, what)) => {
            let what = what.replace("option has no `label`", "option has no `name`");
            format!("`{id}`: {}", what.replace("`options`", "`userAttributeValues`"))
        }
        Unfit::Flow(Of::PerDay) => {
            "`guestsPerDay` is 0: turn the flow off with `enabled`, or take the bound away with null"
                .to_owned()
        }
        Unfit::Flow(of @ Of::ProofOfWork(_)) => of.to_string().replace("`proof_of_work`", "`proofOfWork`"),
        other => other.to_string(),
    };
    wrong(member, format!("This user flow cannot work: {message}."))
}

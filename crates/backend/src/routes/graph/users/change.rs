//! `PATCH /v1.0/users/{id}`: the name and the attributes of a guest.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_contract::user::UserRequest;
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::BuiltIn;
use vestibule_storage::{StoreError, user_flows, users};

use super::request::{Place, attributes};
use crate::routes::graph::caller::{self, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, Id, done, id, note, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Changes what the body names.
pub async fn patch(
    State(app): State<Shared>,
    path: Id,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<UserRequest>,
) -> Response {
    let outcome = run(&app, path, &asked, &headers, body).await;
    done(&app, &headers, outcome)
}

async fn run(
    app: &App,
    path: Id,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<UserRequest>,
) -> Result<(), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteUsers).await?;
    let (id, request, now) = (id(path)?, said(body)?, app.now());
    if request.mail.is_some() || request.identities.is_some() || request.user_type.is_some() {
        let message = "Who somebody is cannot be changed: make another guest.";
        return Err(GraphProblem::bad_request(message).about("mail"));
    }
    if request.account_enabled.is_some() || request.vestibule.is_some() {
        let message = "Sign-in and apps are not changed here.";
        return Err(GraphProblem::bad_request(message).about("accountEnabled"));
    }
    app.store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let organization = caller.organization.id.as_str();
                let Some(user) = users::find(connection, organization, &id).await? else {
                    return Ok(Err(GraphProblem::not_found()));
                };
                if user.role != Role::Guest {
                    return Ok(Err(GraphProblem::conflict("Members come from the organization's file.")));
                }
                let flows = user_flows::list(connection, organization).await?;
                let flows: Vec<_> = flows.into_iter().map(|managed| managed.flow).collect();
                let place = Place { organization, providers: &[], flows: &flows };
                let values = match attributes(&request, &place) {
                    Ok(values) => values,
                    Err(problem) => return Ok(Err(problem)),
                };
                if let Some(name) = values.get(BuiltIn::DisplayName.as_str()) {
                    users::rename(connection, organization, &id, name).await?;
                }
                users::keep_attributes(connection, organization, &id, &values).await?;
                let members: Vec<&String> = values.keys().collect();
                let detail = json!({ "members": members });
                note(connection, &caller, "guest.changed", &format!("user:{id}"), &detail, now).await?;
                Ok(Ok(()))
            })
        })
        .await?
}

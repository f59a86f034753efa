//! `POST /v1.0/users`: a guest that an approval system makes itself.

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::json;
use vestibule_contract::user::{User as Wire, UserRequest};
use vestibule_domain::permission::Role;
use vestibule_domain::sign_up::BuiltIn;
use vestibule_storage::apps::{self, Assignment};
use vestibule_storage::users::{self, Creation, User};
use vestibule_storage::{Connection, StoreError, providers, sign_ups, user_flows};

use super::request::{Place, account, attributes};
use super::wire;
use crate::flows::walk::WalkError;
use crate::routes::graph::caller::{self, Caller, Right};
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::query::GraphQuery;
use crate::routes::graph::resource::{Body, made, note, said};
use crate::routes::me::context::Asked;
use crate::state::{App, Shared};

/// Makes a guest.
pub async fn post(
    State(app): State<Shared>,
    GraphQuery(asked): GraphQuery<Asked>,
    headers: HeaderMap,
    body: Body<UserRequest>,
) -> Response {
    let outcome = run(&app, &asked, &headers, body).await;
    made(&app, &headers, &asked, outcome)
}

async fn run(
    app: &Shared,
    asked: &Asked,
    headers: &HeaderMap,
    body: Body<UserRequest>,
) -> Result<(Wire, String), GraphProblem> {
    let caller = caller::of(app, headers, asked, Right::WriteUsers).await?;
    let request = said(body)?;
    let writer = app.clone();
    let made = app
        .store
        .write::<_, WalkError, _>(move |connection| {
            Box::pin(async move { create(&writer, connection, &caller, &request).await })
        })
        .await?;
    made.map(|user| {
        let path = format!("{}/{}", wire::PATH, user.id);
        (user, path)
    })
}

async fn create(
    app: &App,
    connection: &mut Connection,
    caller: &Caller,
    request: &UserRequest,
) -> Result<Result<Wire, GraphProblem>, WalkError> {
    let organization = caller.organization.id.as_str();
    let (known, flows) =
        (providers::list(connection, organization).await?, user_flows::list(connection, organization).await?);
    let flows: Vec<_> = flows.into_iter().map(|managed| managed.flow).collect();
    let place = Place { organization, providers: &known, flows: &flows };
    let (account, values) = match (account(request, &place), attributes(request, &place)) {
        (Ok(account), Ok(values)) => (account, values),
        (Err(problem), _) | (_, Err(problem)) => return Ok(Err(problem)),
    };
    if !caller.organization.settings.domains.admits(&account.address) {
        let message = "The organization admits no guests of this domain.";
        return Ok(Err(GraphProblem::bad_request(message).about("mail")));
    }
    if users::find_by_address(connection, organization, &account.address).await?.is_some()
        || users::tied_to(connection, organization, &account.identity).await?.is_some()
    {
        let message = "Somebody is here under this address or account already.";
        return Ok(Err(GraphProblem::conflict(message).about("mail")));
    }
    let wanted = request.vestibule.as_ref().map(|extras| extras.apps.as_slice()).unwrap_or_default();
    let shared = apps::list(connection, organization).await?;
    if let Some(unknown) = wanted.iter().find(|id| !shared.iter().any(|app| app.id == **id)) {
        let message = format!("There is no app “{unknown}”.");
        return Ok(Err(GraphProblem::bad_request(message).about("vestibule/apps")));
    }
    let now = app.now();
    let user = User {
        organization: organization.to_owned(),
        id: app.new_id()?,
        address: account.address.clone(),
        // As it was checked, and is seen.
        name: values.get(BuiltIn::DisplayName.as_str()).cloned(),
        role: Role::Guest,
        accepted: true,
        state_changed_at: now,
        created_at: now,
        disabled_at: None,
    };
    users::insert(connection, &user, Creation::Invitation).await?;
    users::add_identity(connection, organization, &user.id, &account.identity, now).await?;
    users::keep_attributes(connection, organization, &user.id, &values).await?;
    share(connection, caller, &user, wanted).await?;
    // Whoever waited for a decision by the desk has one.
    sign_ups::settle_of(connection, organization, &account.address, &caller.actor, &user.id, now).await?;
    let detail = json!({ "provider": account.identity.provider });
    note(connection, caller, "guest.created", &format!("user:{}", user.id), &detail, now).await?;
    Ok(Ok(wire::entity(app, &caller.organization, &user, (None, values))))
}

async fn share(
    connection: &mut Connection,
    caller: &Caller,
    user: &User,
    wanted: &[String],
) -> Result<(), StoreError> {
    for app in wanted {
        let assignment = Assignment {
            app: app.clone(),
            user: user.id.clone(),
            granted_by: caller.inviter.name.clone(),
            reason: None,
            since: user.created_at,
            until: None,
        };
        apps::assign(connection, caller.organization.id.as_str(), &assignment).await?;
    }
    Ok(())
}

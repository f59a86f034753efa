//! What the resources of the management plane have in common: ids in addresses, answers, and what is written down.

use axum::Json;
use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;
use vestibule_domain::id::OrganizationId;
use vestibule_domain::time::Timestamp;
use vestibule_storage::providers::Source;
use vestibule_storage::{Connection, StoreError, audit};

use super::caller::Caller;
use super::create::client_request_id;
use super::error::GraphProblem;
use crate::http::body::JsonBody;
use crate::http::problem::ApiProblem;
use crate::routes::me::context::Asked;
use crate::state::App;

/// What stands in an address. What cannot be an id names nothing.
pub(super) type Id<T = String> = Result<Path<T>, PathRejection>;

/// A body, or why it cannot be read.
pub(super) type Body<T> = Result<JsonBody<T>, ApiProblem>;

/// The ids of an address.
pub(super) fn id<T>(path: Id<T>) -> Result<T, GraphProblem> {
    path.map(|Path(id)| id).map_err(|_| GraphProblem::not_found())
}

/// What a body says.
pub(super) fn said<T>(body: Body<T>) -> Result<T, GraphProblem> {
    body.map(|JsonBody(said)| said).map_err(|problem| GraphProblem::from_problem(&problem))
}

/// The answer to a question.
pub(super) fn told<T: Serialize>(
    app: &App,
    headers: &HeaderMap,
    outcome: Result<T, GraphProblem>,
) -> Response {
    answered(app, headers, outcome.map(Json))
}

/// The answer to a change.
pub(super) fn done(app: &App, headers: &HeaderMap, outcome: Result<(), GraphProblem>) -> Response {
    answered(app, headers, outcome.map(|()| StatusCode::NO_CONTENT))
}

/// The answer to somebody who made something, and where it is.
pub(super) fn made<T: Serialize>(
    app: &App,
    headers: &HeaderMap,
    asked: &Asked,
    outcome: Result<(T, String), GraphProblem>,
) -> Response {
    // Somebody of several organizations finds it in the one that was asked for.
    let of = asked.organization.as_ref().map(|id| format!("?organization={id}")).unwrap_or_default();
    let origin = app.config.public_url.origin();
    answered(
        app,
        headers,
        outcome
            .map(|(one, path)| (StatusCode::CREATED, [(LOCATION, format!("{origin}{path}{of}"))], Json(one))),
    )
}

fn answered(app: &App, headers: &HeaderMap, outcome: Result<impl IntoResponse, GraphProblem>) -> Response {
    match outcome {
        Ok(answer) => answer.into_response(),
        Err(problem) => problem.answer(app.now(), client_request_id(headers)),
    }
}

/// The address of a resource's description.
pub(super) fn context(app: &App, what: &str) -> String {
    format!("{}/v1.0/$metadata#{what}", app.config.public_url.origin())
}

/// A request that is wrong at this member.
pub(super) fn wrong(target: &'static str, message: impl Into<String>) -> GraphProblem {
    GraphProblem::bad_request(message).about(target)
}

/// Whether a type is this one; Graph's own examples leave the `#` out at times.
pub(super) fn is(given: &str, known: &str) -> bool {
    given.trim_start_matches('#') == known.trim_start_matches('#')
}

/// What belongs to the organization's file is changed there.
pub(super) fn editable(source: Source, id: &str) -> Result<(), GraphProblem> {
    match source {
        Source::Api => Ok(()),
        Source::File => Err(GraphProblem::conflict(format!(
            "“{id}” comes from the organization's file: change the file and apply it."
        ))),
    }
}

/// The id that was asked for, or one that is made of the name.
pub(super) fn chosen_id(asked: Option<&str>, name: Option<&str>) -> Result<OrganizationId, GraphProblem> {
    let made = match asked {
        Some(id) => id.to_owned(),
        None => slug(name.unwrap_or_default()),
    };
    OrganizationId::parse(&made).map_err(|_| {
        wrong(
            "id",
            if asked.is_some() {
                "An id has 2 to 40 characters of a-z, 0-9 and -."
            } else {
                "No id can be made of the name. Give an `id`: 2 to 40 characters of a-z, 0-9 and -."
            },
        )
    })
}

fn slug(name: &str) -> String {
    let mut slug = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    slug.truncate(40);
    slug.trim_end_matches('-').to_owned()
}

/// Writes down that something was made, changed or deleted.
pub(super) async fn note(
    connection: &mut Connection,
    caller: &Caller,
    action: &str,
    subject: &str,
    detail: &Value,
    now: Timestamp,
) -> Result<(), StoreError> {
    let (organization, detail) = (caller.organization.id.as_str(), detail.to_string());
    let event = audit::Event { organization, actor: &caller.actor, action, subject, detail: &detail };
    audit::append(connection, &event, now).await
}

//! Calls to requests, responses to replies. Pure: no browser, no clock.
//!
//! Nothing that comes back is trusted to be what was asked for: whatever does not read as the contract says is
//! [`ApiError::BadAnswer`], and never a panic.

use serde::Serialize;
use vestibule_contract::discovery::{self, Deployment, Discovery, Endpoints};
use vestibule_contract::flow::{Capabilities, StartFlow, SubmitAction};
use vestibule_contract::graph::ErrorEnvelope;
use vestibule_contract::read::{Read, Tree, from_tree};
use vestibule_contract::{Instant, PROBLEM_MEDIA_TYPE, STEP_MEDIA_TYPE, Step};

use super::{ApiError, Call, Reply};
use crate::route::encode;

mod bounds;

/// Media type of everything that is neither a step nor a problem.
const JSON: &str = "application/json";

/// A request, ready to be sent. Has no `Debug` output: the body may hold a code.
pub struct RequestParts {
    /// `GET`, `POST` or `DELETE`.
    pub method: &'static str,
    /// Path and query on this origin.
    pub path: String,
    /// What is taken as an answer.
    pub accept: &'static str,
    /// Value of `Idempotency-Key`.
    pub key: Option<String>,
    /// The body, always JSON.
    pub body: Option<String>,
}

/// A response, as far as it matters.
pub struct ResponseParts {
    /// The status.
    pub status: u16,
    /// Value of `Content-Type`; empty when there was none.
    pub content_type: String,
    /// The body, parsed; `None` when it is no JSON.
    pub body: Option<Tree>,
    /// `Retry-After`, made into an instant.
    pub retry_at: Option<Instant>,
}

/// Where the reference backend has its parts, and every backend that says nothing else.
pub fn usual_endpoints() -> Endpoints {
    Endpoints {
        flows: "/api/v1/flows".to_owned(),
        session: "/api/v1/session".to_owned(),
        me: "/api/v1/me".to_owned(),
        brand: "/api/v1/brand".to_owned(),
        desk: "/v1.0".to_owned(),
    }
}

/// The request of a call.
pub fn request(call: &Call, at: &Endpoints) -> RequestParts {
    match call {
        Call::Discovery => get(discovery::PATH.to_owned()),
        Call::StartFlow(call) => {
            let mut start = StartFlow::new(call.intent);
            start.organization.clone_from(&call.organization);
            start.user_flow.clone_from(&call.user_flow);
            start.return_to.clone_from(&call.return_to);
            start.invitation = call.invitation.as_ref().map(|token| token.expose().to_owned());
            start.locale = Some(call.locale.clone());
            start.capabilities = Capabilities {
                steps: Step::TYPES.iter().map(|&kind| kind.to_owned()).collect(),
                authenticators: Vec::new(),
            };
            post(at.flows.clone(), STEP_MEDIA_TYPE, &start, None)
        }
        Call::GetFlow { flow } => RequestParts { accept: STEP_MEDIA_TYPE, ..get(under(&at.flows, flow)) },
        Call::Submit { flow, rev, action, values, key } => {
            let submit = SubmitAction { rev: *rev, action: action.clone(), values: values.clone() };
            post(under(&at.flows, flow), STEP_MEDIA_TYPE, &submit, Some(key))
        }
        Call::Session => get(at.session.clone()),
        Call::SignOut => RequestParts { method: "DELETE", ..get(at.session.clone()) },
        Call::Me { organization } => get(asking(&at.me, "", &[("organization", organization.as_deref())])),
        Call::Organizations { organization } => {
            get(asking(&at.me, "/organizations", &[("organization", organization.as_deref())]))
        }
        Call::Apps { organization, query, cursor } => get(asking(
            &at.me,
            "/apps",
            &[
                ("organization", organization.as_deref()),
                ("query", Some(query.as_str()).filter(|query| !query.is_empty())),
                ("cursor", cursor.as_deref()),
            ],
        )),
        Call::Consents { organization } => {
            get(asking(&at.me, "/consents", &[("organization", organization.as_deref())]))
        }
        Call::RevokeConsent { id } => {
            RequestParts { method: "DELETE", ..get(under(&[&at.me, "/consents"].concat(), id)) }
        }
        Call::Activity { organization } => {
            get(asking(&at.me, "/activity", &[("organization", organization.as_deref())]))
        }
        Call::InviteOptions { organization } => {
            get(asking(&at.desk, "/vestibule/inviteOptions", &[("organization", organization.as_deref())]))
        }
        Call::InvitePreview { organization, request } => {
            let path =
                asking(&at.desk, "/vestibule/invitePreview", &[("organization", organization.as_deref())]);
            post(path, JSON, request, None)
        }
        Call::Invite { organization, request, key } => {
            let path = asking(&at.desk, "/invitations", &[("organization", organization.as_deref())]);
            post(path, JSON, request, Some(key))
        }
        Call::Brand { organization } => get(asking(&at.brand, "", &[("organization", Some(organization))])),
    }
}

/// The reply that a response is, or why it is none.
///
/// # Errors
/// Every [`ApiError`] but those that mean that there was no response.
pub fn reply(call: &Call, response: &ResponseParts) -> Result<Reply, ApiError> {
    if !(200..300).contains(&response.status) {
        return Err(error(response));
    }
    match call {
        Call::Discovery => read(response, JSON).and_then(usable).map(|it| Reply::Discovery(Box::new(it))),
        Call::StartFlow(_) | Call::GetFlow { .. } | Call::Submit { .. } => {
            read(response, STEP_MEDIA_TYPE).and_then(bounds::step).map(|it| Reply::Step(Box::new(it)))
        }
        Call::Session => read(response, JSON).map(|it| Reply::Session(Box::new(it))),
        Call::SignOut | Call::RevokeConsent { .. } => Ok(Reply::Gone),
        Call::Me { .. } => read(response, JSON).map(|it| Reply::Me(Box::new(it))),
        Call::Organizations { .. } => {
            read(response, JSON).and_then(bounds::organizations).map(Reply::Organizations)
        }
        Call::Apps { .. } => read(response, JSON).and_then(bounds::apps).map(|it| Reply::Apps(Box::new(it))),
        Call::Consents { .. } => read(response, JSON).and_then(bounds::consents).map(Reply::Consents),
        Call::Activity { .. } => read(response, JSON).and_then(bounds::activity).map(Reply::Activity),
        Call::InviteOptions { .. } => {
            read(response, JSON).and_then(bounds::options).map(|it| Reply::InviteOptions(Box::new(it)))
        }
        Call::InvitePreview { .. } => read(response, JSON).map(|it| Reply::InvitePreview(Box::new(it))),
        Call::Invite { .. } => read(response, JSON).map(|it| Reply::Invited(Box::new(it))),
        Call::Brand { .. } => {
            read(response, JSON).and_then(bounds::brand).map(|it| Reply::Brand(Box::new(it)))
        }
    }
}

fn error(response: &ResponseParts) -> ApiError {
    if response.status == 429 {
        return ApiError::Limited { retry_at: response.retry_at.clone() };
    }
    if is(response, PROBLEM_MEDIA_TYPE) {
        if let Some(problem) = response.body.as_ref().and_then(from_tree) {
            return bounds::problem(problem).map_or_else(|error| error, |it| ApiError::Problem(Box::new(it)));
        }
    } else if is(response, JSON)
        && let Some(ErrorEnvelope { error }) = response.body.as_ref().and_then(from_tree)
    {
        return ApiError::Graph { status: response.status, error: Box::new(error) };
    }
    if response.status >= 500 { ApiError::Down } else { ApiError::BadAnswer }
}

fn read<T: Read>(response: &ResponseParts, media_type: &str) -> Result<T, ApiError> {
    // A step may be called plain JSON; nothing else may be called something else.
    if !is(response, media_type) && !is(response, JSON) {
        return Err(ApiError::BadAnswer);
    }
    response.body.as_ref().and_then(from_tree).ok_or(ApiError::BadAnswer)
}

fn is(response: &ResponseParts, media_type: &str) -> bool {
    response.content_type.split(';').next().is_some_and(|it| it.trim().eq_ignore_ascii_case(media_type))
}

/// A backend of another major, or one that this page cannot reach with its cookies, is no backend for this page.
fn usable(discovery: Discovery) -> Result<Discovery, ApiError> {
    let parts = &discovery.endpoints;
    let local =
        |path: &String| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '?', '#']);
    let reachable =
        [&parts.flows, &parts.session, &parts.me, &parts.brand, &parts.desk].into_iter().all(local)
            && discovery.deployment == Deployment::SameOrigin;
    let major = discovery.contract.split('.').next();
    if reachable && major == Some("1") { Ok(discovery) } else { Err(ApiError::BadAnswer) }
}

fn get(path: String) -> RequestParts {
    RequestParts { method: "GET", path, accept: JSON, key: None, body: None }
}

fn post<T: Serialize>(path: String, accept: &'static str, body: &T, key: Option<&String>) -> RequestParts {
    // Maps with text keys, text and numbers always serialize.
    let body = serde_json::to_string(body).unwrap_or_default();
    RequestParts { method: "POST", path, accept, key: key.cloned(), body: Some(body) }
}

fn under(collection: &str, id: &str) -> String {
    [collection, "/", &encode(id)].concat()
}

fn asking(base: &str, rest: &str, parameters: &[(&str, Option<&str>)]) -> String {
    let mut path = [base, rest].concat();
    let mut sign = "?";
    for (name, value) in parameters {
        if let Some(value) = value {
            path.push_str(sign);
            path.push_str(name);
            path.push('=');
            path.push_str(&encode(value));
            sign = "&";
        }
    }
    path
}

#[cfg(test)]
mod tests;

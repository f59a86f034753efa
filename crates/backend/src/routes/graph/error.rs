//! Errors in Graph's envelope.

use std::time::Duration;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::RETRY_AFTER;
use axum::response::{IntoResponse, Response};
use vestibule_contract::graph::{ErrorEnvelope, GraphError, InnerError};
use vestibule_domain::time::Timestamp;
use vestibule_storage::StoreError;

use crate::flows::walk::WalkError;
use crate::http::problem::{ApiProblem, seconds};
use crate::http::reference;
use crate::invitations::create::Refusal;

/// An error on its way out, in Graph's envelope.
#[derive(Debug)]
pub struct GraphProblem {
    status: StatusCode,
    code: &'static str,
    message: String,
    target: Option<&'static str>,
    retry_at: Option<Timestamp>,
    retry_in: Option<Duration>,
}

impl GraphProblem {
    fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), target: None, retry_at: None, retry_in: None }
    }

    /// The request is wrong.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "BadRequest", message)
    }

    /// Neither a session nor a token.
    pub fn unauthorized() -> Self {
        let message = "Sign in, or send an API token as `Authorization: Bearer …`.";
        Self::new(StatusCode::UNAUTHORIZED, "InvalidAuthenticationToken", message)
    }

    /// Not with these rights.
    pub fn forbidden(message: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "Forbidden", message)
    }

    /// Nothing by that name here.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "ResourceNotFound", "There is no such resource.")
    }

    /// Not as things stand.
    pub fn conflict(message: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "Conflict", message)
    }

    /// The key was used for another request.
    pub fn key_reused() -> Self {
        let message =
            "This Idempotency-Key was used for another request. Use a new key for a new invitation.";
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "IdempotencyKeyReused", message)
    }

    /// The same, about a property.
    #[must_use]
    pub fn about(mut self, target: &'static str) -> Self {
        self.target = Some(target);
        self
    }

    /// From a problem that another layer has found.
    pub fn from_problem(problem: &ApiProblem) -> Self {
        let document = problem.document();
        let status = StatusCode::from_u16(document.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let code = match status {
            StatusCode::UNSUPPORTED_MEDIA_TYPE => "UnsupportedMediaType",
            StatusCode::PAYLOAD_TOO_LARGE => "RequestEntityTooLarge",
            StatusCode::SERVICE_UNAVAILABLE => "ServiceUnavailable",
            StatusCode::REQUEST_TIMEOUT => "RequestTimeout",
            status if status.is_client_error() => "BadRequest",
            _ => "InternalServerError",
        };
        let message = match &document.detail {
            Some(detail) => format!("{} {detail}", document.title),
            None => document.title.clone(),
        };
        Self { retry_in: problem.retry_after(), ..Self::new(status, code, message) }
    }

    /// The error itself, dated `now`.
    pub fn into_error(self, now: Timestamp) -> GraphError {
        GraphError {
            code: self.code.to_owned(),
            message: self.message,
            target: self.target.map(str::to_owned),
            inner_error: InnerError {
                date: now.to_rfc3339(),
                request_id: reference::current().unwrap_or_default(),
                client_request_id: None,
            },
        }
    }

    /// The answer, dated `now`.
    pub fn answer(self, now: Timestamp, client_request_id: Option<String>) -> Response {
        let (status, wait) = (self.status, self.retry_at.map(|at| at.since(now)).or(self.retry_in));
        let mut error = self.into_error(now);
        error.inner_error.client_request_id = client_request_id;
        let mut response = (status, Json(ErrorEnvelope { error })).into_response();
        response.headers_mut().extend(wait.map(|wait| (RETRY_AFTER, seconds(wait))));
        response
    }
}

impl From<StoreError> for GraphProblem {
    fn from(error: StoreError) -> Self {
        Self::from_problem(&error.into())
    }
}

impl From<WalkError> for GraphProblem {
    fn from(error: WalkError) -> Self {
        Self::from_problem(&error.into())
    }
}

impl From<Refusal> for GraphProblem {
    fn from(refusal: Refusal) -> Self {
        let message = refusal.to_string();
        match refusal {
            Refusal::Field { field, .. } => Self::bad_request(message).about(property(field)),
            Refusal::Domain { .. } => Self::forbidden(message).about(property("address")),
            // Graph answers 412 for an invited user who exists and is blocked.
            Refusal::Blocked => Self::new(StatusCode::PRECONDITION_FAILED, "UserBlocked", message),
            Refusal::Limited { retry, .. } => Self {
                retry_at: Some(retry.at),
                ..Self::new(StatusCode::TOO_MANY_REQUESTS, "TooManyRequests", message)
            },
        }
    }
}

/// Graph's property of a part of the draft.
fn property(field: &str) -> &'static str {
    match field {
        "address" => "invitedUserEmailAddress",
        "message" => "invitedUserMessageInfo/customizedMessageBody",
        "language" => "invitedUserMessageInfo/messageLanguage",
        "cc" => "invitedUserMessageInfo/ccRecipients",
        "redirect" => "inviteRedirectUrl",
        "apps" => "vestibule/apps",
        "days" => "vestibule/expiresInDays",
        _ => "invitation",
    }
}

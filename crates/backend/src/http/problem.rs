//! Errors as they leave: RFC 9457 problem documents, generic in their words (S111).
//!
//! A handler returns `Result<_, ApiProblem>`. What is wrong with us goes to the log under the request's reference; the
//! answer has the reference and no detail.

mod page;
#[cfg(test)]
mod tests;

use std::fmt::Display;
use std::time::Duration;

use axum::http::header::{ACCEPT, CONTENT_TYPE, RETRY_AFTER};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use vestibule_contract::document::Links;
use vestibule_contract::{Message, PROBLEM_MEDIA_TYPE, Problem, ProblemCode, StepDocument};
use vestibule_domain::ports::EntropyError;
use vestibule_domain::time::Timestamp;
use vestibule_storage::StoreError;

use super::reference;
use crate::federation::secret::StoredProviderError;
use crate::seal::SealError;

/// When to try again after an overload: the writer's queue drains within a second.
const SOON: Duration = Duration::from_secs(1);

/// An error on its way out.
#[derive(Clone, Debug)]
pub struct ApiProblem {
    problem: Box<Problem>,
    retry_after: Option<Duration>,
}

impl ApiProblem {
    /// The problem of a code. Refusals and faults carry the request's reference.
    pub fn new(code: ProblemCode) -> Self {
        let mut problem = Box::new(Problem::new(code));
        if code.status() == 403 || code.status() >= 500 {
            problem.reference = reference::current();
        }
        Self { problem, retry_after: None }
    }

    /// There is nothing here, or nothing that this caller may know of.
    pub fn not_found() -> Self {
        Self::new(ProblemCode::NotFound)
    }

    /// Nobody is signed in.
    pub fn unauthenticated() -> Self {
        Self::new(ProblemCode::Unauthenticated)
    }

    /// Not with these rights.
    pub fn forbidden() -> Self {
        Self::new(ProblemCode::Forbidden)
    }

    /// The flow belongs to another browser.
    pub fn bound_elsewhere() -> Self {
        Self::new(ProblemCode::FlowBoundElsewhere)
    }

    /// The request makes no sense, and why: a text of ours that repeats nothing of the request.
    pub fn invalid_request(detail: &str) -> Self {
        Self::new(ProblemCode::InvalidRequest).detail(detail)
    }

    /// The flow has moved on to this step.
    pub fn stale(step: StepDocument) -> Self {
        Self::new(ProblemCode::StaleRevision).step(step)
    }

    /// The flow has run out; it begins again at `restart`.
    pub fn flow_expired(restart: Option<String>) -> Self {
        Self::new(ProblemCode::FlowExpired).links(Links { restart, ..Links::default() })
    }

    /// Values are wrong.
    pub fn validation(errors: Vec<Message>) -> Self {
        let mut problem = Self::new(ProblemCode::ValidationFailed);
        problem.problem.errors = errors;
        problem
    }

    /// Too often; the same is admitted `at`.
    pub fn rate_limited(at: Timestamp, now: Timestamp) -> Self {
        Self { retry_after: Some(at.since(now)), ..Self::new(ProblemCode::RateLimited) }
    }

    /// A fault of ours. Its text goes to the log, and nowhere else.
    pub fn internal(error: impl Display) -> Self {
        let problem = Self::new(ProblemCode::Internal);
        tracing::error!(%error, reference = problem.problem.reference.as_deref(), "a request failed");
        problem
    }

    /// Not now; trying again helps. The cause goes to the log.
    pub fn unavailable(error: impl Display) -> Self {
        let problem = Self { retry_after: Some(SOON), ..Self::new(ProblemCode::Unavailable) };
        tracing::warn!(%error, reference = problem.problem.reference.as_deref(), "a request was put off");
        problem
    }

    /// The same, saying what to do about it.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.problem.detail = Some(detail.into());
        self
    }

    /// The same, with ways out.
    #[must_use]
    pub fn links(mut self, links: Links) -> Self {
        self.problem.links = Some(links);
        self
    }

    /// The same, with where the flow stands.
    #[must_use]
    pub fn step(mut self, step: StepDocument) -> Self {
        self.problem.step = Some(Box::new(step));
        self
    }

    /// The document, for a page that shows it.
    pub fn document(&self) -> &Problem {
        &self.problem
    }

    /// As a document for programs, or as a plain page for a person, whichever the request asks for. For refusals before
    /// any route: routes with pages draw their own.
    pub fn answer(self, headers: &HeaderMap) -> Response {
        let wants_page = headers
            .get_all(ACCEPT)
            .iter()
            .filter_map(|value| value.to_str().ok())
            .any(|value| value.split(',').any(|range| range.trim().starts_with("text/html")));
        if wants_page {
            self.respond("text/html; charset=utf-8", page::html(&self.problem))
        } else {
            self.into_response()
        }
    }

    fn respond(&self, media_type: &'static str, body: String) -> Response {
        let status = StatusCode::from_u16(self.problem.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = (status, [(CONTENT_TYPE, media_type)], body).into_response();
        if let Some(wait) = self.retry_after {
            response.headers_mut().insert(RETRY_AFTER, seconds(wait));
        }
        response
    }

    /// When it makes sense to come again, where that is known.
    pub fn retry_after(&self) -> Option<Duration> {
        self.retry_after
    }
}

/// Value of `Retry-After`: whole seconds, rounded up, since a client that comes a little too soon is refused again.
pub fn seconds(wait: Duration) -> HeaderValue {
    let seconds = wait.as_millis().div_ceil(1_000).max(1);
    HeaderValue::from(u64::try_from(seconds).unwrap_or(u64::MAX))
}

impl IntoResponse for ApiProblem {
    fn into_response(self) -> Response {
        let body = serde_json::to_string(&self.problem).expect("a problem has only texts, numbers and lists");
        self.respond(PROBLEM_MEDIA_TYPE, body)
    }
}

impl From<StoreError> for ApiProblem {
    /// What passes by itself is 503: too much waiting, a full disk, a store that shuts down (F03). The rest is ours.
    fn from(error: StoreError) -> Self {
        if matches!(error, StoreError::Overloaded | StoreError::Closed | StoreError::CommitFailed) {
            Self::unavailable(error)
        } else {
            Self::internal(error)
        }
    }
}

impl From<EntropyError> for ApiProblem {
    fn from(error: EntropyError) -> Self {
        Self::unavailable(error)
    }
}

impl From<StoredProviderError> for ApiProblem {
    fn from(error: StoredProviderError) -> Self {
        Self::internal(error)
    }
}

impl From<SealError> for ApiProblem {
    fn from(error: SealError) -> Self {
        match error {
            SealError::Entropy(error) => error.into(),
            SealError::Refused => Self::internal(error),
        }
    }
}

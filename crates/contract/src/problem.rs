//! Errors as RFC 9457 problem documents, with a closed registry of codes.

use serde::{Deserialize, Serialize};

use crate::document::Links;
use crate::{Message, StepDocument};

/// A problem document (`application/problem+json`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Problem {
    /// `about:blank`-like stable identifier, `urn:vestibule:problem:<code>`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The code's own sentence.
    pub title: String,
    /// The HTTP status, repeated.
    pub status: u16,
    /// What happened.
    pub code: ProblemCode,
    /// What to do about this occurrence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// A short reference to give to support; the log has the rest under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Field errors of `validation_failed`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<Message>,
    /// Where the flow stands now; with `stale_revision` and `validation_failed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<Box<StepDocument>>,
    /// Ways out, `restart` above all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub links: Option<Links>,
}

impl Problem {
    /// The problem of a code, with the code's own title and status.
    pub fn new(code: ProblemCode) -> Self {
        Self {
            kind: format!("urn:vestibule:problem:{}", code.as_str()),
            title: code.title().to_owned(),
            status: code.status(),
            code,
            detail: None,
            reference: None,
            errors: Vec::new(),
            step: None,
            links: None,
        }
    }

    /// The same, saying what to do.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }
}

wire_enum! {
    /// The registry of problem codes.
    pub enum ProblemCode, unknown Internal {
        /// The request makes no sense.
        InvalidRequest = "invalid_request",
        /// The body is not what its media type says.
        MalformedBody = "malformed_body",
        /// Nobody is signed in.
        Unauthenticated = "unauthenticated",
        /// Not with these rights.
        Forbidden = "forbidden",
        /// The request does not come from this origin's own pages.
        OriginRefused = "origin_refused",
        /// The flow belongs to another browser.
        FlowBoundElsewhere = "flow_bound_elsewhere",
        /// Nothing here by that name.
        NotFound = "not_found",
        /// Not with this method.
        MethodNotAllowed = "method_not_allowed",
        /// The request took too long to arrive.
        RequestTimeout = "request_timeout",
        /// The flow has moved on; `step` is where it stands.
        StaleRevision = "stale_revision",
        /// The first request with this key is still being worked on.
        IdempotencyInProgress = "idempotency_in_progress",
        /// The flow has run out; `links.restart` begins again.
        FlowExpired = "flow_expired",
        /// The body is too large.
        PayloadTooLarge = "payload_too_large",
        /// Not in this media type.
        UnsupportedMediaType = "unsupported_media_type",
        /// No page of this host is served here.
        MisdirectedRequest = "misdirected_request",
        /// Values are wrong; `errors` says which.
        ValidationFailed = "validation_failed",
        /// The key was used for another body.
        IdempotencyKeyReused = "idempotency_key_reused",
        /// Too many requests; `Retry-After` says when.
        RateLimited = "rate_limited",
        /// A fault of the backend.
        Internal = "internal",
        /// Not now; trying again helps.
        Unavailable = "unavailable",
    }
}

impl ProblemCode {
    /// The HTTP status that goes with it.
    pub const fn status(self) -> u16 {
        match self {
            Self::InvalidRequest | Self::MalformedBody => 400,
            Self::Unauthenticated => 401,
            Self::Forbidden | Self::OriginRefused | Self::FlowBoundElsewhere => 403,
            Self::NotFound => 404,
            Self::MethodNotAllowed => 405,
            Self::RequestTimeout => 408,
            Self::StaleRevision | Self::IdempotencyInProgress => 409,
            Self::FlowExpired => 410,
            Self::PayloadTooLarge => 413,
            Self::UnsupportedMediaType => 415,
            Self::MisdirectedRequest => 421,
            Self::ValidationFailed | Self::IdempotencyKeyReused => 422,
            Self::RateLimited => 429,
            Self::Internal => 500,
            Self::Unavailable => 503,
        }
    }

    /// One English sentence, for logs and for people who read JSON.
    pub const fn title(self) -> &'static str {
        match self {
            Self::InvalidRequest => "The request makes no sense.",
            Self::MalformedBody => "The body is not what its media type says.",
            Self::Unauthenticated => "Nobody is signed in.",
            Self::Forbidden => "This is not allowed.",
            Self::OriginRefused => "The request does not come from this origin's own pages.",
            Self::FlowBoundElsewhere => "This flow was begun in another browser.",
            Self::NotFound => "There is nothing here.",
            Self::MethodNotAllowed => "This cannot be done with that method.",
            Self::RequestTimeout => "The request took too long to arrive.",
            Self::StaleRevision => "The flow has moved on.",
            Self::IdempotencyInProgress => "The first request with this key is still being worked on.",
            Self::FlowExpired => "The flow has run out.",
            Self::PayloadTooLarge => "The body is too large.",
            Self::UnsupportedMediaType => "This media type is not taken here.",
            Self::MisdirectedRequest => "This host is not served here.",
            Self::ValidationFailed => "Some values are not right.",
            Self::IdempotencyKeyReused => "This key was used for another request.",
            Self::RateLimited => "Too many requests.",
            Self::Internal => "Something went wrong on our side.",
            Self::Unavailable => "Not available at the moment.",
        }
    }
}

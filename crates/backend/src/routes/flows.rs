//! `{flows}`: starting a flow, reading it, taking a step in it.

use axum::http::StatusCode;
use axum::http::header::{CONTENT_TYPE, HeaderName, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use vestibule_contract::{STEP_MEDIA_TYPE, StepDocument};
use vestibule_domain::secret::Token;

use crate::flows::submit::Refused;
use crate::flows::walk::WalkError;
use crate::http::cookies::{Cookies, flow_name};
use crate::http::problem::ApiProblem;

pub mod read;
pub mod start;
pub mod submit;

/// The header with a client's key for a submission.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");

/// A step document as an answer, with a session's cookie when the walk has ended in one.
fn answer(status: StatusCode, document: &StepDocument, session: Option<&Token>) -> Response {
    let body = serde_json::to_string(document).expect("a document has only texts, numbers and lists");
    let mut response = (status, [(CONTENT_TYPE, STEP_MEDIA_TYPE)], body).into_response();
    if let Some(token) = session {
        response.headers_mut().append(SET_COOKIE, crate::sessions::cookie(token));
    }
    response
}

/// The binding that this browser has for a flow.
pub fn binding(headers: &HeaderMap, flow: &str) -> Option<Token> {
    Token::parse(Cookies::read(headers).get(&flow_name(flow))?).ok()
}

/// The client's key, if it is one: 1 to 128 visible ASCII characters.
pub fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, ApiProblem> {
    let mut values = headers.get_all(IDEMPOTENCY_KEY).iter();
    match (values.next(), values.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => read_key(value).map(Some),
        (Some(_), Some(_)) => Err(ApiProblem::invalid_request("Send one Idempotency-Key.")),
    }
}

fn read_key(value: &HeaderValue) -> Result<String, ApiProblem> {
    let text = value.to_str().unwrap_or_default();
    let right = (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    right.then(|| text.to_owned()).ok_or_else(|| {
        ApiProblem::invalid_request("An Idempotency-Key has 1 to 128 visible ASCII characters.")
    })
}

impl From<WalkError> for ApiProblem {
    fn from(error: WalkError) -> Self {
        match error {
            WalkError::Store(error) => error.into(),
            WalkError::Entropy(error) => error.into(),
            WalkError::Seal(error) => error.into(),
            WalkError::Provider(error) => error.into(),
            WalkError::Encode(error) => Self::internal(error),
        }
    }
}

impl From<Refused> for ApiProblem {
    fn from(refused: Refused) -> Self {
        match refused {
            Refused::Expired(restart) => Self::flow_expired(Some(restart)),
            Refused::BoundElsewhere => Self::bound_elsewhere(),
            Refused::NotFound | Refused::KeyReused => Self::new(refused.code()),
        }
    }
}

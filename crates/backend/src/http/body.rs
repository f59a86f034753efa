//! Bodies: of the right type, at most 64 KiB, within 15 seconds (S110).

mod form;
mod json;
mod reported;
#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, header::CONTENT_ENCODING};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use vestibule_contract::ProblemCode;

use super::problem::ApiProblem;

pub use form::FormBody;
pub use json::JsonBody;
pub use reported::Reported;

/// The longest body that is read. The largest of ours, an invitation, has a few kilobytes.
pub const LONGEST: usize = 64 * 1024;
/// How long a body may take to arrive.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// Reads a whole body.
async fn read(body: Body) -> Result<Bytes, ApiProblem> {
    let read = tokio::time::timeout(PATIENCE, Limited::new(body, LONGEST).collect()).await;
    match read {
        Err(_) => Err(ApiProblem::new(ProblemCode::RequestTimeout)),
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => {
            Err(ApiProblem::new(ProblemCode::PayloadTooLarge))
        }
        Ok(Err(_)) => Err(ApiProblem::new(ProblemCode::MalformedBody)),
    }
}

/// Requires that the body is of one of these media types, in UTF-8, and not compressed: a small one could unpack to a large one.
fn require_type(headers: &HeaderMap, wanted: &[&str]) -> Result<(), ApiProblem> {
    let refused = || {
        ApiProblem::new(ProblemCode::UnsupportedMediaType).detail(format!("Send {}.", wanted.join(" or ")))
    };
    let mut types = headers.get_all(CONTENT_TYPE).iter();
    let (Some(value), None) = (types.next(), types.next()) else { return Err(refused()) };
    let mut parts = value.to_str().map_err(|_| refused())?.split(';').map(str::trim);
    let right =
        parts.next().is_some_and(|media_type| wanted.iter().any(|one| media_type.eq_ignore_ascii_case(one)));
    let utf8 = parts.filter(|part| !part.is_empty()).all(|parameter| {
        parameter.split_once('=').is_some_and(|(name, value)| {
            !name.trim().eq_ignore_ascii_case("charset")
                || value.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
    });
    if right && utf8 && !headers.contains_key(CONTENT_ENCODING) { Ok(()) } else { Err(refused()) }
}

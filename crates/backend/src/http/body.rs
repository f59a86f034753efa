//! Bodies: of the right type, at most 64 KiB, within 15 seconds (S110).

mod form;
mod json;
mod one_click;
mod reported;
mod saml;
#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, header::CONTENT_ENCODING};
use http_body_util::BodyExt as _;
use vestibule_contract::ProblemCode;

use super::problem::ApiProblem;

pub use form::FormBody;
pub use json::JsonBody;
pub use one_click::OneClickBody;
pub use reported::Reported;
pub use saml::SamlBody;

/// The longest body that is read. The largest of ours, an invitation, has a few kilobytes.
pub const LONGEST: usize = 64 * 1024;
/// How long a body may take to arrive.
pub const PATIENCE: Duration = Duration::from_secs(15);

/// How much of a longer one is read and dropped. A connection that is closed while the other side still sends takes
/// the answer down with it, so whoever sent a little too much could not read why (RFC 9112, 9.6).
const DRAINED: usize = 1024 * 1024;

/// Reads a whole body.
async fn read(body: Body) -> Result<Bytes, ApiProblem> {
    read_up_to(body, LONGEST).await
}

/// The same, of another length.
async fn read_up_to(body: Body, longest: usize) -> Result<Bytes, ApiProblem> {
    match tokio::time::timeout(PATIENCE, collect(body, longest)).await {
        Err(_) => Err(ApiProblem::new(ProblemCode::RequestTimeout)),
        Ok(read) => read.map_err(ApiProblem::new),
    }
}

async fn collect(mut body: Body, longest: usize) -> Result<Bytes, ProblemCode> {
    let (mut kept, mut length) = (Vec::new(), 0);
    while let Some(frame) = body.frame().await {
        let Ok(frame) = frame else {
            return Err(if length > longest {
                ProblemCode::PayloadTooLarge
            } else {
                ProblemCode::MalformedBody
            });
        };
        let Ok(data) = frame.into_data() else { continue };
        length += data.len();
        if length > DRAINED {
            break;
        }
        if length <= longest {
            kept.extend_from_slice(&data);
        }
    }
    if length > longest { Err(ProblemCode::PayloadTooLarge) } else { Ok(kept.into()) }
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

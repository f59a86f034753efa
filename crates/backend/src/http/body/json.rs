//! JSON bodies.

use axum::extract::{FromRequest, Request};
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use vestibule_contract::ProblemCode;

use super::{read, require_type};
use crate::http::problem::ApiProblem;

/// A body of `application/json`.
///
/// Refused as a problem: another media type (415), more than 64 KiB (413), too slow (408), not JSON or deeper than 128
/// levels (400 `malformed_body`), JSON of another shape (400 `invalid_request`). No problem repeats what was sent.
#[derive(Clone, Copy, Debug)]
pub struct JsonBody<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for JsonBody<T> {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        require_type(request.headers(), &["application/json"])?;
        let bytes = read(request.into_body()).await?;
        serde_json::from_slice(&bytes).map(Self).map_err(|error| {
            let place = format!("Line {}, column {}.", error.line(), error.column());
            let code = match error.classify() {
                Category::Data => ProblemCode::InvalidRequest,
                Category::Io | Category::Syntax | Category::Eof => ProblemCode::MalformedBody,
            };
            ApiProblem::new(code).detail(place)
        })
    }
}

//! The query of an address, refused in Graph's envelope.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use axum::response::Response;
use serde::de::DeserializeOwned;

use super::create::client_request_id;
use super::error::GraphProblem;
use crate::state::Shared;

/// What stands behind the `?`.
///
/// Refused as 400 in the envelope: a value of another type, a name that stands there twice.
pub struct GraphQuery<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<Shared> for GraphQuery<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &Shared) -> Result<Self, Self::Rejection> {
        match Query::from_request_parts(parts, app).await {
            Ok(Query(asked)) => Ok(Self(asked)),
            Err(rejection) => Err(GraphProblem::bad_request(rejection.body_text())
                .answer(app.now(), client_request_id(&parts.headers))),
        }
    }
}

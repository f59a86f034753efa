//! Bodies that browsers send by themselves to report something.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};

use super::{read, require_type};
use crate::http::problem::ApiProblem;

/// A report against the Content Security Policy, as bytes: anybody can send one, so nothing in it is believed.
///
/// Refused as a problem: another media type (415), more than 64 KiB (413), too slow (408).
#[derive(Clone, Debug)]
pub struct Reported(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for Reported {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        require_type(
            request.headers(),
            &["application/csp-report", "application/reports+json", "application/json"],
        )?;
        read(request.into_body()).await.map(Self)
    }
}

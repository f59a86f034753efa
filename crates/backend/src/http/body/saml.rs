//! What a SAML identity provider lets a browser post (SAML Bindings 2.0, section 3.5).

use axum::extract::{FromRequest, Request};

use super::{form, read_up_to, require_type};
use crate::http::problem::ApiProblem;

/// Answers hold signatures, certificates and as many attributes as the provider likes.
const LONGEST: usize = 256 * 1024;

/// An answer in a form of `application/x-www-form-urlencoded`.
///
/// Refused as a problem: another media type (415), more than 256 KiB (413), too slow (408), a field twice, too many fields
/// or one missing (400).
#[derive(Clone)]
pub struct SamlBody {
    /// The answer, in base64.
    pub response: String,
    /// Our own token of the journey.
    pub relay_state: String,
}

impl<S: Send + Sync> FromRequest<S> for SamlBody {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        require_type(request.headers(), &["application/x-www-form-urlencoded"])?;
        let bytes = read_up_to(request.into_body(), LONGEST).await?;
        let mut fields = form::fields(&bytes, |_| false)?;
        match (fields.remove("SAMLResponse"), fields.remove("RelayState")) {
            (Some(response), Some(relay_state)) => Ok(Self { response, relay_state }),
            _ => Err(ApiProblem::invalid_request("There is no answer to a request of ours.")),
        }
    }
}

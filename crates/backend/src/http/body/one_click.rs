//! What a mail program sends to unsubscribe, or the page's form in its place.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;

use super::{form, read, require_type};
use crate::http::problem::ApiProblem;

/// A body that RFC 8058 describes, in either of its two forms, or the fields of a page's form.
///
/// Refused as a problem: another media type (415), more than 64 KiB (413), too slow (408), another field in the form
/// that only mail programs send (400), and whatever [`super::FormBody`] refuses.
#[derive(Clone, Debug)]
pub enum OneClickBody {
    /// `List-Unsubscribe=One-Click`.
    OneClick,
    /// Values by field name.
    Form(BTreeMap<String, String>),
}

const FIELD: &str = "List-Unsubscribe";
const VALUE: &str = "One-Click";

impl<S: Send + Sync> FromRequest<S> for OneClickBody {
    type Rejection = ApiProblem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Self::Rejection> {
        require_type(request.headers(), &["application/x-www-form-urlencoded", "multipart/form-data"])?;
        let is_multipart = request
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|value| value.as_bytes().to_ascii_lowercase().starts_with(b"multipart/"));
        let bytes = read(request.into_body()).await?;
        if is_multipart {
            // One field with one value: looking for both reads it as well as taking the parts apart.
            let text = String::from_utf8_lossy(&bytes);
            return if text.contains(FIELD) && text.contains(VALUE) {
                Ok(Self::OneClick)
            } else {
                Err(ApiProblem::invalid_request("Send List-Unsubscribe=One-Click."))
            };
        }
        let fields = form::fields(&bytes, |_| false)?;
        Ok(if fields.get(FIELD).is_some_and(|value| value == VALUE) {
            Self::OneClick
        } else {
            Self::Form(fields)
        })
    }
}

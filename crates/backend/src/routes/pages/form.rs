//! What every posted form has: the token, the action and the values.

use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::{FailureKind, Values};

use super::respond::see_other;
use crate::http::body::FormBody;
use crate::http::cookies::Cookies;
use crate::http::form_token::{FIELD, Verdict};
use crate::state::Shared;

/// A posted form whose token is this browser's own. Refused as a page.
pub struct Posted {
    /// The pressed button's `action`.
    pub action: String,
    /// Revision of the step that the form was drawn for, when it was a step's.
    pub rev: Option<u64>,
    /// The other fields.
    pub values: Values,
    /// The form's token, different in every response: a second press of a button brings the same one.
    pub token: String,
    /// Headers of the request.
    pub headers: HeaderMap,
}

impl FromRequest<Shared> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, app: &Shared) -> Result<Self, Self::Rejection> {
        let headers = request.headers().clone();
        let path = request.uri().path_and_query().map_or("/", |path| path.as_str()).to_owned();
        let FormBody(fields) = FormBody::from_request(request, app)
            .await
            .map_err(|problem| super::problem(app, &headers, &problem))?;
        let mut values: Values = fields.into_iter().collect();
        let token = values.remove(FIELD).unwrap_or_default();
        match app.form_tokens.verify(&Cookies::read(&headers), &token) {
            Verdict::Genuine => {}
            Verdict::NoCookie => {
                return Err(super::failure(app, &headers, FailureKind::CookiesOff, StatusCode::FORBIDDEN));
            }
            // The form is older than this browser's cookies: the page as it is now has a token that fits.
            Verdict::Refused => return Err(see_other(&path)),
        }
        let action = values.remove("action").unwrap_or_default();
        let rev = values.remove("rev").and_then(|rev| rev.parse().ok());
        Ok(Self { action, rev, values, token, headers })
    }
}

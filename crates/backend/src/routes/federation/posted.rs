//! `POST /federation/{organization}/{provider}/callback`: a provider that lets the browser post its answer (OAuth 2.0 Form
//! Post Response Mode), as Apple does when it is asked for an address.
//!
//! The post comes from another site, without our cookies. It changes nothing: the browser is sent on to the same address
//! with what was posted, and has the flow's cookie there.

use axum::extract::OriginalUri;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use url::form_urlencoded;

use crate::federation::answer::PARAMETERS;
use crate::http::body::FormBody;
use crate::http::problem::ApiProblem;
use crate::routes::pages::problem;
use crate::routes::pages::respond::see_other;
use crate::state::Shared;

/// Sends the browser on.
pub async fn post(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    headers: HeaderMap,
    body: Result<FormBody, ApiProblem>,
) -> Response {
    let FormBody(fields) = match body {
        Ok(body) => body,
        Err(error) => return problem(&app, &headers, &error),
    };
    let known = PARAMETERS.into_iter().filter_map(|name| Some((name, fields.get(name)?)));
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(known).finish();
    see_other(&format!("{}?{query}", uri.path()))
}

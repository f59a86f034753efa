//! `/assets/{name}` and the few files that browsers ask for by themselves.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::response::Response;

use crate::http::headers::csp_of_worker;
use crate::state::Shared;

/// A file of the built front-end.
pub async fn get(State(app): State<Shared>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let mut response = app.dist.respond(&name, &headers);
    let worker = app.dist.relying_party().and_then(|files| files.worker.url.strip_prefix("/assets/"));
    if worker == Some(name.as_str()) {
        // A worker lives by the policy of its own script.
        let local = app.config.private_networks.iter().any(|network| network.addr().is_loopback());
        let policy =
            HeaderValue::from_str(&csp_of_worker(local)).expect("a policy is made of ASCII texts of ours");
        response.headers_mut().insert(CONTENT_SECURITY_POLICY, policy);
    }
    response
}

/// Browsers ask for it whatever the page says.
pub async fn favicon() -> (StatusCode, [(HeaderName, &'static str); 1]) {
    (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "public, max-age=86400")])
}

/// Nothing here is for search engines.
pub async fn robots() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "User-agent: *\nDisallow: /\n")
}

//! `/assets/{name}` and the few files that browsers ask for by themselves.

use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{HeaderMap, HeaderName, StatusCode};
use axum::response::Response;

use crate::state::Shared;

/// A file of the built front-end.
pub async fn get(State(app): State<Shared>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    app.dist.respond(&name, &headers)
}

/// Browsers ask for it whatever the page says.
pub async fn favicon() -> (StatusCode, [(HeaderName, &'static str); 1]) {
    (StatusCode::NO_CONTENT, [(CACHE_CONTROL, "public, max-age=86400")])
}

/// Nothing here is for search engines.
pub async fn robots() -> ([(HeaderName, &'static str); 1], &'static str) {
    ([(CONTENT_TYPE, "text/plain; charset=utf-8")], "User-agent: *\nDisallow: /\n")
}

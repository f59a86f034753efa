//! Requests that change something come from our own pages (S62, T11).
//!
//! Cookies alone prove nothing: the browser sends them whoever wrote the form. So whatever is no safe method has to
//! show `Origin` or `Sec-Fetch-Site`, which pages cannot forge.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::{AUTHORIZATION, ORIGIN};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use vestibule_contract::ProblemCode;

use super::problem::ApiProblem;
use crate::config::Config;
use crate::mail::unsubscribe;

const SEC_FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Our own origin, to compare with.
#[derive(Clone, Debug)]
pub struct SameOrigin(Arc<str>);

impl SameOrigin {
    /// The origin of the public URL.
    pub fn new(config: &Config) -> Self {
        Self(config.public_url.origin().into())
    }

    /// Whether the headers of a state-changing request show that one of our own pages made it.
    ///
    /// `Origin: null` is what browsers send with our own forms, since our pages have `Referrer-Policy: no-referrer`
    /// (Fetch, "append a request `Origin` header"). A sandboxed frame of somebody else's sends it too; then
    /// `Sec-Fetch-Site` says `cross-site`, so `null` counts only together with `same-origin`.
    pub fn admit(&self, headers: &HeaderMap) -> bool {
        let (Ok(origin), Ok(site)) = (single(headers, &ORIGIN), single(headers, &SEC_FETCH_SITE)) else {
            return false;
        };
        let site_is_ours = site.is_some_and(|site| site == "same-origin");
        match origin {
            Some(origin) if origin == self.0.as_bytes() => {
                site_is_ours || site.is_none_or(|site| site == "none")
            }
            Some(origin) => origin == "null" && site_is_ours,
            None => site_is_ours,
        }
    }
}

/// The only value of a header. `Err` when there are several: then two readers could see different ones.
fn single<'h>(headers: &'h HeaderMap, name: &HeaderName) -> Result<Option<&'h HeaderValue>, ()> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (value, None) => Ok(value),
        (_, Some(_)) => Err(()),
    }
}

/// Whether the request authenticates by a bearer token (RFC 6750). Handlers that take one read no cookie, so another
/// site has nothing to gain: it does not have the token, and could not set the header without a preflight, which
/// nothing here answers.
pub fn has_bearer(headers: &HeaderMap) -> bool {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    value
        .and_then(|value| value.split_once(' '))
        .is_some_and(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
}

/// Whether the route judges by itself: there a mail program posts without any cookie (RFC 8058), or an identity
/// provider's page does, whose answer carries its own proof.
fn judges_by_itself(request: &Request) -> bool {
    [unsubscribe::PATH, "/federation/"].iter().any(|start| request.uri().path().starts_with(start))
}

/// Refuses state-changing requests that another site may have caused, with 403.
pub async fn check(State(ours): State<SameOrigin>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    let by_itself = has_bearer(request.headers()) || judges_by_itself(&request);
    if safe || by_itself || ours.admit(request.headers()) {
        next.run(request).await
    } else {
        ApiProblem::new(ProblemCode::OriginRefused).answer(request.headers())
    }
}

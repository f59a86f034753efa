//! Only requests for our own host are answered (S108).
//!
//! Peers built links from `Host` or `X-Forwarded-Host` and mailed them to victims, again and again (R19). Here every
//! absolute address comes from the configuration, no `Forwarded` header is read at all, and a request that names
//! another host is refused before any route sees it.

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::middleware::Next;
use axum::response::Response;
use vestibule_contract::ProblemCode;

use super::problem::ApiProblem;
use crate::config::Config;

/// The hosts that are answered.
#[derive(Clone, Debug)]
pub struct AllowedHosts {
    hosts: Arc<[String]>,
    default_port: u16,
}

impl AllowedHosts {
    /// The host of the public URL, and the extra hosts.
    pub fn new(config: &Config) -> Self {
        let mut hosts = config.server.extra_hosts.clone();
        hosts.push(config.public_url.authority().to_owned());
        Self { hosts: hosts.into(), default_port: config.public_url.default_port() }
    }

    /// Whether an authority is one of ours, in any case, and with or without the port that goes without saying.
    fn admit(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        if authority.as_str().contains('@') {
            return false;
        }
        let host = authority.host().to_ascii_lowercase();
        let name = match authority.port_u16() {
            Some(port) if port != self.default_port => format!("{host}:{port}"),
            // "host:" and "host:99999" have a port that is none.
            None if authority.as_str().len() != host.len() => return false,
            Some(_) | None => host,
        };
        self.hosts.contains(&name)
    }
}

/// Refuses requests for other hosts with 421, and those that do not say which host with 400 (RFC 9112 section 3.2).
///
/// An absolute-form request line names a host too; whatever is named has to be ours.
pub async fn check(State(allowed): State<AllowedHosts>, request: Request, next: Next) -> Response {
    let mut hosts = request.headers().get_all(HOST).iter();
    let named = (hosts.next(), hosts.next());
    let in_line = request.uri().authority();
    let admitted = match named {
        (Some(host), None) => host.to_str().is_ok_and(|host| allowed.admit(host)),
        (None, _) => in_line.is_some(),
        (Some(_), Some(_)) => {
            return ApiProblem::new(ProblemCode::InvalidRequest).answer(request.headers());
        }
    };
    if (None, None) == named && in_line.is_none() {
        return ApiProblem::new(ProblemCode::InvalidRequest).answer(request.headers());
    }
    if admitted && in_line.is_none_or(|authority| allowed.admit(authority.as_str())) {
        next.run(request).await
    } else {
        ApiProblem::new(ProblemCode::MisdirectedRequest).answer(request.headers())
    }
}

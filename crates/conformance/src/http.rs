//! A browser as far as the contract can see one: requests with the headers that a browser adds, a jar of cookies, and
//! a record of all that was said.

mod exchange;
mod jar;
mod log;
mod request;

pub use exchange::Exchange;
pub use jar::{Cookie, Jar};
pub use log::{Log, Secret, SecretKind};
pub use request::Request;

use std::sync::Arc;
use std::time::Duration;

use url::Url;

use crate::case::Stop;

/// Longest answer that is read. The largest document of the contract has a few ten kilobytes.
const LONGEST: u64 = 4 * 1024 * 1024;

/// How long one answer may take before the backend counts as not answering.
const PATIENCE: Duration = Duration::from_secs(30);

/// One browser: its cookies are its own, the record is shared by all of a run.
#[derive(Clone)]
pub struct Browser {
    agent: ureq::Agent,
    base: Url,
    /// The cookies, as a browser keeps them.
    pub jar: Jar,
    log: Log,
    forwarded_for: Option<String>,
}

impl Browser {
    /// A browser that has never been anywhere. `forwarded_for` is the address that it claims to come from, for
    /// backends that trust this machine as a proxy.
    pub fn new(base: Url, log: Log, forwarded_for: Option<String>) -> Self {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .timeout_global(Some(PATIENCE))
            .user_agent("vestibule-conformance")
            .build();
        Self { agent: config.into(), base, jar: Jar::default(), log, forwarded_for }
    }

    /// The same browser on another machine: same address of the network, no cookies.
    #[must_use]
    pub fn without_cookies(&self) -> Self {
        Self { jar: Jar::default(), ..self.clone() }
    }

    /// The backend's own origin, as browsers write it.
    pub fn origin(&self) -> String {
        self.base.origin().ascii_serialization()
    }

    /// `GET` of a document for a program.
    pub fn get(&mut self, path: &str) -> Result<Arc<Exchange>, Stop> {
        self.send(&Request::new("GET", path))
    }

    /// `GET` of a page that a person opens.
    pub fn page(&mut self, path: &str) -> Result<Arc<Exchange>, Stop> {
        self.send(&Request::new("GET", path).navigation())
    }

    /// `POST` of JSON by the origin's own page.
    pub fn post(&mut self, path: &str, body: &serde_json::Value) -> Result<Arc<Exchange>, Stop> {
        self.send(&Request::new("POST", path).from_own_page(&self.origin()).json(body))
    }

    /// Sends a request as it stands, with the cookies of this browser, and keeps those of the answer.
    ///
    /// # Errors
    /// [`Stop::Unreachable`] when there is no answer at all.
    pub fn send(&mut self, request: &Request) -> Result<Arc<Exchange>, Stop> {
        let url = self.base.join(&request.path).map_err(|error| Stop::unreachable(&request.path, error))?;
        let mut headers = request.headers.clone();
        if let Some(cookies) = self.jar.header().filter(|_| !request.has("cookie")) {
            headers.push(("cookie".to_owned(), cookies));
        }
        headers
            .extend(self.forwarded_for.iter().map(|address| ("x-forwarded-for".to_owned(), address.clone())));
        let mut builder = ureq::http::Request::builder().method(request.method).uri(url.as_str());
        for (name, value) in &headers {
            builder = builder.header(name, value);
        }
        let unreachable = |error: &dyn std::fmt::Display| Stop::unreachable(url.as_str(), error);
        let answered = match &request.body {
            Some(body) => self.agent.run(builder.body(body.as_slice()).map_err(|error| unreachable(&error))?),
            None => self.agent.run(builder.body(()).map_err(|error| unreachable(&error))?),
        };
        let mut response = answered.map_err(|error| unreachable(&error))?;
        let read = response.body_mut().with_config().limit(LONGEST).read_to_vec();
        let body = read.map_err(|error| unreachable(&error))?;
        let text = |value: &ureq::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        let exchange = Arc::new(Exchange {
            method: request.method,
            path: request.path.clone(),
            sent: headers,
            sent_body: request.body.as_deref().map(|body| String::from_utf8_lossy(body).into_owned()),
            status: response.status().as_u16(),
            headers: response.headers().iter().map(|(name, value)| (name.to_string(), text(value))).collect(),
            body: String::from_utf8_lossy(&body).into_owned(),
        });
        for cookie in self.jar.keep(&exchange) {
            self.log.secret(SecretKind::Cookie, &cookie.value);
        }
        self.log.record(&exchange);
        Ok(exchange)
    }
}

//! The one address from which every link, redirect and origin check is made.

use url::{Host, Url};

use super::{ConfigError, source::Source};

const KEY: &str = "public_url";
const FIX: &str = "set it to where browsers find this installation, such as https://guests.example";

/// An origin: scheme, host and port, nothing else (RFC 6454).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl {
    origin: String,
    authority: String,
    host: String,
    secure: bool,
}

impl PublicUrl {
    pub(super) fn read(source: &Source) -> Result<Self, ConfigError> {
        let text = source.text(KEY).ok_or_else(|| ConfigError::missing(KEY, FIX))?;
        Self::parse(&text).map_err(|problem| ConfigError::value(KEY, format!("`{text}` {problem}"), FIX))
    }

    /// Reads an origin. `http` is taken on loopback hosts only, for trying things out: browsers treat those as secure.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow the text.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let url = Url::parse(text).map_err(|_| "is not a URL")?;
        let host = url.host().ok_or("has no host")?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&host) => {}
            "http" => return Err("is not https; http is for localhost only"),
            _ => return Err("is neither https nor http"),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("holds a user name or password");
        }
        if url.path() != "/" || url.query().is_some() || url.fragment().is_some() {
            return Err("has a path, a query or a fragment; only scheme, host and port belong there");
        }
        let host = host.to_string();
        let authority = url.port().map_or_else(|| host.clone(), |port| format!("{host}:{port}"));
        let origin = format!("{}://{authority}", url.scheme());
        Ok(Self { origin, authority, host, secure: url.scheme() == "https" })
    }

    /// As browsers write it in `Origin`: `https://guests.example`.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// As browsers write it in `Host`: `guests.example`, `localhost:8080`. The default port is left out.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The host alone.
    pub fn host(&self) -> &str {
        &self.host
    }

    /// The port that goes without saying.
    pub fn default_port(&self) -> u16 {
        if self.secure { 443 } else { 80 }
    }

    /// The absolute address of a path of ours, which begins with `/`.
    pub fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

/// Whether the host can only be this machine.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost" || name.ends_with(".localhost"),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// Whether a host as it stands in a configuration can only be this machine.
pub(super) fn is_loopback_name(host: &str) -> bool {
    Host::parse(host.trim_matches(['[', ']'])).is_ok_and(|parsed| match parsed {
        Host::Domain(name) => is_loopback(&Host::Domain(&name)),
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }) || host == "::1"
}

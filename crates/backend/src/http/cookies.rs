//! Cookies: read strictly, written in the only ways that are used here (S61; RFC 6265bis).
//!
//! All are `__Host-`, `Secure`, `HttpOnly`, `Path=/`, without `Domain`: no script reads them, no neighbour on
//! the domain sets them. The session is `Strict`. The others are `Lax`, because the page of a mailed link has to find
//! them again.

mod last_used;
#[cfg(test)]
mod tests;

pub use last_used::LastUsed;

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::header::COOKIE;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue};

/// Holds the session's token.
pub const SESSION: &str = "__Host-vestibule-session";
/// Holds the secret that the tokens in this browser's forms belong to.
pub const FORM: &str = "__Host-vestibule-form";
/// With the end of a flow's id: holds what binds the flow to this browser.
const FLOW: &str = "__Host-vestibule-flow-";
/// More than any browser of ours sends; a request with more is not worth parsing.
const LONGEST: usize = 16 * 1024;

/// The name of the cookie that binds a flow: its last 12 hexadecimal digits, so that several flows stand side by side.
pub fn flow_name(flow: &str) -> String {
    let hex: Vec<char> = flow.chars().filter(char::is_ascii_hexdigit).collect();
    let tail: String = hex[hex.len().saturating_sub(12)..].iter().collect();
    format!("{FLOW}{}", tail.to_ascii_lowercase())
}

/// The cookies of a request.
#[derive(Clone, Default)]
pub struct Cookies(BTreeMap<String, Option<String>>);

impl Cookies {
    /// Reads the header. What is not a well-formed cookie is left out; a name that comes twice has no value, because
    /// nobody can tell which of them is ours.
    pub fn read(headers: &HeaderMap) -> Self {
        let mut cookies: BTreeMap<String, Option<String>> = BTreeMap::new();
        let values = headers.get_all(COOKIE).iter().filter(|value| value.len() <= LONGEST);
        let pairs = values.filter_map(|value| value.to_str().ok()).flat_map(|text| text.split(';'));
        for (name, value) in pairs.filter_map(|pair| pair.trim_matches(' ').split_once('=')) {
            if !name.is_empty() && name.bytes().all(is_name) && value.bytes().all(is_value) {
                cookies
                    .entry(name.to_owned())
                    .and_modify(|known| *known = None)
                    .or_insert_with(|| Some(value.to_owned()));
            }
        }
        Self(cookies)
    }

    /// The values of all cookies that bind flows.
    pub fn flows(&self) -> impl Iterator<Item = &str> {
        let binding = |(name, value): (&String, _)| name.starts_with(FLOW).then_some(value);
        self.0.iter().filter_map(binding).filter_map(Option::as_deref)
    }

    /// The value of a cookie.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_deref()
    }
}

/// The values are secrets (S112).
impl std::fmt::Debug for Cookies {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_set().entries(self.0.keys()).finish()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Cookies {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self::read(&parts.headers))
    }
}

/// `token` of RFC 9110 section 5.6.2.
fn is_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte)
}

/// `cookie-octet` of RFC 6265 section 4.1.1.
fn is_value(byte: u8) -> bool {
    byte.is_ascii_graphic() && !b"\",;\\".contains(&byte)
}

/// When a browser sends a cookie along with a request from elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SameSite {
    /// Never.
    Strict,
    /// When a person follows a link.
    Lax,
}

/// What differs between our cookies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CookieOptions {
    /// When it is sent.
    pub same_site: SameSite,
    /// How long the browser keeps it; `None` until it is closed.
    pub max_age: Option<Duration>,
}

impl CookieOptions {
    /// Of the session: ends with the browser, at the latest when the server ends it.
    pub const SESSION: Self = Self { same_site: SameSite::Strict, max_age: None };
    /// Of the forms' secret.
    pub const FORM: Self = Self { same_site: SameSite::Lax, max_age: None };

    /// Of a flow's binding: as long as the flow lives.
    pub const fn flow(lifetime: Duration) -> Self {
        Self { same_site: SameSite::Lax, max_age: Some(lifetime) }
    }
}

/// A value for `Set-Cookie`.
///
/// # Panics
/// When name or value hold what a cookie cannot hold. They are constants and tokens of ours.
pub fn set(name: &str, value: &str, options: CookieOptions) -> HeaderValue {
    assert!(name.bytes().all(is_name) && value.bytes().all(is_value), "cookies hold tokens of ours");
    let same_site = match options.same_site {
        SameSite::Strict => "Strict",
        SameSite::Lax => "Lax",
    };
    let mut text = format!("{name}={value}; Path=/; Secure; HttpOnly; SameSite={same_site}");
    if let Some(age) = options.max_age {
        write!(text, "; Max-Age={}", age.as_secs()).expect("writing to a string does not fail");
    }
    let mut header = HeaderValue::from_str(&text).expect("its parts were checked");
    header.set_sensitive(true);
    header
}

/// A value for `Set-Cookie` that makes the browser forget the cookie.
///
/// # Panics
/// As [`set`].
pub fn clear(name: &str) -> HeaderValue {
    set(name, "", CookieOptions { same_site: SameSite::Strict, max_age: Some(Duration::ZERO) })
}

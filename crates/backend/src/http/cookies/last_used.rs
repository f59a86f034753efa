//! The provider that was used last at a browser, so that it stands first in the chooser. Says nothing about anybody: it
//! is no proof of anything.

use std::time::Duration;

use axum::http::{HeaderMap, HeaderValue};

use super::{CookieOptions, Cookies, SameSite, set};

/// Its name.
const LAST_USED: &str = "__Host-vestibule-last-used";
/// How long it is kept: guests come back seldom.
const KEPT: Duration = Duration::from_hours(24 * 365);

/// A provider of an organization.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LastUsed {
    organization: String,
    provider: String,
}

impl LastUsed {
    /// Reads it from a request.
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let cookies = Cookies::read(headers);
        let (organization, provider) = cookies.get(LAST_USED)?.split_once('.')?;
        Some(Self { organization: organization.to_owned(), provider: provider.to_owned() })
    }

    /// The provider, if it is of this organization.
    pub fn at(self, organization: &str) -> Option<String> {
        (self.organization == organization).then_some(self.provider)
    }

    /// A value for `Set-Cookie`. Both are slugs.
    pub fn set(organization: &str, provider: &str) -> HeaderValue {
        let options = CookieOptions { same_site: SameSite::Lax, max_age: Some(KEPT) };
        set(LAST_USED, &format!("{organization}.{provider}"), options)
    }
}

//! Where a guest may be sent after signing in or redeeming (T09, S72; RFC 9700 section 4.11).
//!
//! Only to a path of our own, or below the registered address of an app. A candidate is never repaired: browsers,
//! proxies and URL libraries each repair in their own way, and an open redirect lives in the difference. It must
//! already be spelled as the URL standard spells it, else it leads to the access panel.

#[cfg(test)]
mod tests;

use url::{Host, Url};

/// Deep links are a few hundred characters long. What is far longer only wants to break something on the way.
const LONGEST: usize = 1_024;

/// The registered address of an app: an origin and a path, below which guests may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppUrl(Url);

impl AppUrl {
    /// Reads an `https` URL, or `http` on this very machine for development, without user, query and fragment.
    pub fn parse(text: &str) -> Result<Self, AppUrlError> {
        if !unambiguous(text) {
            return Err(AppUrlError::Ambiguous);
        }
        let url = Url::parse(text).map_err(|_| AppUrlError::NotAUrl)?;
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(&url) => {}
            _ => return Err(AppUrlError::NotHttps),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(AppUrlError::Credentials);
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(AppUrlError::QueryOrFragment);
        }
        if spelled(text, &url) { Ok(Self(url)) } else { Err(AppUrlError::Ambiguous) }
    }

    /// The address as the URL standard spells it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// Whether `url` is this address or lies below it. `/crm` covers `/crm` and `/crm/a`, but not `/crmx`.
    fn covers(&self, url: &Url) -> bool {
        let prefix = self.0.path().trim_end_matches('/');
        let rest = url.path().strip_prefix(prefix);
        self.0.origin() == url.origin() && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

/// Why a text cannot be registered as the address of an app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AppUrlError {
    /// It is no absolute URL.
    #[error("the address of an app is an absolute URL such as https://app.example/start")]
    NotAUrl,
    /// It is not `https`.
    #[error("the address of an app begins with https://")]
    NotHttps,
    /// It holds a user or a password.
    #[error("the address of an app holds no user and no password")]
    Credentials,
    /// It holds a query or a fragment, which cannot be a prefix.
    #[error("the address of an app has no query and no fragment")]
    QueryOrFragment,
    /// It has a spelling that programs read differently.
    #[error(
        "the address of an app is plain ASCII, in lower case up to the path, without .. and // and %2f in the path"
    )]
    Ambiguous,
}

/// Where a guest may be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// An absolute path of our own, with query and fragment.
    Path(String),
    /// A URL of a registered app.
    App(String),
}

/// Checks a wish for a target against the registered apps. `None` means: to the access panel.
///
/// Ask when the wish is stored and again when it is used: an app may have been removed meanwhile (T09). `own_origin` is
/// ours, such as `https://guests.example`.
pub fn resolve(candidate: &str, registered: &[AppUrl], own_origin: &str) -> Option<Target> {
    if !unambiguous(candidate) {
        return None;
    }
    let own = Url::parse(own_origin).ok()?;
    if candidate.starts_with('/') {
        let url = own.join(candidate).ok()?;
        let same = url.origin() == own.origin() && url[url::Position::BeforePath..] == *candidate;
        return same.then(|| Target::Path(candidate.to_owned()));
    }
    let url = Url::parse(candidate).ok().filter(|url| spelled(candidate, url))?;
    if url.origin() == own.origin() {
        return Some(Target::Path(url[url::Position::BeforePath..].to_owned()));
    }
    registered.iter().any(|app| app.covers(&url)).then(|| Target::App(url.into()))
}

/// Whether all programs read this text alike: visible ASCII, no backslash, nothing encoded that could come to life.
fn unambiguous(text: &str) -> bool {
    let visible = |byte: u8| byte.is_ascii_graphic() && byte != b'\\';
    if text.len() > LONGEST || !text.bytes().all(visible) {
        return false;
    }
    let path_end = text.find(['?', '#']).unwrap_or(text.len());
    let path = &text[..path_end];
    let path = path.strip_prefix("https://").or_else(|| path.strip_prefix("http://")).unwrap_or(path);
    !path.contains("//")
        && text.split('%').skip(1).all(|rest| rest.get(..2).is_some_and(|hex| !is_control(hex)))
        && path.split('%').skip(1).all(|rest| rest.get(..2).is_some_and(|hex| !is_structure(hex)))
}

/// Whether the two characters after a `%` are no hexadecimal number, or encode a control character.
fn is_control(hex: &str) -> bool {
    u8::from_str_radix(hex, 16).map_or(true, |byte| byte.is_ascii_control())
}

/// Whether they encode `/`, `\`, `.` or `%`: decoded once too often, these make another path.
fn is_structure(hex: &str) -> bool {
    u8::from_str_radix(hex, 16).is_ok_and(|byte| b"/\\.%".contains(&byte))
}

/// Whether `text` is how the URL standard writes this URL, which is absolute, with or without the slash of an empty path,
/// and holds no user.
fn spelled(text: &str, url: &Url) -> bool {
    let exact = url.as_str() == text || (url.path() == "/" && url.as_str().strip_suffix('/') == Some(text));
    exact && url.has_host() && url.username().is_empty() && url.password().is_none()
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

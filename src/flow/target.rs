//! Where a step may send the browser (contract rule 6; S72).
//!
//! The backend decides and the page checks. The check reads far less than a browser's URL parser does and refuses
//! what it does not read: everything that passes means the same to every parser.

use crate::route::Route;

/// Longest address that is followed.
const LONGEST: usize = 2_000;

/// What an address is to this page.
#[derive(Debug)]
pub enum Target {
    /// One of the page's own routes.
    Page(Route),
    /// Elsewhere on this origin; the whole address.
    Origin(String),
    /// On another origin.
    Foreign {
        /// The whole address.
        url: String,
        /// Its origin, in lower case.
        origin: String,
    },
    /// Nowhere that this page would go.
    Refused,
}

/// Reads an address that a backend gave.
pub fn target(address: &str, own_origin: &str) -> Target {
    let plain =
        address.len() <= LONGEST && address.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !plain || hides_control(address) {
        return Target::Refused;
    }
    if address.starts_with('/') {
        return local(address, own_origin);
    }
    let Some((scheme, rest)) = apart(address) else { return Target::Refused };
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return Target::Refused;
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let path = rest.strip_prefix(host).unwrap_or_default();
    if !is_host(host) {
        return Target::Refused;
    }
    let origin = origin_of(scheme, host);
    if origin == own_origin.to_ascii_lowercase() {
        return if path.starts_with('/') { local(path, own_origin) } else { local("/", own_origin) };
    }
    Target::Foreign { url: address.to_owned(), origin }
}

/// Whether nobody but the host itself can stand at the other end: `https`, or this very machine.
pub(super) fn is_safe(origin: &str) -> bool {
    let local = origin.strip_prefix("http://localhost");
    origin.starts_with("https://") || local.is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Whether an origin is on a list, which may spell it with the scheme's own port or in capitals.
pub(super) fn is_listed(origin: &str, list: &[String]) -> bool {
    list.iter().any(|known| {
        apart(known.trim_end_matches('/')).is_some_and(|(scheme, host)| origin_of(scheme, host) == origin)
    })
}

/// What stands before `://`, and what behind it. By a character, since searching for a text, like cutting one at a
/// number, brings kilobytes of the standard library along.
pub(super) fn apart(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    Some((scheme, rest.strip_prefix("//")?))
}

fn local(path: &str, own_origin: &str) -> Target {
    // Two leading slashes name another host, in plain sight or once somebody has decoded the path.
    let lower = path.to_ascii_lowercase();
    let second = lower.strip_prefix('/').unwrap_or(&lower);
    let hidden = ["/", "%2f", "%5c", ".", "%2e"].iter().any(|start| second.starts_with(start));
    if hidden {
        return Target::Refused;
    }
    match Route::parse_href(path) {
        Route::Unknown { .. } => Target::Origin([own_origin, path].concat()),
        route @ (Route::Home { .. }
        | Route::Invitation { .. }
        | Route::Flow { .. }
        | Route::Apps { .. }
        | Route::Account { .. }
        | Route::Link { .. }
        | Route::SignUp { .. }
        | Route::DeskInvite { .. }) => Target::Page(route),
    }
}

/// `%00` to `%1F` and `%7F`: line ends that a header, or a log, might fall for.
fn hides_control(address: &str) -> bool {
    address.as_bytes().windows(3).any(|triple| match triple {
        [b'%', b'0' | b'1', _] => true,
        [b'%', b'7', last] => last.eq_ignore_ascii_case(&b'f'),
        _ => false,
    })
}

/// A name or an IPv4 address with a port, perhaps; no user, no brackets, nothing encoded.
fn is_host(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    !name.is_empty()
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'))
        && !port.is_empty()
        && port.len() <= 5
        && port.bytes().all(|byte| byte.is_ascii_digit())
}

fn origin_of(scheme: &str, host: &str) -> String {
    let scheme = scheme.to_ascii_lowercase();
    let own_port = if scheme == "https" { ":443" } else { ":80" };
    let host = host.to_ascii_lowercase();
    [&scheme, "://", host.strip_suffix(own_port).unwrap_or(&host)].concat()
}

#[cfg(test)]
mod tests;

//! Where an address that came from elsewhere leads, or that it leads nowhere (S72, S73).

/// A place that a link may lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place<'a> {
    /// A path of this origin.
    Here,
    /// Another site, by its host.
    Away(&'a str),
    /// A mailbox.
    Mail(&'a str),
}

/// Reads an address. Only `http`, `https`, `mailto` and absolute paths are places: everything that a browser might
/// take for a script, or for another host than it looks like, is none.
pub(crate) fn place(href: &str) -> Option<Place<'_>> {
    // Browsers drop tabs and line breaks, and read a backslash as a slash.
    if href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    if href.starts_with('/') {
        return (!href.starts_with("//")).then_some(Place::Here);
    }
    let (scheme, rest) = href.split_once(':')?;
    if scheme.eq_ignore_ascii_case("mailto") {
        let address = rest.split('?').next().unwrap_or_default();
        return address.contains('@').then_some(Place::Mail(address));
    }
    if !scheme.eq_ignore_ascii_case("https") && !scheme.eq_ignore_ascii_case("http") {
        return None;
    }
    let rest = rest.strip_prefix("//")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // `https://bank.example@evil.example` shows one host and goes to another.
    (!host.is_empty() && !host.contains('@')).then_some(Place::Away(host))
}

#[cfg(test)]
mod tests;

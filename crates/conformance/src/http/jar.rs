//! Cookies, as much of RFC 6265bis as the contract's cookies need: they are host-wide and `Secure`, and the suite is one
//! host's visitor, so neither paths nor domains are matched.

use super::Exchange;

/// One `Set-Cookie`, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cookie {
    /// Name.
    pub name: String,
    /// Value.
    pub value: String,
    /// Attributes in lower case, with their values.
    pub attributes: Vec<(String, String)>,
}

impl Cookie {
    /// Reads the value of a `Set-Cookie` header.
    pub fn parse(header: &str) -> Option<Self> {
        let mut parts = header.split(';').map(str::trim);
        let (name, value) = parts.next()?.split_once('=')?;
        let attributes = parts
            .map(|part| part.split_once('=').unwrap_or((part, "")))
            .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim().to_owned()))
            .collect();
        Some(Self { name: name.trim().to_owned(), value: value.trim().to_owned(), attributes })
    }

    /// The value of an attribute; empty for one that is a mere flag.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether it makes the browser forget the cookie.
    pub fn is_removal(&self) -> bool {
        let age = self.attribute("max-age").and_then(|age| age.parse::<i64>().ok());
        age.is_some_and(|age| age <= 0) || self.value.is_empty()
    }

    /// What the contract asks of every cookie and this one has not (section 2, rule 5). Empty when all is right.
    pub fn faults(&self) -> Vec<&'static str> {
        let same_site = self.attribute("samesite").unwrap_or_default().to_ascii_lowercase();
        let rules = [
            (self.name.starts_with("__Host-"), "the prefix __Host-"),
            (self.attribute("secure").is_some(), "Secure"),
            (self.attribute("httponly").is_some(), "HttpOnly"),
            (matches!(same_site.as_str(), "lax" | "strict"), "SameSite=Lax or Strict"),
            (self.attribute("path") == Some("/"), "Path=/"),
            (self.attribute("domain").is_none(), "no Domain"),
        ];
        rules.into_iter().filter(|(kept, _)| !kept).map(|(_, rule)| rule).collect()
    }
}

/// The cookies of one browser.
#[derive(Clone, Debug, Default)]
pub struct Jar(Vec<Cookie>);

impl Jar {
    /// Keeps the cookies of an answer, and gives those that are new.
    pub fn keep(&mut self, answer: &Exchange) -> Vec<Cookie> {
        let cookies: Vec<Cookie> = answer.set_cookies();
        for cookie in &cookies {
            self.0.retain(|known| known.name != cookie.name);
            if !cookie.is_removal() {
                self.0.push(cookie.clone());
            }
        }
        cookies.into_iter().filter(|cookie| !cookie.is_removal()).collect()
    }

    /// The `Cookie` header; `None` when there are none.
    pub fn header(&self) -> Option<String> {
        let pairs: Vec<String> =
            self.0.iter().map(|cookie| format!("{}={}", cookie.name, cookie.value)).collect();
        (!pairs.is_empty()).then(|| pairs.join("; "))
    }

    /// The cookies.
    pub fn cookies(&self) -> &[Cookie] {
        &self.0
    }
}

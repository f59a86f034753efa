//! API connectors: a program of the organization's own that is asked while somebody signs up, by Microsoft's published
//! contract, so that one that was written for Microsoft Entra works here unchanged.
//!
//! A connector is checked when it is saved (`save`, `certificate`, `pkcs12`). It is asked by [`ask`] (`call`), which writes what
//! is sent (`request`), reads what comes back (`answer`), and keeps one that hangs from holding up everybody else
//! (`traffic`). What a failure means is said by [`effect`]; what a verdict means for the guest is the flow's matter.

pub mod answer;
pub mod call;
pub mod certificate;
pub mod pkcs12;
pub mod request;
pub mod save;
pub mod secret;
#[cfg(test)]
mod tests;
mod traffic;
pub mod wanted;

use std::time::Duration;

use url::Url;

pub use answer::{Failure, Outcome, effect};
pub use call::{Called, ask};
pub use request::{Claims, Point};

use crate::outgoing::http::Http;
use traffic::Traffic;

/// For a connection to a connector (T22).
const CONNECT: Duration = Duration::from_secs(2);

/// In the place of what is not shown.
pub const MASK: &str = "******";

/// An address without what its query says: often it is a key.
pub fn shown_address(text: &str) -> String {
    let Ok(mut url) = Url::parse(text) else { return MASK.to_owned() };
    if let Some(query) = url.query() {
        let masked = |pair: &str| match pair.split_once('=') {
            Some((name, _)) => format!("{name}={MASK}"),
            // Without a name it is all value.
            None => MASK.to_owned(),
        };
        let masked: Vec<String> = query.split('&').map(masked).collect();
        url.set_query(Some(&masked.join("&")));
    }
    url.into()
}

/// Speaks to connectors, and knows how they have done so far.
#[derive(Debug)]
pub struct Connectors {
    http: Http,
    traffic: Traffic,
}

impl Connectors {
    /// Behind the guard of this client.
    ///
    /// # Errors
    /// When TLS cannot be set up.
    pub fn new(http: &Http) -> Result<Self, reqwest::Error> {
        Ok(Self { http: http.sibling(CONNECT, None)?, traffic: Traffic::default() })
    }
}

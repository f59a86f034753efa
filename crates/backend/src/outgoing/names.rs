//! Names of hosts, and at which of their addresses they may be reached. That is found out when one is connected to, not
//! before: whoever owns a name may say something else a moment later (DNS rebinding; S117, T21).

#[cfg(test)]
pub(crate) mod tests;

use std::error::Error;
use std::fmt::Debug;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use ipnet::IpNet;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::network::{is_listed, is_public};

/// Addresses to come.
pub type LookedUp = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Knows the addresses of names.
pub trait Names: Debug + Send + Sync {
    /// The addresses that a name has at this moment.
    fn look_up(&self, name: &str) -> LookedUp;
}

/// What the machine knows.
#[derive(Debug)]
pub struct System;

impl Names for System {
    fn look_up(&self, name: &str) -> LookedUp {
        let name = name.to_owned();
        Box::pin(async move {
            Ok(tokio::net::lookup_host((name, 0)).await?.map(|address| address.ip()).collect())
        })
    }
}

/// A name is at no address that may be connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no address that may be reached")]
pub struct Refused;

impl Refused {
    /// Whether this is why something failed.
    pub fn is_behind(error: &(dyn Error + 'static)) -> bool {
        let mut next = Some(error);
        while let Some(error) = next {
            if error.is::<Self>() {
                return true;
            }
            next = error.source();
        }
        false
    }
}

/// The resolver of a client: forgets the addresses that may not be reached.
pub(super) struct Guard {
    /// Who is asked.
    pub(super) names: Arc<dyn Names>,
    /// Networks that are not the Internet's and may be reached.
    pub(super) private: Arc<[IpNet]>,
    /// Whether the Internet may be reached, too.
    pub(super) internet: bool,
}

impl Resolve for Guard {
    fn resolve(&self, name: Name) -> Resolving {
        let (looked_up, private, internet) =
            (self.names.look_up(name.as_str()), self.private.clone(), self.internet);
        Box::pin(async move {
            let may = |address: &IpAddr| internet && is_public(*address) || is_listed(*address, &private);
            let reachable: Vec<IpAddr> = looked_up.await?.into_iter().filter(may).collect();
            if reachable.is_empty() {
                return Err(Refused.into());
            }
            Ok(Box::new(reachable.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}

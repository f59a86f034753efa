//! Who is calling, for limits: an address that the caller cannot choose (S109).

#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

/// Networks of proxies that are believed.
#[derive(Clone, Debug, Default)]
pub struct TrustedProxies(pub Arc<[IpNet]>);

/// The key that limits count a caller by: an IPv4 address, or the /64 of an IPv6 address, which is what one household
/// or server is given and can choose freely in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClientIp(pub String);

impl<S> FromRequestParts<S> for ClientIp
where
    S: Send + Sync,
    TrustedProxies: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let TrustedProxies(trusted) = TrustedProxies::from_ref(state);
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        Ok(Self(peer.map_or_else(
            // A server built without the peer's address: all share one budget, rather than none having a limit.
            || "unknown".to_owned(),
            |ConnectInfo(peer)| key_of(caller(peer.ip(), &parts.headers, &trusted)),
        )))
    }
}

/// The peer, unless it is one of our proxies: then the last address before our proxies in `X-Forwarded-For`. What
/// stands before that was written by the caller. An entry that is no address makes it the peer, so that nobody leaves
/// their limit by writing nonsense (R20).
fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let peer = peer.to_canonical();
    let ours = |address: IpAddr| trusted.iter().any(|network| network.contains(&address));
    if !ours(peer) {
        return peer;
    }
    for value in headers.get_all("x-forwarded-for").iter().rev() {
        let Ok(value) = value.to_str() else { return peer };
        for hop in value.rsplit(',') {
            match address_of(hop.trim()) {
                Some(address) if ours(address) => {}
                Some(address) => return address,
                None => return peer,
            }
        }
    }
    peer
}

/// An entry of the list; some proxies add the port.
fn address_of(hop: &str) -> Option<IpAddr> {
    let address = hop.parse().or_else(|_| hop.parse().map(|socket: SocketAddr| socket.ip())).ok()?;
    Some(address.to_canonical())
}

fn key_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let network = u128::from(address) & !u128::from(u64::MAX);
            format!("{}/64", Ipv6Addr::from(network))
        }
    }
}

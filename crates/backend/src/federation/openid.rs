//! OpenID Connect, as a confidential client by the authorization code flow with PKCE: the provider's description and
//! ourselves as its client (`provider`), the way there (`begin`), and what comes back (`answer`, `exchange`), checked by
//! keys that are kept for a while (`keys`).

pub mod answer;
pub mod begin;
pub mod exchange;
mod failure;
pub mod keys;
pub mod logout;
pub mod provider;
pub mod tenant;
mod userinfo;

pub use tenant::described_at;

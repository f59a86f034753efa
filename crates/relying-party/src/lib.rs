//! The browser as relying party of an OpenID Connect provider: a public client by the authorization code flow with PKCE.
//!
//! It runs in a Web Worker with a WebAssembly of its own, which is loaded only where somebody signs in so; whatever else
//! a provider gives for the code ends there. [`begin`] says where to go, [`finish`] trades the code for an ID token and
//! checks it. The backend checks that token again, and trusts nothing of this: see
//! `docs/adr/0011-browser-relying-party.md`.

mod begin;
mod finish;
mod provider;
#[cfg(test)]
mod tests;

#[cfg(target_arch = "wasm32")]
mod fetch;
#[cfg(target_arch = "wasm32")]
mod worker;

pub use begin::{Departure, begin};
pub use finish::{Arrival, failure_of, finish};
pub use provider::{ALGORITHMS, Client, Metadata, Ourselves};

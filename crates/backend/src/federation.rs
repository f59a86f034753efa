//! Identity providers, and how they are spoken to.
//!
//! A provider's description is read when an organization's file is applied, so a wrong one is refused there. A guest's
//! journey begins with an address that needs no request (`journey`); its answer is checked (`answer`), where that takes
//! asking the provider through a client that goes nowhere it should not (`outgoing/http.rs`). Both are the same for every
//! protocol, and each protocol has a folder of its own. What the answer means for the guest is decided in
//! `flows/federation.rs`.

pub mod answer;
pub mod callback;
pub mod health;
pub mod journey;
mod oauth;
pub mod openid;
mod preset;
pub mod remembered;
pub mod saml;
pub mod save;
pub mod secret;
pub mod wanted;

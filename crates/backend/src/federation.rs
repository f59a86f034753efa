//! Identity providers, and how they are spoken to.
//!
//! A provider's description is read when an organization's file is applied (`provider`), so a wrong one is refused there.
//! A guest's journey begins with an address that needs no request (`journey`); its answer is taken to the provider and
//! checked (`answer`) with keys that are kept for a while (`keys`), through a client that goes nowhere it should not
//! (`http`). What the answer means for the guest is decided in `flows/federation.rs`.

pub mod answer;
pub mod failure;
pub mod http;
pub mod journey;
pub mod keys;
pub mod network;
pub mod provider;

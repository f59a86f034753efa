//! Requests of our own to others, to identity providers and to connectors: where they may go, and what they may cost.

pub mod http;
pub mod names;
pub mod network;

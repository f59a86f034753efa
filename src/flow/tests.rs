//! Journeys, as tables: what happens, what the engine asks for, what is on the screen. One file a journey.
#![expect(clippy::unwrap_used, reason = "tests")]

mod account;
mod desk;
mod federate;
mod foreign;
mod harness;
mod history;
mod panel;
mod problems;
mod redeem;
mod redirects;
mod retry;
mod sign_out;
mod sign_up;
mod start;

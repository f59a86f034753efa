//! The reference backend of the front door.
//!
//! One direction of data: **contract → routes → domain → storage**. `routes` read a request and write an answer,
//! one file an operation; `flows` and `invitations` run what is asked inside one write transaction, asking `domain`
//! what is right and `storage` to make it so; `mail` sends what a transaction has promised; `http` holds what is
//! true of every request; `pages` frames the front-end's own views for the first paint. `cli` is the way in.

pub mod cli;
pub mod config;
pub mod connectors;
pub mod federation;
pub mod flows;
pub mod http;
pub mod invitations;
pub mod keys;
pub mod log;
pub mod mail;
pub mod outgoing;
pub mod pages;
pub mod ports;
pub mod routes;
pub mod seal;
pub mod server;
pub mod sessions;
pub mod state;
pub mod user_flows;

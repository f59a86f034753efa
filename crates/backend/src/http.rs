//! The edge: what is true of every request and response, whatever route it is for.
//!
//! Order of the layers, from the outside in: `request_log` (a reference for everything that follows), `headers`
//! (every answer, refusals included), `host`, `origin`, then the routes. Extractors: `client_ip`, `cookies`, `body`.
//! Errors leave as `problem`.
//!
//! Two limits stand outside of these layers, where the server is built: hyper reads at most about 400 KiB and 100
//! fields of header and answers 431 by itself, and its `header_read_timeout` (with a timer) ends a client that drips
//! them. Bodies are limited in size and time by `body` (S110).

pub mod body;
pub mod client_ip;
pub mod cookies;
pub mod form_token;
pub mod headers;
pub mod host;
pub mod origin;
pub mod problem;
pub mod reference;
pub mod request_log;

#[cfg(test)]
mod tests;

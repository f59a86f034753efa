//! The backend as its clients meet it: whole requests through all layers, on a real database, with a clock and a
//! source of randomness of our own.
#![expect(clippy::unwrap_used, reason = "tests")]

mod abroad;
mod asserter;
mod bundle;
mod client;
mod evil;
mod people;
mod program;
mod provider;
mod world;

mod accounts;
mod assertions;
mod assets;
mod assignment;
mod bounds;
mod browser;
mod codes;
mod commands;
mod crash;
mod csrf;
mod endings;
mod enumeration;
mod faults;
mod federation;
mod graph;
mod guesses;
mod headers;
mod hosts;
mod idempotency;
mod identity_providers;
mod injection;
mod isolation;
mod linking;
mod links;
mod logout;
mod matrix;
mod problems;
mod races;
mod redemption;
mod redirects;
mod renewal;
mod routes;
mod saml;
mod scanners;
mod sending;
mod sessions;
mod social;
mod states;
mod tenancy;
mod tenants;
mod tokens;
mod unsubscribe;
mod ways;
mod wrapping;

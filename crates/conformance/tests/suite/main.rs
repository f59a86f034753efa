//! The suite against the reference backend: as it is, where every claim has to hold, and wrong in one way at a time,
//! where exactly the case of that claim has to fail.
#![expect(clippy::unwrap_used, reason = "tests")]

mod dist;
mod reference;
mod world;
mod wrong;

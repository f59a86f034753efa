//! The conformance suite: tells the author of a backend whether it keeps the contract.
//!
//! It is a black box's test: it speaks HTTP to an address and knows of no backend what discovery does not say. What a
//! case needs beyond that (an invitation, a mailbox, a way to move the clock) is given from outside, and a case whose
//! input is missing is skipped with the name of that input.
//!
//! One claim of the contract is one [`Case`] with an id that never changes, so that a list of expected failures stays
//! true. A case fails for its own claim only: what it merely needs on the way there makes it skip, and some other case
//! fails for it. So one defect shows as one failure.
//!
//! Data flow: [`Options`] → [`Kit`] (browsers, walks, everything that was said) → [`cases::all`] → [`report`].

pub mod case;
pub mod cases;
mod colour;
pub mod expected;
mod form;
pub mod html;
pub mod http;
pub mod kit;
pub mod mailbox;
pub mod options;
pub mod report;
pub mod run;
mod schema;
mod step;
pub mod walk;

pub use case::{Case, Failure, Level, Outcome, Profile, Stop};
pub use kit::Kit;
pub use options::Options;
pub use report::Report;
pub use run::run;

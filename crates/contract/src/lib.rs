//! The contract between the front-end and any backend, version 1.
//!
//! The front-end renders; the backend decides. What travels between them is typed here once: compiled to
//! WebAssembly for the page and natively for the reference backend, and written out as JSON Schema and
//! OpenAPI 3.1 into `docs/contract/` for everybody else (`cargo xtask codegen`). The protocol in prose is
//! `docs/CONTRACT.md`.
//!
//! Compatibility: the major decides, minors only add. So every reader ignores members it does not know, every
//! wire enumeration has a value for "something newer" (`wire_enum!`), and an unknown step is
//! drawn from its actions and fields.
//!
//! To add a step type: its data in [`step`], a variant of [`Step`], examples in `corpus`, then
//! `cargo xtask codegen`; the compiler names every place that has to know it.

#[macro_use]
mod wire;

pub mod api_connector;
pub mod brand;
pub mod challenge;
pub mod desk;
pub mod discovery;
pub mod document;
pub mod field;
pub mod flow;
pub mod given;
pub mod graph;
pub mod identity_provider;
pub mod map;
pub mod message;
pub mod panel;
pub mod problem;
pub mod read;
pub mod session;
pub mod step;
pub mod user;
pub mod user_flow;
pub mod user_flow_attribute;

#[cfg(feature = "corpus")]
pub mod corpus;
#[cfg(feature = "generate")]
pub mod generate;

pub use document::StepDocument;
pub use message::{Message, MessageCode, Severity};
pub use problem::{Problem, ProblemCode};
pub use step::Step;

/// The version of the contract that this crate speaks, as discovery announces it.
pub const CONTRACT_VERSION: &str = "1.0";

/// Media type of a step document.
pub const STEP_MEDIA_TYPE: &str = "application/vnd.vestibule.step+json";

/// Media type of a problem document (RFC 9457).
pub const PROBLEM_MEDIA_TYPE: &str = "application/problem+json";

/// An instant as RFC 3339 text in UTC with seconds, `2026-11-20T10:15:00Z`.
///
/// Text, because the page never computes with it beyond what the browser's own `Date` does, and a date parser
/// would cost the bundle more than it is worth.
pub type Instant = String;

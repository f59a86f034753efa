//! Self-service sign-up: the user flows by which strangers let themselves in, and what each of them asks.

mod attribute;
mod credential;
#[cfg(test)]
mod tests;
mod user_flow;

pub use attribute::{Attribute, AttributeKind, BuiltIn, Choice, Texts};
pub use credential::asks_for_credential;
pub use user_flow::{Approval, UserFlow, UserFlowError};

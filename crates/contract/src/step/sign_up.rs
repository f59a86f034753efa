//! Steps of a self-service sign-up.

use serde::{Deserialize, Serialize};

use crate::Instant;

/// Data of `attributes`: the form of a sign-up. What is asked stands in the action's fields.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Attributes {
    /// The account that was proven, and comes to the organization with what is filled in.
    pub account: String,
}

/// Data of `challenge`: a computation that costs a robot more than a person, before a mail goes out. A page finds a text
/// that [`solves`](crate::challenge::solves) it and sends it with `solve`; whoever cannot compute waits, and goes on with
/// `continue`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Challenge {
    /// Only `sha-256`.
    pub algorithm: String,
    /// What stands before the solution.
    pub salt: String,
    /// How many bits of the digest have to be 0, from the first on.
    pub bits: u32,
    /// From when `continue` goes on without a solution.
    pub open_at: Instant,
}

/// Data of `checking`: the organization's own system is asked, which may take some seconds. A page looks again with
/// `check` by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Checking {
    /// Since when.
    pub since: Instant,
}

/// Data of `pending_approval`: somebody of the organization decides, and a mail will say how.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct PendingApproval {
    /// The account that waits, and gets the mail.
    pub account: String,
    /// Since when.
    pub since: Instant,
    /// Until when it is decided; then it has to be asked again.
    pub until: Instant,
    /// A short reference to give to the organization.
    pub reference: String,
    /// Whom to ask, as an address or a link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
}

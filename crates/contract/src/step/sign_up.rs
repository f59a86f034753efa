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

//! `{session}`: who is signed in at this browser.

use serde::{Deserialize, Serialize};

use crate::Instant;

/// The session at this browser. `GET` answers `401 unauthenticated` when there is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Session {
    /// The address that was proven.
    pub account: String,
    /// How it was proven.
    pub method: Method,
    /// When.
    pub authenticated_at: Instant,
    /// When the session ends at the latest, whatever is done in it.
    pub expires_at: Instant,
    /// Ids of the organizations in which this person is a guest or member.
    pub organizations: Vec<String>,
    /// Token that requests from plain HTML forms carry; of no use without this browser's cookies.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form_token: Option<String>,
}

wire_enum! {
    /// How somebody proved who they are.
    pub enum Method, unknown EmailCode {
        /// A one-time code to the mailbox. Never counts as multi-factor authentication
        /// (NIST SP 800-63B-4 section 3.1.3.1).
        EmailCode = "email_code",
        /// At an identity provider.
        Federated = "federated",
    }
}

//! What is said to the backend: operations as data, a pure codec, and one file that fetches.

use vestibule_contract::brand::Brand;
use vestibule_contract::desk::{InviteOptions, InvitePreview};
use vestibule_contract::discovery::Discovery;
use vestibule_contract::graph::{GraphError, Invitation};
use vestibule_contract::panel::{Activity, Apps, Consents, Me, Organizations};
use vestibule_contract::session::Session;
use vestibule_contract::{Instant, Problem, StepDocument};

mod call;
pub mod codec;
#[cfg(feature = "csr")]
pub mod http;

pub use call::{Call, StartCall};

/// An answer that is what was asked for.
pub enum Reply {
    /// To `Discovery`.
    Discovery(Box<Discovery>),
    /// To `StartFlow`, `GetFlow` and `Submit`.
    Step(Box<StepDocument>),
    /// To `Session`.
    Session(Box<Session>),
    /// To `SignOut` and `RevokeConsent`: done, and nothing to say.
    Gone,
    /// To `Me`.
    Me(Box<Me>),
    /// To `Organizations`.
    Organizations(Organizations),
    /// To `Apps`.
    Apps(Box<Apps>),
    /// To `Consents`.
    Consents(Consents),
    /// To `Activity`.
    Activity(Activity),
    /// To `InviteOptions`.
    InviteOptions(Box<InviteOptions>),
    /// To `InvitePreview`.
    InvitePreview(Box<InvitePreview>),
    /// To `Invite`.
    Invited(Box<Invitation>),
    /// To `Brand`.
    Brand(Box<Brand>),
}

/// Why there is no such answer.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiError {
    /// The backend says why.
    Problem(Box<Problem>),
    /// The management plane says why.
    Graph {
        /// The HTTP status, which Graph's error does not repeat.
        status: u16,
        /// In its own words.
        error: Box<GraphError>,
    },
    /// Too many requests (status 429, whatever the body says).
    Limited {
        /// When trying again is worth it, if it is known.
        retry_at: Option<Instant>,
    },
    /// A server error without a problem document: the backend itself did not answer.
    Down,
    /// There is no connection.
    Offline,
    /// The answer is not what the contract says.
    BadAnswer,
    /// There was no answer in time.
    Late,
}

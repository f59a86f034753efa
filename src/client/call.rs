//! The operations of the contract that the page uses, as data.

use vestibule_contract::flow::Intent;
use vestibule_contract::graph::InvitationRequest;

use crate::route::InvitationToken;
use crate::screen::Values;

/// One request. It can be made again as it is: what must happen once carries its key.
///
/// Has no `Debug` output, because it may hold a code or an invitation's secret.
#[derive(Clone)]
pub enum Call {
    /// `GET /.well-known/vestibule`.
    Discovery,
    /// `POST {flows}`.
    StartFlow(Box<StartCall>),
    /// `GET {flows}/{id}`.
    GetFlow {
        /// The flow's id.
        flow: String,
    },
    /// `POST {flows}/{id}`.
    Submit {
        /// The flow's id.
        flow: String,
        /// Revision of the document that the person saw.
        rev: u64,
        /// The action's name.
        action: String,
        /// The values of its form.
        values: Values,
        /// The same for every attempt at this submission.
        key: String,
    },
    /// `GET {session}`.
    Session,
    /// `DELETE {session}`.
    SignOut,
    /// `GET {me}`.
    Me {
        /// In which organization.
        organization: Option<String>,
    },
    /// `GET {me}/organizations`.
    Organizations {
        /// Which of them is current.
        organization: Option<String>,
    },
    /// `GET {me}/apps`.
    Apps {
        /// In which organization.
        organization: Option<String>,
        /// The search; empty for everything.
        query: String,
        /// From where on.
        cursor: Option<String>,
    },
    /// `GET {me}/consents`.
    Consents {
        /// In which organization.
        organization: Option<String>,
    },
    /// `DELETE {me}/consents/{id}`.
    RevokeConsent {
        /// The consent's id.
        id: String,
    },
    /// `GET {me}/activity`.
    Activity {
        /// In which organization.
        organization: Option<String>,
    },
    /// `GET {desk}/vestibule/inviteOptions`.
    InviteOptions {
        /// On whose behalf.
        organization: Option<String>,
    },
    /// `POST {desk}/vestibule/invitePreview`.
    InvitePreview {
        /// On whose behalf.
        organization: Option<String>,
        /// The invitation as it would be.
        request: Box<InvitationRequest>,
    },
    /// `POST {desk}/invitations`.
    Invite {
        /// On whose behalf.
        organization: Option<String>,
        /// The invitation.
        request: Box<InvitationRequest>,
        /// The same for every attempt at this invitation.
        key: String,
    },
    /// `GET {brand}`.
    Brand {
        /// Whose.
        organization: String,
    },
}

/// What a flow is started with.
#[derive(Clone)]
pub struct StartCall {
    /// The goal.
    pub intent: Intent,
    /// Organization, when the address names it.
    pub organization: Option<String>,
    /// The invitation's secret, from the link.
    pub invitation: Option<InvitationToken>,
    /// User flow of a sign-up.
    pub user_flow: Option<String>,
    /// Where to afterwards, when the address says so.
    pub return_to: Option<String>,
    /// BCP 47 tag of the page's language.
    pub locale: String,
}

impl Default for StartCall {
    fn default() -> Self {
        Self {
            intent: Intent::SignIn,
            organization: None,
            invitation: None,
            user_flow: None,
            return_to: None,
            locale: String::new(),
        }
    }
}

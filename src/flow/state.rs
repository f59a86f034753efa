//! What the page knows: what is on it, and what is under way.

use vestibule_contract::desk::InviteOptions;
use vestibule_contract::discovery::Endpoints;
use vestibule_contract::panel::{Activity, Apps, Consents, Me, Organizations};

use super::{Busy, CallId};
use crate::client::{Call, codec};
use crate::route::{Place, Route};
use crate::screen::{Chrome, Page, Screen, Values};

/// The whole state. Has no `Debug` output: the address may hold an invitation's secret.
pub struct State {
    /// What is drawn.
    pub page: Page,
    /// What the views show as under way.
    pub busy: Option<Busy>,
    /// Where the backend has its parts.
    pub endpoints: Endpoints,
    /// The address of this page.
    pub(super) route: Route,
    /// Scheme, host and port of this page.
    pub(super) origin: String,
    /// Start of every key.
    pub(super) seed: String,
    /// How many requests there were.
    pub(super) calls: u64,
    /// What is being done, or has failed and can be tried again.
    pub(super) task: Option<Task>,
    /// Origins that a step may send the browser to, once the backend has been asked.
    pub(super) redirect_origins: Option<Vec<String>>,
    /// The flow that this page has begun itself: its cookie is this browser's, if it takes any.
    pub(super) begun: Option<String>,
    /// What the present history entry remembers.
    pub(super) place: Option<Place>,
    /// The step whose code was sent without a button.
    pub(super) completed: Option<(String, u64)>,
    /// Organization whose look the page wears.
    pub(super) painted: Option<String>,
    /// The request for another look.
    pub(super) painting: Option<(CallId, String)>,
}

impl State {
    /// The state before [`Event::Started`](super::Event::Started).
    pub fn before() -> Self {
        Self {
            page: Page { chrome: Chrome::default(), screen: Screen::Loading },
            busy: None,
            endpoints: codec::usual_endpoints(),
            route: Route::Home { organization: None, return_to: None },
            origin: String::new(),
            seed: String::new(),
            calls: 0,
            task: None,
            redirect_origins: None,
            begun: None,
            place: None,
            completed: None,
            painted: None,
            painting: None,
        }
    }
}

/// One thing that is being done; there is never more than one.
pub(super) struct Task {
    /// What for.
    pub(super) purpose: Purpose,
    /// What the views call it.
    pub(super) name: String,
    /// Requests without an answer.
    pub(super) open: Vec<(CallId, Call)>,
    /// Requests to be made again when the person says so; empty while it works.
    pub(super) failed: Vec<Call>,
    /// Answers so far.
    pub(super) parts: Parts,
}

/// What a task is for, and what has to be known when its answer is there.
#[derive(Clone, PartialEq)]
pub(super) enum Purpose {
    /// To learn where the backend has its parts, before the first page.
    Discover,
    /// To learn whether somebody is signed in, at the sign-in entry.
    Recognise,
    /// To have a flow, and submit something in it, unless there was nothing to see yet.
    Start(Option<Submission>),
    /// To submit something.
    Submit(Submission),
    /// To show what stands at the page's address.
    Show,
    /// To leave for an address, if the backend lists its origin.
    Leave(String),
    /// To search the panel.
    Search(String),
    /// To lengthen the panel's list.
    More,
    /// To end the session.
    SignOut,
    /// To take back a consent; then to read the list again.
    Revoke,
    /// To see the mail of an invitation.
    Preview(Values),
    /// To invite.
    Invite(Values),
}

impl Purpose {
    /// What is submitted in a running flow.
    pub(super) fn submission(&self) -> Option<&Submission> {
        match self {
            Self::Submit(submission) => Some(submission),
            Self::Discover
            | Self::Recognise
            | Self::Start(_)
            | Self::Show
            | Self::Leave(_)
            | Self::Search(_)
            | Self::More
            | Self::SignOut
            | Self::Revoke
            | Self::Preview(_)
            | Self::Invite(_) => None,
        }
    }

    /// The invite form that is sent or tried.
    pub(super) fn invitation(&self) -> Option<&Values> {
        match self {
            Self::Preview(values) | Self::Invite(values) => Some(values),
            Self::Discover
            | Self::Recognise
            | Self::Start(_)
            | Self::Submit(_)
            | Self::Show
            | Self::Leave(_)
            | Self::Search(_)
            | Self::More
            | Self::SignOut
            | Self::Revoke => None,
        }
    }
}

/// An action with its values.
#[derive(Clone, PartialEq)]
pub(super) struct Submission {
    /// The action's name.
    pub(super) action: String,
    /// The values of its form.
    pub(super) values: Values,
    /// Whether the browser's Back button asked for it: the entry is there already.
    pub(super) by_history: bool,
}

/// Answers that make up one page together.
#[derive(Default)]
pub(super) struct Parts {
    pub(super) me: Option<Me>,
    pub(super) organizations: Option<Organizations>,
    pub(super) apps: Option<Apps>,
    pub(super) consents: Option<Consents>,
    pub(super) activity: Option<Activity>,
    pub(super) options: Option<InviteOptions>,
}

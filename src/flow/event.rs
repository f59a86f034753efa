//! Everything that can happen to the page: what a person does, what the network answers, what the browser reports.

use crate::client::{ApiError, Reply};
use crate::route::{Place, Route};
use crate::screen::{Failure, Page, Values};

/// Identity of one request, so that a late answer to an abandoned one is known as such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallId(pub u64);

/// What the page starts with.
pub struct Start {
    /// The address.
    pub route: Route,
    /// What the server has drawn, if it drew anything.
    pub page: Option<Page>,
    /// Scheme, host and port of this page, `https://door.example`. What leaves it is checked against this.
    pub origin: String,
    /// BCP 47 tag of the document's language.
    pub locale: String,
    /// Randomness for the keys of submissions: at least 128 bits as text, fresh for each start. Not a secret.
    pub seed: String,
}

/// Something that happened.
pub enum Event {
    /// The page starts.
    Started(Box<Start>),
    /// A button of a step was pressed, with the values of its form.
    Act {
        /// The action's name.
        action: String,
        /// The values.
        values: Values,
    },
    /// The field of a one-time code holds as many digits as a code has. Submits like [`Event::Act`], but once a
    /// revision, so that a wrong code is not sent again and again while it is being corrected.
    CodeComplete {
        /// The action that takes the code.
        action: String,
        /// The values.
        values: Values,
    },
    /// The panel's search was sent.
    Search {
        /// What for.
        query: String,
    },
    /// The next part of the panel's list was asked for.
    MoreApps,
    /// Another organization was chosen in the switcher.
    SelectOrganization {
        /// Which.
        id: String,
    },
    /// "Sign out" was pressed.
    SignOut,
    /// The mail of the invite form is to be shown.
    PreviewInvitation {
        /// The form.
        values: Values,
    },
    /// The invite form is to be sent.
    SendInvitation {
        /// The form.
        values: Values,
    },
    /// An empty invite form, after one was sent.
    NewInvitation,
    /// A consent is to be taken back.
    RevokeConsent {
        /// Which.
        id: String,
    },
    /// A link within the page was followed.
    Go {
        /// Where to.
        route: Route,
    },
    /// Back or Forward was pressed.
    HistoryMoved {
        /// What the entry remembered, when it was of a flow.
        place: Option<Place>,
        /// The address there.
        route: Route,
    },
    /// "Try again": the request that failed or takes too long is made once more.
    Retry,
    /// It is time to look whether the step has gone on by itself.
    LookAgain,
    /// Some numbers were tried as solutions of a challenge.
    Worked {
        /// Which challenge.
        salt: String,
        /// The number that solves it, or the first that was not tried.
        next: u32,
        /// Whether it solves it.
        found: bool,
    },
    /// A request was answered, or came to nothing.
    Replied {
        /// Which.
        call: CallId,
        /// With what.
        outcome: Result<Reply, ApiError>,
    },
    /// A request has taken a second.
    SlowTick {
        /// Which.
        call: CallId,
    },
    /// A request has taken ten seconds.
    LateTick {
        /// Which.
        call: CallId,
    },
    /// The connection is back.
    CameOnline,
    /// Another tab of this browser has signed out.
    SignedOutElsewhere,
    /// The browser brought the page back from its back/forward cache, as it was when it was left.
    Restored,
}

/// What is under way, for the button that was pressed and the line below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Busy {
    /// Name of the action whose button was pressed. For what is not a step's action, one of the names in
    /// [`busy`](super::busy).
    pub action: String,
    /// For how long already.
    pub phase: Phase,
}

impl Busy {
    /// Whether something is still under way: buttons are inert meanwhile.
    pub fn works(&self) -> bool {
        match self.phase {
            Phase::Quiet | Phase::Slow | Phase::Late => true,
            Phase::Failed(_) => false,
        }
    }
}

/// How long something is under way, or that it came to nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Less than a second: the button alone shows it.
    Quiet,
    /// More than a second: a line says what is going on.
    Slow,
    /// More than ten: there is a way to try again ([`Event::Retry`]).
    Late,
    /// It came to nothing. All that was typed stands where it was, the buttons work again, and a line below says
    /// what happened, with a way to try again ([`Event::Retry`], which repeats the very same request).
    Failed(Failure),
}

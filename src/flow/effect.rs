//! What the engine asks for: data, carried out by the runtime in this order.

use vestibule_contract::brand::Brand;

use super::CallId;
use crate::client::Call;
use crate::route::{Place, Route};

/// One thing to be done in the browser.
pub enum Effect {
    /// Make a request, and say after one and after ten seconds that it is still under way.
    Call {
        /// Under this identity.
        id: CallId,
        /// This one.
        call: Call,
    },
    /// Nobody waits for this request any more.
    Abandon {
        /// Which.
        call: CallId,
    },
    /// The page is another one now: draw it, and set title and language.
    Draw(Draw),
    /// A new history entry.
    Push(Route, Option<Place>),
    /// The present history entry is this from now on.
    Replace(Route, Option<Place>),
    /// Leave this document.
    Leave {
        /// An address that has been checked.
        url: String,
        /// Whether Back must not come back here.
        replace: bool,
    },
    /// Say [`Event::LookAgain`](super::Event::LookAgain) after a while, in the place of any that was to be said before.
    LookAgain {
        /// Milliseconds.
        after: i32,
    },
    /// Try numbers as solutions of a challenge for a moment, then say [`Event::Worked`](super::Event::Worked).
    Work {
        /// What stands before the number.
        salt: String,
        /// How many bits of the digest have to be 0.
        bits: u32,
        /// The first number.
        from: u32,
    },
    /// Load this document again.
    Reload,
    /// Tell people who do not see it.
    Announce(Announcement),
    /// The focus goes to the page's heading.
    FocusHeading,
    /// The focus goes to a field.
    FocusField(String),
    /// Put on the look of another organization.
    Paint(Box<Brand>),
    /// Tell the other tabs that the session has ended.
    TellTabs,
}

/// How a page is drawn over the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Draw {
    /// It is another page: from the top, with nothing carried over.
    Fresh,
    /// It is the same page, drawn by the server or with other contents: what is typed, chosen, focused and scrolled
    /// stays.
    Same,
}

/// Something to say to people who do not see the page. What happens to a request is not among it: the line below the
/// button speaks for itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// What the step says about itself as a whole, in the words that stand on the page.
    Messages,
    /// A consent is taken back.
    TakenBack,
    /// What a search found.
    Found {
        /// For what.
        query: String,
        /// How many are shown.
        shown: usize,
        /// How many there are.
        total: u32,
    },
}

//! What a run is given from outside.

use std::time::Duration;

use url::Url;

use crate::case::Profile;
use crate::mailbox::Mailbox;

/// Moves the backend's clock ahead; an error says why it could not.
pub type AdvanceClock = Box<dyn Fn(Duration) -> anyhow::Result<()>>;

/// What a run is given from outside. Only the address is needed; each of the rest opens more cases.
pub struct Options {
    /// Where the backend is: an origin.
    pub url: Url,
    /// Token of an invitation that has not been redeemed. It will be.
    pub invitation: Option<String>,
    /// The address that the invitation went to, where the mailbox holds mail for several.
    pub invited: Option<String>,
    /// How to read mail.
    pub mailbox: Option<Mailbox>,
    /// Address of somebody who can sign in by code.
    pub sign_in: Option<String>,
    /// Id of an organization: for its brand, where there is no invitation to tell one, and of the user flows, where
    /// another organization has some of the same ids.
    pub organization: Option<String>,
    /// Id of a user flow that lets strangers in without anybody's decision.
    pub user_flow: Option<String>,
    /// Id of a user flow in which somebody decides.
    pub approved_user_flow: Option<String>,
    /// Addresses that nobody here has, whose mail the mailbox gets: one becomes a guest's, another waits. Where there are
    /// none they are made up, which works where the mailbox gets all mail.
    pub strangers: Vec<String>,
    /// How to let time pass.
    pub advance_clock: Option<AdvanceClock>,
    /// Profiles to look at; empty for those that discovery announces.
    pub profiles: Vec<Profile>,
    /// Beginnings of the ids of cases to run; empty for all.
    pub only: Vec<String>,
    /// Whether each case claims an address of its own by `X-Forwarded-For`, so that none spends another's limits. Of
    /// use where the backend trusts this machine as a proxy.
    pub forwarded_for: bool,
}

impl Options {
    /// With nothing but the address.
    pub fn new(url: Url) -> Self {
        Self {
            url,
            invitation: None,
            invited: None,
            mailbox: None,
            sign_in: None,
            organization: None,
            user_flow: None,
            approved_user_flow: None,
            strangers: Vec::new(),
            advance_clock: None,
            profiles: Vec::new(),
            only: Vec::new(),
            forwarded_for: false,
        }
    }
}

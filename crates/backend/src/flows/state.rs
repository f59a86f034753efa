//! Where a flow stands. Stored as JSON with the flow.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use vestibule_contract::Message;
use vestibule_contract::field::Field;
use vestibule_contract::flow::Intent;
use vestibule_contract::step::{BlockedReason, DoneKind};
use vestibule_domain::account::{Account, Identity};
use vestibule_domain::address::EmailAddress;
use vestibule_domain::provider::Kind;
use vestibule_domain::time::Timestamp;

use super::sign_up::SignUp;
use crate::connectors::Point;
use crate::federation::journey::Browser;

/// A flow's state.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct FlowState {
    /// What was asked for at the start.
    pub intent: Intent,
    /// What the walk is for now.
    pub goal: Goal,
    /// The invitation that is being redeemed.
    pub invitation: Option<String>,
    /// Hash of the link that the flow was begun with, when it was: a newer mail ends it (T18).
    #[serde(default)]
    pub link: Option<String>,
    /// Where to go afterwards, as the client wished.
    pub return_to: Option<String>,
    /// Who was proven in this flow.
    pub proven: Option<Account>,
    /// When.
    #[serde(default)]
    pub proven_at: Option<Timestamp>,
    /// Who came back from an identity provider whose word is no proof of the mailbox: the identity is the person's once a
    /// code has proven it (S52).
    #[serde(default)]
    pub federated: Option<Identity>,
    /// What the provider calls the person, by built-in attribute.
    #[serde(default)]
    pub names: BTreeMap<String, String>,
    /// Whether the person chose to redeem as somebody else than was invited, where that is allowed.
    pub other_account_accepted: bool,
    /// How far the sign-up is, where this is one.
    #[serde(default)]
    pub sign_up: Option<SignUp>,
    /// BCP 47 tag of the person's language, as far as it is known.
    #[serde(default)]
    pub locale: String,
    /// Id of the user who adds another way to sign in.
    #[serde(default)]
    pub linking: Option<String>,
    /// Id of the session at this browser when the walk last left it: coming back from elsewhere, no cookie says so.
    #[serde(default)]
    pub session: Option<String>,
    /// When that session began, where the walk rests on it and on no proof of its own.
    #[serde(default)]
    pub rests_on: Option<Timestamp>,
    /// The provider of this organization that was used last at this browser.
    #[serde(default)]
    pub last_used: Option<String>,
    /// Where further invitations can be ended, once the mailbox was proven and this one declined.
    #[serde(default)]
    pub unsubscribe: Option<String>,
    /// Where it stands.
    pub stage: Stage,
    /// What has to be said at this revision.
    pub messages: Vec<Message>,
}

/// What a walk is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Goal {
    /// To redeem the invitation.
    Redeem,
    /// To decline the invitation for good, which takes the same proof.
    Decline,
    /// To come back.
    SignIn,
    /// To add another way to sign in.
    Link,
    /// To let oneself in.
    SignUp,
}

/// Where a flow stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Stage {
    /// The invitation is being looked at.
    Invitation,
    /// An address is asked for.
    Identify,
    /// Ways to prove who one is are offered.
    Choose {
        /// The ways.
        ways: Vec<Way>,
    },
    /// The browser is sent to an identity provider.
    Federate {
        /// Which.
        provider: Way,
        /// Where to; empty where the front-end finds out.
        url: String,
        /// Its origin.
        origin: String,
        /// What the front-end needs where it speaks to the provider itself.
        #[serde(default)]
        browser: Option<Browser>,
    },
    /// A code is about to be sent, or under way.
    EmailCode {
        /// To whom.
        address: EmailAddress,
        /// The newest code, once one was made.
        sent: Option<SentCode>,
    },
    /// The browser computes something, before a mail goes to an address.
    Challenge {
        /// To whom.
        address: EmailAddress,
        /// What stands before the solution.
        salt: String,
        /// How many bits of the digest have to be 0.
        bits: u32,
        /// From when it goes on without a solution.
        open_at: Timestamp,
    },
    /// Somebody else is signed in than was invited.
    WrongAccount {
        /// The signed-in address.
        active: EmailAddress,
        /// Whether the organization lets others than the invited redeem.
        may_continue: bool,
    },
    /// Consent is asked for.
    Consent {
        /// Whose.
        account: Account,
    },
    /// The form of a sign-up is to be filled in.
    Attributes {
        /// Whose.
        account: Account,
        /// What it asks.
        fields: Vec<Field>,
    },
    /// A connector is asked.
    Checking {
        /// Who lets himself in.
        account: Account,
        /// Where in the walk.
        point: Point,
        /// Id of the call that the walk waits for.
        call: String,
        /// Since when.
        since: Timestamp,
    },
    /// Somebody decides.
    PendingApproval {
        /// Id of the sign-up.
        id: String,
        /// Who waits.
        account: Account,
        /// Since when.
        since: Timestamp,
        /// Until when it can be decided.
        until: Timestamp,
        /// What the person tells when asking about it.
        reference: String,
    },
    /// It does not go on.
    Blocked {
        /// Why.
        reason: BlockedReason,
        /// Reference for support.
        reference: String,
    },
    /// The end.
    Done {
        /// Where to go.
        redirect: String,
        /// What is there.
        kind: DoneKind,
    },
}

/// A way to prove who one is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Way {
    /// Id of the provider; [`Way::EMAIL`] for the one-time code.
    pub id: String,
    /// Its name.
    pub label: String,
    /// Its mark; `None` for the one-time code.
    #[serde(default)]
    pub kind: Option<Kind>,
    /// Whether it was used last at this browser.
    #[serde(default)]
    pub last_used: bool,
    /// Whether it did not answer a moment ago.
    #[serde(default)]
    pub down: bool,
}

impl Way {
    /// Id of the one-time code among the ways.
    pub const EMAIL: &str = "email";

    /// The one-time code.
    pub fn email() -> Self {
        Self::called(Self::EMAIL, "Code by e-mail")
    }

    /// A way, by its id and name.
    pub fn called(id: &str, label: &str) -> Self {
        Self { id: id.to_owned(), label: label.to_owned(), kind: None, last_used: false, down: false }
    }
}

/// A code that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentCode {
    /// Its id in the store.
    pub id: String,
    /// From when another can be asked for.
    pub resend_at: Timestamp,
    /// Until when it works.
    pub expires_at: Timestamp,
}

impl FlowState {
    /// Leaves out what came from a provider: the person takes another way.
    pub fn forget_provider(&mut self) {
        self.federated = None;
        self.names.clear();
    }

    /// Where a walk like this one begins again.
    pub fn begins_at(&self, organization: &str) -> String {
        match &self.sign_up {
            Some(sign_up) => format!("/signup/{}?organization={organization}", sign_up.user_flow),
            None => super::document::entry(organization),
        }
    }

    /// What the provider calls somebody who lets himself in.
    pub fn name_of_stranger(&self) -> Option<String> {
        self.sign_up.as_ref().and_then(|_| self.names.get("displayName").cloned())
    }

    /// A walk at its first stage.
    pub fn new(intent: Intent, goal: Goal, stage: Stage) -> Self {
        Self {
            intent,
            goal,
            invitation: None,
            link: None,
            return_to: None,
            proven: None,
            proven_at: None,
            federated: None,
            names: BTreeMap::new(),
            other_account_accepted: false,
            sign_up: None,
            locale: String::new(),
            linking: None,
            session: None,
            rests_on: None,
            last_used: None,
            unsubscribe: None,
            stage,
            messages: Vec::new(),
        }
    }
}

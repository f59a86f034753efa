//! What can be on the screen: the one thing that pages are drawn from, in the browser and on the server alike.
//!
//! The server embeds the [`Page`] it has drawn as JSON in the document; the browser starts from it without asking
//! anything. It is private between one build of the page and the same build of the reference backend; other
//! backends speak the contract only.

use serde::{Deserialize, Serialize};
use vestibule_contract::desk::{InviteOptions, InvitePreview};
use vestibule_contract::document::OrganizationCard;
use vestibule_contract::graph::Invitation;
use vestibule_contract::map::Map;
use vestibule_contract::panel::{Activity, Apps, Consents, Me, Organizations};
use vestibule_contract::{Message, StepDocument};

/// Values of a form by field name, as they were typed.
pub type Values = Map<String>;

/// A screen in its chrome.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// What stands around the screen and is out of a brand's reach.
    pub chrome: Chrome,
    /// What the page is about.
    pub screen: Screen,
}

/// The service's own frame around every screen.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chrome {
    /// Host of this service, always shown.
    pub host: String,
    /// BCP 47 tag of the page's language.
    pub locale: String,
    /// The organization in whose name the page speaks, once known.
    pub organization: Option<OrganizationCard>,
    /// Account that is signed in here, where the page knows it.
    pub account: Option<String>,
    /// Hidden token of the forms, for posting without script.
    pub form_token: Option<String>,
    /// Where a form without script posts to; the page's own address.
    pub form_action: String,
    /// Where the footer leads.
    #[serde(default)]
    pub links: ChromeLinks,
}

/// What the organization says about itself, for the footer. Only `https`, `mailto` and paths of this origin are
/// drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChromeLinks {
    /// Privacy statement.
    pub privacy: Option<String>,
    /// Terms.
    pub terms: Option<String>,
    /// Whom to ask. The help of a step's own document comes first.
    pub help: Option<String>,
}

/// What the page is about.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Screen {
    /// A step of a flow, or its preview.
    Step(Box<StepScreen>),
    /// The access panel.
    Panel(Box<PanelScreen>),
    /// The account page: consents and activity.
    Account(Box<AccountScreen>),
    /// The desk's invite form.
    Invite(Box<InviteScreen>),
    /// Something is wrong.
    Failure(Failure),
    /// Nothing yet: the first answer is under way. Only in the browser, on a backend that does not render.
    Loading,
}

/// A step and what was typed into it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepScreen {
    /// The document.
    pub document: StepDocument,
    /// What was typed before an error, so that nothing is lost.
    pub draft: Values,
}

/// The access panel.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PanelScreen {
    /// The person in the current organization.
    pub me: Me,
    /// All organizations of the person.
    pub organizations: Organizations,
    /// What matches the search.
    pub apps: Apps,
    /// The search.
    pub query: String,
}

/// The account page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccountScreen {
    /// The person in the current organization.
    pub me: Me,
    /// All organizations of the person.
    pub organizations: Organizations,
    /// What was agreed to.
    pub consents: Consents,
    /// What happened.
    pub activity: Activity,
}

/// The invite form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InviteScreen {
    /// The person in the current organization.
    pub me: Me,
    /// What can be put into it.
    pub options: InviteOptions,
    /// What was typed. Fields: `address`, `name`, `message`, `language`, `cc`, `apps` (ids, separated by spaces),
    /// `redirect`, `days`, `reason`.
    pub draft: Values,
    /// What is wrong with it.
    pub errors: Vec<Message>,
    /// The mail as it would go out.
    pub preview: Option<InvitePreview>,
    /// The invitation that was just made.
    pub sent: Option<Invitation>,
}

/// Something is wrong, and what can be done about it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What.
    pub kind: FailureKind,
    /// Short reference for support, when there is one.
    pub reference: Option<String>,
}

/// Kinds of failure that look different.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FailureKind {
    /// There is no such page.
    NotFound,
    /// No connection; trying again helps.
    Offline,
    /// The backend did not answer as the contract says.
    BadAnswer,
    /// The backend had a fault, or is not available.
    Server,
    /// Too many requests from here; waiting helps.
    Busy,
    /// Signed in, but not for this.
    Forbidden,
    /// A form was posted without this browser's cookies.
    CookiesOff,
    /// The session has ended while something was being typed.
    SignedOut,
    /// A fault of the page itself.
    Crashed,
}

impl FailureKind {
    /// Every kind.
    pub const ALL: &'static [Self] = &[
        Self::NotFound,
        Self::Offline,
        Self::BadAnswer,
        Self::Server,
        Self::Busy,
        Self::Forbidden,
        Self::CookiesOff,
        Self::SignedOut,
        Self::Crashed,
    ];

    /// The variant's name, as serde writes it.
    fn name(self) -> &'static str {
        match self {
            Self::NotFound => "NotFound",
            Self::Offline => "Offline",
            Self::BadAnswer => "BadAnswer",
            Self::Server => "Server",
            Self::Busy => "Busy",
            Self::Forbidden => "Forbidden",
            Self::CookiesOff => "CookiesOff",
            Self::SignedOut => "SignedOut",
            Self::Crashed => "Crashed",
        }
    }
}

mod read;

//! The step document: everything a page needs to draw one step.

use serde::{Deserialize, Serialize};

use crate::field::Action;
use crate::flow::Intent;
use crate::{Instant, Message, Step};

/// One step of one guest's walk (`application/vnd.vestibule.step+json`).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct StepDocument {
    /// Which walk, and where in it.
    pub flow: FlowRef,
    /// What the person sees.
    pub step: Step,
    /// What the person can do, in order.
    pub actions: Vec<Action>,
    /// What has to be said.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub messages: Vec<Message>,
    /// How far along.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub progress: Option<Progress>,
    /// Ways out.
    #[serde(default)]
    pub links: Links,
    /// Who asks; stands in the page's own chrome on every step.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<OrganizationCard>,
    /// Where the look comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub brand: Option<BrandRef>,
}

/// Identity and revision of a flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct FlowRef {
    /// The flow's id. Absent in a *preview*: the page of an invitation or of the sign-in entry is drawn before any
    /// flow exists, so that opening it leaves no trace. The first action starts the flow, then submits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Grows with every change of the step; sent back with each action.
    pub rev: u64,
    /// The goal.
    pub intent: Intent,
    /// Organization in which the walk takes place, once known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// When the walk has to be begun again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Instant>,
}

/// Position in the walk, one-based.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Progress {
    /// This step.
    pub index: u32,
    /// Steps in all, as far as is known.
    pub of: u32,
}

/// Ways out of a step.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Links {
    /// The same step as a page that needs no script.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub html: Option<String>,
    /// Where to begin again, in another flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub restart: Option<String>,
    /// Whom to ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// Where to report an invitation that looks wrong.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// Where somebody who has proven the mailbox ends further invitations.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unsubscribe: Option<String>,
}

/// Where the brand of this step is read, and its version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct BrandRef {
    /// Address of the brand document.
    pub href: String,
    /// Its entity tag.
    pub etag: String,
}

/// An organization as a guest is shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct OrganizationCard {
    /// Its id.
    pub id: String,
    /// Its display name, chosen by itself.
    pub name: String,
    /// Its verified domain, which it cannot choose freely.
    pub domain: String,
    /// Address of its logo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub logo: Option<String>,
}

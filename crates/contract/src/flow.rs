//! Starting a flow and taking a step in it.

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::map::Map;

wire_enum! {
    /// The goal of a flow.
    pub enum Intent, unknown SignIn {
        /// Redeem an invitation.
        Redeem = "redeem",
        /// Let oneself in through a user flow.
        SignUp = "sign-up",
        /// Come back.
        SignIn = "sign-in",
        /// Prove more than at sign-in.
        StepUp = "step-up",
        /// Give an app what it asks for.
        Authorize = "authorize",
        /// Get back in after losing a factor.
        Recover = "recover",
        /// Add another way to sign in, with the present one and the other proven.
        Link = "link",
    }
}

/// Body of `POST {flows}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartFlow {
    /// The goal.
    #[serde(deserialize_with = "intent_of_this_version")]
    pub intent: Intent,
    /// Organization, when neither host nor invitation names it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organization: Option<String>,
    /// The invitation's secret, from the link.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub invitation: Option<String>,
    /// User flow of a sign-up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_flow: Option<String>,
    /// Where to go afterwards; the backend checks it and may ignore it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub return_to: Option<String>,
    /// Who is probably coming.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub login_hint: Option<String>,
    /// BCP 47 tag of the page's language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// What this page can draw and use.
    #[serde(default)]
    pub capabilities: Capabilities,
}

/// Whoever *reads* a flow takes an intent that it does not know for the mildest one. Whoever is *asked* for one must not:
/// it would start a walk that nobody wanted.
fn intent_of_this_version<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Intent, D::Error> {
    let text = String::deserialize(deserializer)?;
    let known = Intent::ALL.iter().copied().find(|intent| intent.as_str() == text);
    known.ok_or_else(|| D::Error::custom("this version has no such intent"))
}

impl StartFlow {
    /// A start with nothing but its goal.
    pub fn new(intent: Intent) -> Self {
        Self {
            intent,
            organization: None,
            invitation: None,
            user_flow: None,
            return_to: None,
            login_hint: None,
            locale: None,
            capabilities: Capabilities::default(),
        }
    }
}

/// What a page can do. A backend sends no step outside it, unless it also gives `links.html`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Capabilities {
    /// Step types that the page draws. Empty: only generic steps.
    #[serde(default)]
    pub steps: Vec<String>,
    /// Authenticators at hand, such as `platform` or `roaming`.
    #[serde(default)]
    pub authenticators: Vec<String>,
}

/// Body of `POST {flows}/{id}`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubmitAction {
    /// Revision of the document that the person saw.
    pub rev: u64,
    /// Name of the action.
    pub action: String,
    /// Values of its fields, as text.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub values: Map<String>,
}

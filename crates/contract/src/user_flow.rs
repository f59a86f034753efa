//! The management plane's user flows, shaped like Microsoft Graph's `/identity/b2xUserFlows`.
//!
//! What Graph lacks stands in one member of its own, `vestibule`.

use serde::{Deserialize, Serialize};

use crate::given::Given;
use crate::identity_provider::IdentityProvider;
use crate::user_flow_attribute::{AttributeAssignment, AttributeAssignmentRequest};

/// In front of the id of every user flow.
pub const PREFIX: &str = "B2X_1_";
/// The only `userFlowType`.
pub const SIGN_UP_OR_SIGN_IN: &str = "signUpOrSignIn";

/// Body of `POST` and `PATCH`. A `PATCH` changes what it names; `id` cannot be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserFlowRequest {
    /// 2 to 40 characters of `a-z`, `0-9` and `-`, with `B2X_1_` before them or without; made of the name when absent.
    #[serde(default)]
    pub id: Option<String>,
    /// Only `signUpOrSignIn`.
    #[serde(default)]
    pub user_flow_type: Option<String>,
    /// Only 1.
    #[serde(default)]
    pub user_flow_type_version: Option<u32>,
    /// The providers on offer, each by its `id`.
    #[serde(default)]
    pub identity_providers: Option<Vec<Reference>>,
    /// Which connectors are asked.
    #[serde(default)]
    pub api_connector_configuration: Option<ApiConnectorConfigurationRequest>,
    /// Everything that is asked, in this order.
    #[serde(default)]
    pub user_attribute_assignments: Option<Vec<AttributeAssignmentRequest>>,
    /// What Graph lacks.
    #[serde(default)]
    pub vestibule: Option<UserFlowExtras>,
}

/// Names another resource: by its address, or by its id. What else stands there counts for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct Reference {
    /// Its address, of which the last part counts.
    #[serde(default, rename = "@odata.id")]
    pub odata_id: Option<String>,
    /// Its id.
    #[serde(default)]
    pub id: Option<String>,
}

/// Which connectors a user flow asks, on the way in; `null` for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiConnectorConfigurationRequest {
    /// When somebody has proven who he is.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<Reference>))]
    pub post_federation_signup: Given<Reference>,
    /// Before the guest is made.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<Reference>))]
    pub post_attribute_collection: Given<Reference>,
}

/// What Graph's user flow lacks, on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserFlowExtras {
    /// Its name, for those who run it and as the reason of what is shared by it; the id when nothing is said.
    #[serde(default)]
    pub name: Option<String>,
    /// Whether anybody can begin it; yes, when nothing is said.
    #[serde(default)]
    pub enabled: Option<bool>,
    /// Ids of the apps that it leads to.
    #[serde(default)]
    pub apps: Option<Vec<String>>,
    /// `true`: offers whatever providers the organization has, also in time to come. So does a new one that names none.
    #[serde(default)]
    pub every_provider: Option<bool>,
    /// Who decides; `null` for nobody.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<UserFlowApproval>))]
    pub approval: Given<UserFlowApproval>,
    /// Guests that it makes a day: so many at once, and as many again spread over each day; `null` for no bound.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<u32>))]
    pub guests_per_day: Given<u32>,
    /// Bits of a proof of work that a browser has to give before the first mail to an address, 8 to 24; `null` for none.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<u32>))]
    pub proof_of_work: Given<u32>,
}

/// Who decides about a sign-up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserFlowApproval {
    /// Addresses of members.
    pub approvers: Vec<String>,
    /// Days until nobody decides any more: 1 to 90; 14 when nothing is said.
    #[serde(default = "fourteen")]
    pub days: u32,
}

const fn fourteen() -> u32 {
    14
}

/// A user flow as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserFlow {
    /// OData context, on single resources.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// Its id, with `B2X_1_` before it.
    pub id: String,
    /// `signUpOrSignIn`.
    pub user_flow_type: String,
    /// 1.
    pub user_flow_type_version: u32,
    /// The providers on offer.
    pub identity_providers: Vec<IdentityProvider>,
    /// Which connectors are asked.
    pub api_connector_configuration: ApiConnectorConfiguration,
    /// Everything that is asked, in this order.
    pub user_attribute_assignments: Vec<AttributeAssignment>,
    /// Its languages, with `$expand=languages`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<UserFlowLanguage>>,
    /// What Graph lacks.
    pub vestibule: UserFlowDetails,
}

/// A language of a user flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserFlowLanguage {
    /// OData context, on single resources.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// BCP 47 tag.
    pub id: String,
    /// What it is called by who speaks it; the tag where that is not known.
    pub display_name: String,
    /// Whether people see it. Not when there are words of the user flow's own in it and no pages.
    pub is_enabled: bool,
}

/// Body of `GET …/languages`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct UserFlowLanguages {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// Those of the pages in their order, then the others by tag.
    pub value: Vec<UserFlowLanguage>,
}

/// Which connectors a user flow asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiConnectorConfiguration {
    /// OData context, on the resource of its own.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// When somebody has proven who he is.
    pub post_federation_signup: Option<ApiConnectorName>,
    /// Before the guest is made.
    pub post_attribute_collection: Option<ApiConnectorName>,
}

/// A connector by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiConnectorName {
    /// Its id.
    pub id: String,
    /// Its name; absent where there is no such connector any more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
}

/// What Graph's user flow lacks, on the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserFlowDetails {
    /// Its name.
    pub name: String,
    /// Whether anybody can begin it.
    pub enabled: bool,
    /// Ids of the apps that it leads to.
    pub apps: Vec<String>,
    /// Whether it offers whatever providers the organization has.
    pub every_provider: bool,
    /// Who decides, where somebody does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub approval: Option<UserFlowApproval>,
    /// Most guests that it makes a day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guests_per_day: Option<u32>,
    /// Bits of the proof of work that a browser has to give before the first mail to an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_of_work: Option<u32>,
    /// Who says what it is: the organization's `file`, which alone changes it, or the `api`.
    pub source: String,
    /// Where strangers begin.
    pub address: String,
}

/// Body of `GET /v1.0/identity/b2xUserFlows`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct UserFlows {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// In the order of the organization's file, those of the API last.
    pub value: Vec<UserFlow>,
}

/// Body of `GET /v1.0/policies/authenticationFlowsPolicy`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationFlowsPolicy {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// `authenticationFlowsPolicy`.
    pub id: String,
    /// Its name.
    pub display_name: String,
    /// What it is for.
    pub description: String,
    /// Whether strangers may let themselves in.
    pub self_service_sign_up: SelfServiceSignUp,
}

/// Whether strangers may let themselves in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct SelfServiceSignUp {
    /// As the organization's file says.
    pub is_enabled: bool,
}

//! The management plane's guest, shaped like Microsoft Graph's `/users`: what an approval system needs that makes guests
//! itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::Instant;

/// Body of `POST` and `PATCH`. A `PATCH` changes the name and what the guest is known by; `mail`, `userType`, `identities`
/// and `accountEnabled` stand in a `POST` alone.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct UserRequest {
    /// Name, as it is shown.
    #[serde(default)]
    pub display_name: Option<String>,
    /// The guest's address. Its mailbox has to be proven by whoever makes the guest.
    #[serde(default)]
    pub mail: Option<String>,
    /// Only `Guest`.
    #[serde(default)]
    pub user_type: Option<String>,
    /// Only `true`.
    #[serde(default)]
    pub account_enabled: Option<bool>,
    /// By what the guest signs in: one.
    #[serde(default)]
    pub identities: Option<Vec<ObjectIdentity>>,
    /// As Graph's callers send it; it is made of the address here.
    #[serde(default)]
    pub user_principal_name: Option<String>,
    /// What Graph lacks.
    #[serde(default)]
    pub vestibule: Option<UserExtras>,
    /// Built-in attributes (`givenName`, `surname`, `jobTitle`, `streetAddress`, `city`, `postalCode`, `state`, `country`)
    /// and an organization's own (`extension_…`), as text, number or boolean.
    #[serde(flatten)]
    #[cfg_attr(feature = "generate", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub attributes: BTreeMap<String, Value>,
}

/// What Graph's user lacks, on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct UserExtras {
    /// Ids of the apps to share.
    #[serde(default)]
    pub apps: Vec<String>,
}

/// By what somebody signs in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ObjectIdentity {
    /// `federated`.
    pub sign_in_type: String,
    /// `mail` for the one-time code, `google.com`, `facebook.com`, or the issuer of one of the organization's providers.
    pub issuer: String,
    /// The address for `mail`, else the subject at the issuer.
    pub issuer_assigned_id: String,
}

/// A guest.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// Where the resource is described.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// Id.
    pub id: String,
    /// Name, as it is shown.
    pub display_name: Option<String>,
    /// Address.
    pub mail: String,
    /// `ana_partner.example#EXT#@contoso.example`.
    pub user_principal_name: String,
    /// `Guest`, or `Member`.
    pub user_type: String,
    /// `Invitation`, `SelfServiceSignUp`, or nothing.
    pub creation_type: Option<String>,
    /// `PendingAcceptance` or `Accepted`.
    pub external_user_state: String,
    /// Since when.
    pub external_user_state_change_date_time: Instant,
    /// When the guest was made.
    pub created_date_time: Instant,
    /// Whether sign-in is on.
    pub account_enabled: bool,
    /// What is known beside: built-in attributes, and the organization's own by their full names.
    #[serde(flatten)]
    #[cfg_attr(feature = "generate", schema(value_type = std::collections::BTreeMap<String, String>))]
    pub attributes: BTreeMap<String, String>,
}

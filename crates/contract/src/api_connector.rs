//! The management plane's API connectors, shaped like Microsoft Graph's `/identity/apiConnectors`.
//!
//! What Graph lacks stands in one member of its own, `vestibule`.

use serde::{Deserialize, Serialize};

use crate::identity_provider::WriteOnly;

/// `@odata.type` of a connector that knows us by a name and a password.
pub const BASIC: &str = "#microsoft.graph.basicAuthentication";
/// `@odata.type` of a new certificate with its key, to be written.
pub const PKCS12: &str = "#microsoft.graph.pkcs12Certificate";
/// `@odata.type` of a connector that knows us by a certificate. To be read.
pub const CERTIFICATE: &str = "#microsoft.graph.clientCertificateAuthentication";

/// Body of `POST` and `PATCH`. A `PATCH` changes what it names; `id` cannot be changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiConnectorRequest {
    /// Unlike Graph, chosen by the caller: 2 to 40 characters of `a-z`, `0-9` and `-`; made of the name when absent.
    #[serde(default)]
    pub id: Option<String>,
    /// Its name, for those who manage it.
    #[serde(default)]
    pub display_name: Option<String>,
    /// Where it is asked. In a `PATCH`, the address as it was read leaves it as it is.
    #[serde(default)]
    pub target_url: Option<String>,
    /// How it knows that we ask.
    #[serde(default)]
    pub authentication_configuration: Option<ApiAuthenticationRequest>,
    /// What Graph lacks.
    #[serde(default)]
    pub vestibule: Option<ApiConnectorExtras>,
}

/// How a connector knows that we ask, on the way in.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiAuthenticationRequest {
    /// `#microsoft.graph.basicAuthentication` or `#microsoft.graph.pkcs12Certificate`; or as it was read.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// The name.
    #[serde(default)]
    pub username: Option<String>,
    /// The password, or the bundle's. In a `PATCH`, `******` leaves the former as it is.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>, write_only))]
    pub password: Option<WriteOnly>,
    /// A client certificate with its key: a PKCS#12 bundle (RFC 7292) in base64, 32 KiB at most.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>, write_only))]
    pub pkcs12_value: Option<WriteOnly>,
    /// As it was read; changes nothing.
    #[serde(default)]
    pub certificate_list: Option<Vec<ApiCertificate>>,
}

/// Body of `POST …/uploadClientCertificate`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClientCertificateRequest {
    /// A client certificate with its key: a PKCS#12 bundle (RFC 7292) in base64, 32 KiB at most.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = String, required, write_only))]
    pub pkcs12_value: Option<WriteOnly>,
    /// What opens the bundle; empty where there is no password.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = String, required, write_only))]
    pub password: Option<WriteOnly>,
}

/// What Graph's connector lacks, on the way in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ApiConnectorExtras {
    /// For how long an answer is waited for: 1 to 20 seconds; 20 when nothing is said.
    #[serde(default)]
    pub timeout_seconds: Option<u32>,
    /// What happens when it gives no verdict: `fail_closed`, which is usual, or `fail_open`.
    #[serde(default)]
    pub on_failure: Option<String>,
    /// A client certificate in PEM, and those that lead from it to an authority; in the place of a password.
    #[serde(default)]
    pub certificate: Option<String>,
    /// Its private key in PEM, without a password.
    #[serde(default)]
    #[cfg_attr(feature = "generate", schema(value_type = Option<String>, write_only))]
    pub private_key: Option<WriteOnly>,
}

/// An API connector as it is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiConnector {
    /// OData context, on single resources.
    #[serde(default, rename = "@odata.context", skip_serializing_if = "Option::is_none")]
    pub odata_context: Option<String>,
    /// Its id.
    pub id: String,
    /// Its name.
    pub display_name: String,
    /// Where it is asked. The values of its query, which may be keys, read as `******`.
    pub target_url: String,
    /// How it knows that we ask.
    pub authentication_configuration: ApiAuthentication,
    /// What Graph lacks.
    pub vestibule: ApiConnectorDetails,
}

/// How a connector knows that we ask.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiAuthentication {
    /// `#microsoft.graph.basicAuthentication` or `#microsoft.graph.clientCertificateAuthentication`.
    #[serde(rename = "@odata.type")]
    pub odata_type: String,
    /// The name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<String>,
    /// Always `******`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<String>,
    /// The client's own certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certificate_list: Option<Vec<ApiCertificate>>,
}

/// A client certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiCertificate {
    /// SHA-1 of it, in hexadecimal digits.
    pub thumbprint: String,
    /// Until when it counts, in seconds since 1970.
    pub not_after: i64,
    /// Since when, in seconds since 1970.
    pub not_before: i64,
    /// Whether it is the one that is shown.
    pub is_active: bool,
}

/// What Graph's connector lacks, on the way out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
#[serde(rename_all = "camelCase")]
pub struct ApiConnectorDetails {
    /// For how long an answer is waited for.
    pub timeout_seconds: u32,
    /// What happens when it gives no verdict: `fail_closed` or `fail_open`.
    pub on_failure: String,
    /// Who says what it is: the organization's `file`, which alone changes it, or the `api`.
    pub source: String,
}

/// Body of `GET /v1.0/identity/apiConnectors`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "generate", derive(utoipa::ToSchema))]
pub struct ApiConnectors {
    /// OData context.
    #[serde(rename = "@odata.context")]
    pub odata_context: String,
    /// By id.
    pub value: Vec<ApiConnector>,
}

//! API connectors, as Microsoft Graph has them.

use crate::api_connector::{ApiConnector, ApiConnectorRequest, ApiConnectors, ClientCertificateRequest};
use crate::graph::ErrorEnvelope;

/// The organization's API connectors.
#[utoipa::path(
    get, path = "/v1.0/identity/apiConnectors",
    params(("organization" = Option<String>, Query),
        ("$top" = Option<u32>, Query), ("$skip" = Option<u32>, Query), ("$count" = Option<bool>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = ApiConnectors),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn list_api_connectors() {}

/// Makes an API connector. It is not asked.
#[utoipa::path(
    post, path = "/v1.0/identity/apiConnectors", request_body = ApiConnectorRequest,
    params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 201, body = ApiConnector, headers(("Location" = String, description = "The connector"))),
        (status = 409, description = "The id is taken, or there are 20", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn create_api_connector() {}

/// One API connector.
#[utoipa::path(
    get, path = "/v1.0/identity/apiConnectors/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = ApiConnector),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_api_connector() {}

/// Changes what the body names.
#[utoipa::path(
    patch, path = "/v1.0/identity/apiConnectors/{id}", request_body = ApiConnectorRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's, or somebody else changed it just now", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn change_api_connector() {}

/// Gives an API connector a client certificate, in the place of whatever it knew us by.
#[utoipa::path(
    post, path = "/v1.0/identity/apiConnectors/{id}/uploadClientCertificate", request_body = ClientCertificateRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = ApiConnector),
        (status = 409, description = "It is the file's, or somebody else changed it just now", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn upload_client_certificate() {}

/// Deletes an API connector that no user flow asks.
#[utoipa::path(
    delete, path = "/v1.0/identity/apiConnectors/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's, or a user flow asks it", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn delete_api_connector() {}

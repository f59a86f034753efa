//! User flows and what they ask, as Microsoft Graph has them.

use crate::graph::ErrorEnvelope;
use crate::identity_provider::IdentityProviders;
use crate::user_flow::{
    ApiConnectorConfiguration, AuthenticationFlowsPolicy, Reference, UserFlow, UserFlowLanguage,
    UserFlowLanguages, UserFlowRequest, UserFlows,
};
use crate::user_flow_attribute::{
    AssignmentOrder, AssignmentOrderRequest, AttributeAssignment, AttributeAssignmentRequest,
    AttributeAssignments, UserFlowAttributes,
};

/// The organization's user flows.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows",
    params(("organization" = Option<String>, Query),
        ("$top" = Option<u32>, Query), ("$skip" = Option<u32>, Query), ("$count" = Option<bool>, Query), ("$expand" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = UserFlows),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn list_user_flows() {}

/// Makes a user flow.
#[utoipa::path(
    post, path = "/v1.0/identity/b2xUserFlows", request_body = UserFlowRequest,
    params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 201, body = UserFlow, headers(("Location" = String, description = "The user flow"))),
        (status = 409, description = "The id is taken, or there are 50", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn create_user_flow() {}

/// One user flow.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query),
        ("$expand" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = UserFlow),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_user_flow() {}

/// Changes what the body names. At once, for whoever is under way too.
#[utoipa::path(
    patch, path = "/v1.0/identity/b2xUserFlows/{id}", request_body = UserFlowRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn change_user_flow() {}

/// Deletes a user flow. At once, for whoever is under way too.
#[utoipa::path(
    delete, path = "/v1.0/identity/b2xUserFlows/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn delete_user_flow() {}

/// The connectors that a user flow asks.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration",
    params(("id" = String, Path), ("organization" = Option<String>, Query),
        ("$expand" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = ApiConnectorConfiguration),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_user_flow_connectors() {}

/// Has a connector asked at `postFederationSignup` or `postAttributeCollection`; with `{}`, none.
#[utoipa::path(
    put, path = "/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration/{step}/$ref", request_body = Reference,
    params(("id" = String, Path), ("step" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn set_user_flow_connector() {}

/// Has no connector asked there.
#[utoipa::path(
    delete, path = "/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration/{step}/$ref",
    params(("id" = String, Path), ("step" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn remove_user_flow_connector() {}

/// The identity providers that a user flow offers.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/identityProviders",
    params(("id" = String, Path), ("organization" = Option<String>, Query),
        ("$top" = Option<u32>, Query), ("$skip" = Option<u32>, Query), ("$count" = Option<bool>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = IdentityProviders),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn list_user_flow_providers() {}

/// The languages in which a user flow speaks.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/languages",
    params(("id" = String, Path), ("organization" = Option<String>, Query),
        ("$top" = Option<u32>, Query), ("$skip" = Option<u32>, Query), ("$count" = Option<bool>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = UserFlowLanguages),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn list_user_flow_languages() {}

/// One of them.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/languages/{language}",
    params(("id" = String, Path), ("language" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = UserFlowLanguage),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_user_flow_language() {}

/// Offers an identity provider.
#[utoipa::path(
    post, path = "/v1.0/identity/b2xUserFlows/{id}/identityProviders/$ref", request_body = Reference,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn add_user_flow_provider() {}

/// Offers an identity provider no more.
#[utoipa::path(
    delete, path = "/v1.0/identity/b2xUserFlows/{id}/identityProviders/{provider}/$ref",
    params(("id" = String, Path), ("provider" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn remove_user_flow_provider() {}

/// Everything that a user flow asks.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments",
    params(("id" = String, Path), ("organization" = Option<String>, Query),
        ("$top" = Option<u32>, Query), ("$skip" = Option<u32>, Query), ("$count" = Option<bool>, Query), ("$expand" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = AttributeAssignments),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn list_assignments() {}

/// Asks something more.
#[utoipa::path(
    post, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments", request_body = AttributeAssignmentRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 201, body = AttributeAssignment, headers(("Location" = String, description = "The assignment"))),
        (status = 409, description = "It is asked already, or the flow is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn create_assignment() {}

/// Something that a user flow asks.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/{assignment}",
    params(("id" = String, Path), ("assignment" = String, Path), ("organization" = Option<String>, Query),
        ("$expand" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = AttributeAssignment),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_assignment() {}

/// Asks something in another way.
#[utoipa::path(
    patch, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/{assignment}", request_body = AttributeAssignmentRequest,
    params(("id" = String, Path), ("assignment" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn change_assignment() {}

/// Asks something no more.
#[utoipa::path(
    delete, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/{assignment}",
    params(("id" = String, Path), ("assignment" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn delete_assignment() {}

/// The order in which a user flow asks.
#[utoipa::path(
    get, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/getOrder",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = AssignmentOrder),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_assignment_order() {}

/// Another order.
#[utoipa::path(
    post, path = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/setOrder", request_body = AssignmentOrderRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn set_assignment_order() {}

/// The built-in attributes, and those of its own that the organization asks.
#[utoipa::path(
    get, path = "/v1.0/identity/userFlowAttributes",
    params(("organization" = Option<String>, Query),
        ("$top" = Option<u32>, Query), ("$skip" = Option<u32>, Query), ("$count" = Option<bool>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = UserFlowAttributes),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn list_user_flow_attributes() {}

/// Whether strangers may let themselves in at all.
#[utoipa::path(
    get, path = "/v1.0/policies/authenticationFlowsPolicy",
    params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = AuthenticationFlowsPolicy),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_authentication_flows_policy() {}

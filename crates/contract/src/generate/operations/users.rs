//! Guests, as Microsoft Graph has them.

use crate::graph::ErrorEnvelope;
use crate::user::{User, UserRequest};

/// Makes a guest whose account the caller has proven, as an approval system does.
#[utoipa::path(
    post, path = "/v1.0/users", request_body = UserRequest,
    params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 201, body = User, headers(("Location" = String, description = "The guest"))),
        (status = 409, description = "The address or the account is taken", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn create_user() {}

/// One guest or member.
#[utoipa::path(
    get, path = "/v1.0/users/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 200, body = User),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn get_user() {}

/// Changes the name and the attributes that the body names.
#[utoipa::path(
    patch, path = "/v1.0/users/{id}", request_body = UserRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
pub(super) fn change_user() {}

//! The operations of the contract, for OpenAPI. The functions are never called; their attributes are the description.
#![expect(dead_code, reason = "the functions carry descriptions")]

use utoipa::OpenApi;

mod connectors;
mod user_flows;
mod users;

use crate::brand::Brand;
use crate::desk::{InviteOptions, InvitePreview};
use crate::discovery::Discovery;
use crate::flow::{StartFlow, SubmitAction};
use crate::graph::{ErrorEnvelope, Invitation, InvitationRequest, Invitations};
use crate::identity_provider::{IdentityProvider, IdentityProviderRequest, IdentityProviders};
use crate::panel::{Activity, Apps, Consents, Me, Organizations};
use crate::session::Session;
use crate::{Problem, StepDocument};

/// The whole description.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Vestibule contract",
        version = "1.0",
        description = "What the Vestibule front-end and any backend say to each other.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    servers((url = "/")),
    paths(
        discovery, start_flow, get_flow, submit_action, get_session, end_session, me, apps, organizations, consents,
        revoke_consent, activity, brand, create_invitation, list_invitations, invite_options, invite_preview,
        list_identity_providers, create_identity_provider, get_identity_provider, change_identity_provider,
        delete_identity_provider, healthz, readyz,
        users::create_user, users::get_user, users::change_user, connectors::list_api_connectors, connectors::create_api_connector, connectors::get_api_connector,
        connectors::change_api_connector, connectors::upload_client_certificate, connectors::delete_api_connector, user_flows::list_user_flows,
        user_flows::create_user_flow, user_flows::get_user_flow, user_flows::change_user_flow,
        user_flows::delete_user_flow, user_flows::get_user_flow_connectors,
        user_flows::set_user_flow_connector, user_flows::remove_user_flow_connector,
        user_flows::list_user_flow_languages, user_flows::get_user_flow_language,
        user_flows::list_user_flow_providers, user_flows::add_user_flow_provider,
        user_flows::remove_user_flow_provider, user_flows::list_assignments, user_flows::create_assignment,
        user_flows::get_assignment, user_flows::change_assignment, user_flows::delete_assignment,
        user_flows::get_assignment_order, user_flows::set_assignment_order,
        user_flows::list_user_flow_attributes, user_flows::get_authentication_flows_policy
    )
)]
pub(super) struct Api;

/// What this backend is and where its parts live.
#[utoipa::path(get, path = "/.well-known/vestibule", responses((status = 200, body = Discovery)))]
fn discovery() {}

/// Starts a flow. Sets the cookie that binds it to this browser.
#[utoipa::path(
    post, path = "/api/v1/flows", request_body = StartFlow,
    responses(
        (status = 201, body = StepDocument, content_type = "application/vnd.vestibule.step+json",
         headers(("Location" = String, description = "The flow"))),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
fn start_flow() {}

/// The current step. Always safe.
#[utoipa::path(
    get, path = "/api/v1/flows/{id}", params(("id" = String, Path)),
    responses(
        (status = 200, body = StepDocument, content_type = "application/vnd.vestibule.step+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
fn get_flow() {}

/// Takes an action at the step of revision `rev`.
#[utoipa::path(
    post, path = "/api/v1/flows/{id}", request_body = SubmitAction,
    params(("id" = String, Path), ("Idempotency-Key" = Option<String>, Header,
        description = "Same key and body: the stored answer again")),
    responses(
        (status = 200, body = StepDocument, content_type = "application/vnd.vestibule.step+json"),
        (status = 409, description = "`stale_revision`; `step` is where the flow stands", body = Problem,
         content_type = "application/problem+json"),
        (status = 422, description = "`validation_failed`; `errors` and the same `step`", body = Problem,
         content_type = "application/problem+json"),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
fn submit_action() {}

/// Who is signed in at this browser.
#[utoipa::path(get, path = "/api/v1/session", responses(
    (status = 200, body = Session),
    (status = 401, body = Problem, content_type = "application/problem+json")
))]
fn get_session() {}

/// Signs out at this browser.
#[utoipa::path(delete, path = "/api/v1/session", responses(
    (status = 204),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
fn end_session() {}

/// The person in the current organization.
#[utoipa::path(get, path = "/api/v1/me", params(("organization" = Option<String>, Query)), responses(
    (status = 200, body = Me),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
fn me() {}

/// What is shared with the person.
#[utoipa::path(get, path = "/api/v1/me/apps",
    params(
        ("organization" = Option<String>, Query),
        ("query" = Option<String>, Query),
        ("collection" = Option<String>, Query),
        ("cursor" = Option<String>, Query)
    ),
    responses(
        (status = 200, body = Apps),
        (status = "4XX", body = Problem, content_type = "application/problem+json")
    )
)]
fn apps() {}

/// Every organization that knows this person.
#[utoipa::path(get, path = "/api/v1/me/organizations", params(("organization" = Option<String>, Query)), responses(
    (status = 200, body = Organizations),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
fn organizations() {}

/// What the person agreed to.
#[utoipa::path(get, path = "/api/v1/me/consents", params(("organization" = Option<String>, Query)), responses(
    (status = 200, body = Consents),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
fn consents() {}

/// Takes a consent back. The next sign-in asks for it again.
#[utoipa::path(delete, path = "/api/v1/me/consents/{id}", params(("id" = String, Path)), responses(
    (status = 204),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
fn revoke_consent() {}

/// The person's own sign-ins and changes.
#[utoipa::path(get, path = "/api/v1/me/activity", params(("organization" = Option<String>, Query)), responses(
    (status = 200, body = Activity),
    (status = "4XX", body = Problem, content_type = "application/problem+json")
))]
fn activity() {}

/// An organization's look.
#[utoipa::path(get, path = "/api/v1/brand",
    params(("organization" = String, Query), ("locale" = Option<String>, Query)),
    responses(
        (status = 200, body = Brand),
        (status = 400, body = Problem, content_type = "application/problem+json"),
        (status = 404, body = Problem, content_type = "application/problem+json")
    )
)]
fn brand() {}

/// Invites somebody, as Microsoft Graph does.
#[utoipa::path(
    post, path = "/v1.0/invitations", request_body = InvitationRequest,
    params(("organization" = Option<String>, Query), ("Idempotency-Key" = Option<String>, Header)),
    security(("api_token" = []), ("session" = [])),
    responses((status = 201, body = Invitation), (status = "4XX", body = ErrorEnvelope))
)]
fn create_invitation() {}

/// The organization's invitations, newest first.
#[utoipa::path(
    get, path = "/v1.0/invitations",
    params(("organization" = Option<String>, Query), ("$top" = Option<u32>, Query), ("$skiptoken" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses((status = 200, body = Invitations), (status = "4XX", body = ErrorEnvelope))
)]
fn list_invitations() {}

/// What this caller may put into an invitation.
#[utoipa::path(
    get, path = "/v1.0/vestibule/inviteOptions", params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses((status = 200, body = InviteOptions), (status = "4XX", body = ErrorEnvelope))
)]
fn invite_options() {}

/// The mail as it would go out. Sends nothing.
#[utoipa::path(
    post, path = "/v1.0/vestibule/invitePreview", request_body = InvitationRequest,
    params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses((status = 200, body = InvitePreview), (status = "4XX", body = ErrorEnvelope))
)]
fn invite_preview() {}

/// The organization's identity providers, and the one-time code.
#[utoipa::path(
    get, path = "/v1.0/identity/identityProviders", params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses((status = 200, body = IdentityProviders), (status = "4XX", body = ErrorEnvelope))
)]
fn list_identity_providers() {}

/// Makes an identity provider, as Microsoft Graph does.
#[utoipa::path(
    post, path = "/v1.0/identity/identityProviders", request_body = IdentityProviderRequest,
    params(("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 201, body = IdentityProvider, headers(("Location" = String, description = "The provider"))),
        (status = 409, description = "The id is taken", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
fn create_identity_provider() {}

/// One identity provider.
#[utoipa::path(
    get, path = "/v1.0/identity/identityProviders/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses((status = 200, body = IdentityProvider), (status = "4XX", body = ErrorEnvelope))
)]
fn get_identity_provider() {}

/// Changes what the body names. At once, for whatever is under way too.
#[utoipa::path(
    patch, path = "/v1.0/identity/identityProviders/{id}", request_body = IdentityProviderRequest,
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's, or somebody else changed it just now", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
fn change_identity_provider() {}

/// Deletes an identity provider. At once, for whatever is under way too.
#[utoipa::path(
    delete, path = "/v1.0/identity/identityProviders/{id}",
    params(("id" = String, Path), ("organization" = Option<String>, Query)),
    security(("api_token" = []), ("session" = [])),
    responses(
        (status = 204),
        (status = 409, description = "It is the file's", body = ErrorEnvelope),
        (status = "4XX", body = ErrorEnvelope)
    )
)]
fn delete_identity_provider() {}

/// Whether the process runs.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "It runs")))]
fn healthz() {}

/// Whether it can do its job: the database answers.
#[utoipa::path(get, path = "/readyz", responses(
    (status = 200, description = "Ready"),
    (status = 503, body = Problem, content_type = "application/problem+json")
))]
fn readyz() {}

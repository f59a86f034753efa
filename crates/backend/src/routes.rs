//! The routes, grouped by who calls them. Everything that is not listed here is 404.

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{delete, get, post, put};

use crate::http::client_ip::TrustedProxies;
use crate::state::Shared;

pub mod assets;
pub mod brand;
pub mod csp_report;
pub mod dev_inbox;
pub mod discovery;
pub mod federation;
pub mod flows;
pub mod graph;
pub mod health;
pub mod me;
pub mod pages;
pub mod rejected;
pub mod session;

impl FromRef<Shared> for TrustedProxies {
    fn from_ref(app: &Shared) -> Self {
        Self(app.config.server.trusted_proxies.clone().into())
    }
}

/// All routes.
pub fn router(app: &Shared) -> Router<Shared> {
    let mut router = Router::new()
        // Operators.
        .route("/healthz", get(health::healthz))
        .route("/readyz", get(health::readyz))
        // Anybody: what this is, how it looks.
        .route(vestibule_contract::discovery::PATH, get(discovery::get))
        .route("/api/v1/brand", get(brand::get))
        .route("/assets/{name}", get(assets::get))
        .route("/favicon.ico", get(assets::favicon))
        .route("/robots.txt", get(assets::robots))
        .route(crate::http::headers::CSP_REPORT_PATH, post(csp_report::post))
        // Guests on their way in.
        .route("/api/v1/flows", post(flows::start::post))
        .route("/api/v1/flows/{id}", get(flows::read::get).post(flows::submit::post))
        .route("/api/v1/session", get(session::get).delete(session::delete))
        // Guests and members inside.
        .route("/api/v1/me", get(me::profile::get))
        .route("/api/v1/me/apps", get(me::apps::get))
        .route("/api/v1/me/organizations", get(me::organizations::get))
        .route("/api/v1/me/consents", get(me::consents::get))
        .route("/api/v1/me/consents/{id}", delete(me::consents::delete))
        .route("/api/v1/me/activity", get(me::activity::get))
        // Guests on their way back from an identity provider.
        .route("/federation/{organization}/{provider}/callback", get(federation::get))
        .route("/federation/{organization}/{provider}/callback", post(federation::posted::post))
        .route("/federation/{organization}/{provider}/acs", post(federation::acs::post))
        .route("/federation/{organization}/{provider}/metadata", get(federation::metadata::get))
        .route("/federation/{organization}/{provider}/logout", post(federation::logout::post))
        // Members who may invite, administrators, and API tokens.
        .route("/v1.0/invitations", get(graph::list::get).post(graph::create::post))
        .route(
            "/v1.0/identity/identityProviders",
            get(graph::providers::list::get).post(graph::providers::create::post),
        )
        .route(
            "/v1.0/identity/identityProviders/{id}",
            get(graph::providers::read::get)
                .patch(graph::providers::change::patch)
                .delete(graph::providers::delete::delete),
        )
        .route(
            "/v1.0/identity/apiConnectors",
            get(graph::connectors::read::list).post(graph::connectors::create::post),
        )
        .route(
            "/v1.0/identity/apiConnectors/{id}",
            get(graph::connectors::read::get)
                .patch(graph::connectors::change::patch)
                .delete(graph::connectors::delete::delete),
        )
        .route(
            "/v1.0/identity/apiConnectors/{id}/uploadClientCertificate",
            post(graph::connectors::upload::post),
        )
        .merge(user_flows())
        .route("/v1.0/users", post(graph::users::create::post))
        .route("/v1.0/users/{id}", get(graph::users::read::get).patch(graph::users::change::patch))
        .route("/v1.0/vestibule/inviteOptions", get(graph::options::get))
        .route("/v1.0/vestibule/invitePreview", post(graph::preview::post))
        // The pages of all of them, drawn here.
        .route("/", get(pages::home::get).post(pages::home::post))
        .route("/i/{token}", get(pages::invitation::get).post(pages::invitation::post))
        .route("/signup/{user_flow}", get(pages::sign_up::get).post(pages::sign_up::post))
        .route("/flow/{id}", get(pages::flow::get).post(pages::flow::post))
        .route("/federate/{organization}/{provider}", get(pages::federate::get))
        .route("/apps", get(pages::apps::get))
        .route("/apps/account", get(pages::account::get).post(pages::account::post))
        .route("/apps/account/link", get(pages::link::get).post(pages::link::post))
        .route("/desk", get(pages::desk::entry))
        .route("/desk/invite", get(pages::desk::get).post(pages::desk::post))
        .route("/desk/signups", get(pages::signups::get).post(pages::signups::post))
        .route("/unsubscribe/{sealed}", get(pages::unsubscribe::get).post(pages::unsubscribe::post))
        .route("/signout", post(pages::signout::post))
        .fallback(pages::not_found);
    if app.transport.inbox().is_some() {
        // Exists only where the configuration says that mail stays in this process.
        router =
            router.route("/dev/inbox", get(dev_inbox::page)).route("/dev/inbox.json", get(dev_inbox::json));
    }
    router
}

/// What self-service sign-up is managed by.
fn user_flows() -> Router<Shared> {
    use graph::user_flows::{
        assignments, attributes, change, create, delete, languages, order, policy, read, references,
    };
    Router::new()
        .route("/v1.0/identity/b2xUserFlows", get(read::list).post(create::post))
        .route("/v1.0/identity/b2xUserFlows/{id}", get(read::get).patch(change::patch).delete(delete::delete))
        .route("/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration", get(read::connectors))
        .route(
            "/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration/{step}/$ref",
            put(references::put_connector).delete(references::delete_connector),
        )
        .route("/v1.0/identity/b2xUserFlows/{id}/languages", get(languages::list))
        .route("/v1.0/identity/b2xUserFlows/{id}/languages/{language}", get(languages::get))
        .route("/v1.0/identity/b2xUserFlows/{id}/identityProviders", get(read::identity_providers))
        .route("/v1.0/identity/b2xUserFlows/{id}/identityProviders/$ref", post(references::post_provider))
        .route(
            "/v1.0/identity/b2xUserFlows/{id}/identityProviders/{provider}/$ref",
            delete(references::delete_provider),
        )
        .route(
            "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments",
            get(assignments::list).post(assignments::post),
        )
        .route("/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/getOrder", get(order::get))
        .route("/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/setOrder", post(order::post))
        .route(
            "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/{assignment}",
            get(assignments::get).patch(assignments::patch).delete(assignments::delete),
        )
        .route("/v1.0/identity/userFlowAttributes", get(attributes::list))
        .route("/v1.0/policies/authenticationFlowsPolicy", get(policy::get))
}

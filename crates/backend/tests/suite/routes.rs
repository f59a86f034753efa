//! Every route of the backend, with an address that it answers. The tests that hold for all routes go through this.

use axum::http::{Method, StatusCode};

use crate::world::World;

/// A route: method, pattern, an address.
pub(crate) struct Route {
    /// Method.
    pub(crate) method: &'static str,
    /// As it stands in the router.
    pub(crate) pattern: &'static str,
    /// An address of it.
    pub(crate) path: &'static str,
}

const fn route(method: &'static str, pattern: &'static str, path: &'static str) -> Route {
    Route { method, pattern, path }
}

const TOKEN: &str = "/i/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
/// Where SAML identity providers let browsers post, from another site.
pub(crate) const ACS: &str = "/federation/{organization}/{provider}/acs";
/// Where providers send browsers back; some let them post.
const CALLBACK: &str = "/federation/{organization}/{provider}/callback";
/// Where providers themselves say that somebody has signed out.
const LOGOUT: &str = "/federation/{organization}/{provider}/logout";
const UNSUBSCRIBE: &str = "/unsubscribe/{sealed}";
const PROVIDER: &str = "/v1.0/identity/identityProviders/{id}";
const CONNECTORS: &str = "/v1.0/identity/apiConnectors";
const UPLOAD: &str = "/v1.0/identity/apiConnectors/{id}/uploadClientCertificate";
const USER_FLOWS: &str = "/v1.0/identity/b2xUserFlows";
const ASKED: &str = "/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration";
const ASKED_AT: &str = "/v1.0/identity/b2xUserFlows/{id}/apiConnectorConfiguration/{step}/$ref";
const LANGUAGES: &str = "/v1.0/identity/b2xUserFlows/{id}/languages";
const LANGUAGE: &str = "/v1.0/identity/b2xUserFlows/{id}/languages/{language}";
const OFFERED: &str = "/v1.0/identity/b2xUserFlows/{id}/identityProviders";
const OFFERED_REF: &str = "/v1.0/identity/b2xUserFlows/{id}/identityProviders/$ref";
const OFFERED_ONE: &str = "/v1.0/identity/b2xUserFlows/{id}/identityProviders/{provider}/$ref";
const ASSIGNMENTS: &str = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments";
const ASSIGNMENT: &str = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/{assignment}";
const GET_ORDER: &str = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/getOrder";
const SET_ORDER: &str = "/v1.0/identity/b2xUserFlows/{id}/userAttributeAssignments/setOrder";
const POLICY: &str = "/v1.0/policies/authenticationFlowsPolicy";
const FLOW_API: &str = "/api/v1/flows/01a1f866-0d00-7000-8000-000000000000";
const FLOW: &str = "/flow/01a1f866-0d00-7000-8000-000000000000";

/// All of them.
pub(crate) const ROUTES: &[Route] = &[
    route("GET", "/healthz", "/healthz"),
    route("GET", "/readyz", "/readyz"),
    route("GET", "/.well-known/vestibule", "/.well-known/vestibule"),
    route("GET", "/api/v1/brand", "/api/v1/brand?organization=contoso"),
    route("GET", "/assets/{name}", "/assets/app.0.wasm"),
    route("GET", "/favicon.ico", "/favicon.ico"),
    route("GET", "/robots.txt", "/robots.txt"),
    route("POST", "/csp-report", "/csp-report"),
    route("POST", "/api/v1/flows", "/api/v1/flows"),
    route("GET", "/api/v1/flows/{id}", FLOW_API),
    route("POST", "/api/v1/flows/{id}", FLOW_API),
    route("GET", "/api/v1/session", "/api/v1/session"),
    route("DELETE", "/api/v1/session", "/api/v1/session"),
    route("GET", "/api/v1/me", "/api/v1/me"),
    route("GET", "/api/v1/me/apps", "/api/v1/me/apps"),
    route("GET", "/api/v1/me/organizations", "/api/v1/me/organizations"),
    route("GET", "/api/v1/me/consents", "/api/v1/me/consents"),
    route("DELETE", "/api/v1/me/consents/{id}", "/api/v1/me/consents/x"),
    route("GET", "/api/v1/me/activity", "/api/v1/me/activity"),
    route("GET", CALLBACK, "/federation/contoso/work/callback?state=x"),
    route("POST", CALLBACK, "/federation/contoso/work/callback"),
    route("POST", ACS, "/federation/contoso/work/acs"),
    route("GET", "/federation/{organization}/{provider}/metadata", "/federation/contoso/work/metadata"),
    route("POST", LOGOUT, "/federation/contoso/work/logout"),
    route("GET", "/v1.0/invitations", "/v1.0/invitations"),
    route("POST", "/v1.0/invitations", "/v1.0/invitations"),
    route("GET", "/v1.0/identity/identityProviders", "/v1.0/identity/identityProviders"),
    route("POST", "/v1.0/identity/identityProviders", "/v1.0/identity/identityProviders"),
    route("GET", PROVIDER, "/v1.0/identity/identityProviders/x"),
    route("PATCH", PROVIDER, "/v1.0/identity/identityProviders/x"),
    route("DELETE", PROVIDER, "/v1.0/identity/identityProviders/x"),
    route("POST", "/v1.0/users", "/v1.0/users"),
    route("GET", "/v1.0/users/{id}", "/v1.0/users/x"),
    route("PATCH", "/v1.0/users/{id}", "/v1.0/users/x"),
    route("GET", CONNECTORS, CONNECTORS),
    route("POST", CONNECTORS, CONNECTORS),
    route("GET", "/v1.0/identity/apiConnectors/{id}", "/v1.0/identity/apiConnectors/x"),
    route("PATCH", "/v1.0/identity/apiConnectors/{id}", "/v1.0/identity/apiConnectors/x"),
    route("DELETE", "/v1.0/identity/apiConnectors/{id}", "/v1.0/identity/apiConnectors/x"),
    route("POST", UPLOAD, "/v1.0/identity/apiConnectors/x/uploadClientCertificate"),
    route("GET", USER_FLOWS, USER_FLOWS),
    route("POST", USER_FLOWS, USER_FLOWS),
    route("GET", "/v1.0/identity/b2xUserFlows/{id}", "/v1.0/identity/b2xUserFlows/x"),
    route("PATCH", "/v1.0/identity/b2xUserFlows/{id}", "/v1.0/identity/b2xUserFlows/x"),
    route("DELETE", "/v1.0/identity/b2xUserFlows/{id}", "/v1.0/identity/b2xUserFlows/x"),
    route("GET", ASKED, "/v1.0/identity/b2xUserFlows/x/apiConnectorConfiguration"),
    route(
        "PUT",
        ASKED_AT,
        "/v1.0/identity/b2xUserFlows/x/apiConnectorConfiguration/postFederationSignup/$ref",
    ),
    route(
        "DELETE",
        ASKED_AT,
        "/v1.0/identity/b2xUserFlows/x/apiConnectorConfiguration/postFederationSignup/$ref",
    ),
    route("GET", LANGUAGES, "/v1.0/identity/b2xUserFlows/x/languages"),
    route("GET", LANGUAGE, "/v1.0/identity/b2xUserFlows/x/languages/en"),
    route("GET", OFFERED, "/v1.0/identity/b2xUserFlows/x/identityProviders"),
    route("POST", OFFERED_REF, "/v1.0/identity/b2xUserFlows/x/identityProviders/$ref"),
    route("DELETE", OFFERED_ONE, "/v1.0/identity/b2xUserFlows/x/identityProviders/x/$ref"),
    route("GET", ASSIGNMENTS, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments"),
    route("POST", ASSIGNMENTS, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments"),
    route("GET", GET_ORDER, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments/getOrder"),
    route("POST", SET_ORDER, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments/setOrder"),
    route("GET", ASSIGNMENT, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments/city"),
    route("PATCH", ASSIGNMENT, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments/city"),
    route("DELETE", ASSIGNMENT, "/v1.0/identity/b2xUserFlows/x/userAttributeAssignments/city"),
    route("GET", "/v1.0/identity/userFlowAttributes", "/v1.0/identity/userFlowAttributes"),
    route("GET", POLICY, POLICY),
    route("GET", "/v1.0/vestibule/inviteOptions", "/v1.0/vestibule/inviteOptions"),
    route("POST", "/v1.0/vestibule/invitePreview", "/v1.0/vestibule/invitePreview"),
    route("GET", "/", "/"),
    route("POST", "/", "/"),
    route("GET", "/i/{token}", TOKEN),
    route("POST", "/i/{token}", TOKEN),
    route("GET", "/signup/{user_flow}", "/signup/suppliers"),
    route("POST", "/signup/{user_flow}", "/signup/suppliers"),
    route("GET", "/flow/{id}", FLOW),
    route("POST", "/flow/{id}", FLOW),
    route("GET", "/federate/{organization}/{provider}", "/federate/contoso/work?flow=x"),
    route("GET", "/apps", "/apps"),
    route("GET", "/apps/account", "/apps/account"),
    route("POST", "/apps/account", "/apps/account"),
    route("GET", "/apps/account/link", "/apps/account/link"),
    route("POST", "/apps/account/link", "/apps/account/link"),
    route("GET", "/desk", "/desk"),
    route("GET", "/desk/invite", "/desk/invite"),
    route("POST", "/desk/invite", "/desk/invite"),
    route("GET", "/desk/signups", "/desk/signups"),
    route("POST", "/desk/signups", "/desk/signups"),
    route("GET", UNSUBSCRIBE, "/unsubscribe/x"),
    route("POST", UNSUBSCRIBE, "/unsubscribe/x"),
    route("POST", "/signout", "/signout"),
    route("GET", "/dev/inbox", "/dev/inbox"),
    route("GET", "/dev/inbox.json", "/dev/inbox.json"),
];

impl Route {
    /// Its method.
    pub(crate) fn verb(&self) -> Method {
        self.method.parse().unwrap()
    }

    /// Whether it changes something for somebody with a cookie. Who unsubscribes shows none: the address says it all. Neither
    /// does what a provider lets a browser post.
    pub(crate) fn changes(&self) -> bool {
        self.method != "GET" && ![UNSUBSCRIBE, ACS, CALLBACK, LOGOUT].contains(&self.pattern)
    }

    /// Whether it takes forms.
    pub(crate) fn takes_forms(&self) -> bool {
        self.method == "POST" && !self.pattern.contains('1') && self.pattern != "/csp-report"
    }
}

/// A route that is added to the router and not to the list fails here.
#[test]
fn every_route_of_the_router_is_in_the_list() {
    let source = include_str!("../../src/routes.rs");
    let mut found = 0;
    for call in source.split(".route(").skip(1) {
        let pattern = call.split('"').nth(1);
        let pattern = match pattern {
            Some(pattern) if call.trim_start().starts_with('"') => pattern,
            _ if call.contains("discovery::PATH") => "/.well-known/vestibule",
            _ => "/csp-report",
        };
        for (word, method) in
            [("get(", "GET"), ("post(", "POST"), ("put(", "PUT"), ("patch(", "PATCH"), ("delete(", "DELETE")]
        {
            if call.contains(&format!(" {word}")) || call.contains(&format!(".{word}")) {
                let listed = ROUTES.iter().any(|route| route.pattern == pattern && route.method == method);
                assert!(listed, "{method} {pattern} is not in the list");
                found += 1;
            }
        }
    }
    assert_eq!(found, ROUTES.len(), "the list has routes that the router has not");
}

#[tokio::test]
async fn s111_another_method_is_refused_as_a_problem() {
    let world = World::new().await;
    for route in ROUTES {
        let puts = ROUTES.iter().any(|other| other.method == "PUT" && other.pattern == route.pattern);
        let method = if puts { Method::POST } else { Method::PUT };
        let request =
            crate::client::Client::build(method, route.path).body(axum::body::Body::empty()).unwrap();
        let answer = world.client().send(request).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{}", route.path);
        assert_eq!(answer.code(), "method_not_allowed", "{}", route.path);
        assert!(answer.header("allow").is_some_and(|allow| allow.contains(route.method)), "{}", route.path);
    }
}

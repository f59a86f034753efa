//! The operations that manage an organization: who may, what is sent, and what they are tried on.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::Who::{
    self, Administrator, TokenReadConnectors, TokenReadFlows, TokenReadProviders, TokenWriteConnectors,
    TokenWriteFlows, TokenWriteProviders, TokenWriteUsers,
};

const PROVIDER_READERS: &[Who] = &[Administrator, TokenReadProviders, TokenWriteProviders];
const PROVIDER_WRITERS: &[Who] = &[Administrator, TokenWriteProviders];
const FLOW_READERS: &[Who] = &[Administrator, TokenReadFlows, TokenWriteFlows];
const FLOW_WRITERS: &[Who] = &[Administrator, TokenWriteFlows];
const CONNECTOR_READERS: &[Who] = &[Administrator, TokenReadConnectors, TokenWriteConnectors];
const USER_WRITERS: &[Who] = &[Administrator, TokenWriteUsers];
const CONNECTOR_WRITERS: &[Who] = &[Administrator, TokenWriteConnectors];

/// Who succeeds, and what is sent; none for what is no such operation.
pub(super) fn row(operation: &str) -> Option<(&'static [Who], Value)> {
    Some(match operation {
        "list_identity_providers" | "get_identity_provider" => (PROVIDER_READERS, Value::Null),
        "create_identity_provider" => (PROVIDER_WRITERS, provider("new")),
        "change_identity_provider" => (PROVIDER_WRITERS, json!({ "displayName": "Renamed" })),
        "delete_identity_provider" => (PROVIDER_WRITERS, Value::Null),
        "list_user_flows"
        | "get_user_flow"
        | "get_user_flow_connectors"
        | "list_user_flow_providers"
        | "list_user_flow_languages"
        | "get_user_flow_language"
        | "list_assignments"
        | "get_assignment"
        | "get_assignment_order"
        | "list_user_flow_attributes"
        | "get_authentication_flows_policy" => (FLOW_READERS, Value::Null),
        "create_user_flow" => (FLOW_WRITERS, json!({ "id": "new" })),
        "change_user_flow" => (FLOW_WRITERS, json!({ "vestibule": { "name": "Renamed" } })),
        "set_user_flow_connector" => (FLOW_WRITERS, json!({ "@odata.id": "/identity/apiConnectors/held" })),
        "add_user_flow_provider" => (FLOW_WRITERS, json!({ "id": "held" })),
        "create_assignment" => (FLOW_WRITERS, json!({ "userAttribute": { "id": "surname" } })),
        "change_assignment" => (FLOW_WRITERS, json!({ "isOptional": false })),
        "set_assignment_order" => (FLOW_WRITERS, json!({ "newAssignmentOrder": { "order": ["city"] } })),
        "delete_user_flow"
        | "remove_user_flow_connector"
        | "remove_user_flow_provider"
        | "delete_assignment" => (FLOW_WRITERS, Value::Null),
        "list_api_connectors" | "get_api_connector" => (CONNECTOR_READERS, Value::Null),
        "create_api_connector" => (CONNECTOR_WRITERS, connector("new")),
        "change_api_connector" => (
            CONNECTOR_WRITERS,
            json!({ "authenticationConfiguration": {
                "@odata.type": "#microsoft.graph.basicAuthentication", "password": "another",
            }}),
        ),
        "upload_client_certificate" => (CONNECTOR_WRITERS, bundle()),
        "create_user" => (USER_WRITERS, json!({ "mail": "made@partner.example" })),
        "get_user" => (USER_WRITERS, Value::Null),
        "change_user" => (USER_WRITERS, json!({ "displayName": "Renamed" })),
        "delete_api_connector" => (CONNECTOR_WRITERS, Value::Null),
        _ => return None,
    })
}

/// What the operations on one of them are tried on.
pub(super) const HELD: &str = "DELETE FROM providers; INSERT INTO providers \
    (organization, id, position, label, enabled, domains, settings, protocol, kind, source) VALUES \
    ('contoso', 'held', 0, 'Held', 0, '[]', '{\"issuer\":\"https://github.com\",\"client_id\":\"us\",\
    \"sealed_secret\":\"x\",\"scopes\":[],\"authorization_endpoint\":\"https://github.com/a\",\
    \"token_endpoint\":\"https://github.com/t\",\"userinfo_endpoint\":\"https://github.com/u\",\
    \"emails_endpoint\":null}', 'oauth2', 'github', 'api'); \
    DELETE FROM connectors; INSERT INTO connectors \
    (organization, id, name, target_url, authentication, timeout_seconds, on_failure, source) VALUES \
    ('contoso', 'held', 'Held', 'https://held.example/', \
    '{\"type\":\"basic\",\"username\":\"us\",\"sealed_password\":\"x\"}', 20, 'fail_closed', 'api'); \
    DELETE FROM identities WHERE subject = 'made@partner.example'; DELETE FROM user_attributes; \
    DELETE FROM users WHERE address = 'made@partner.example'; INSERT INTO users \
    (organization, id, address, address_key, role, state, state_changed_at, creation, created_at) VALUES \
    ('contoso', 'held', 'held@partner.example', 'held@partner.example', 'guest', 'pending', 0, 'invitation', 0) \
    ON CONFLICT DO NOTHING; \
    DELETE FROM user_flows; INSERT INTO user_flows (organization, id, position, settings, source) VALUES \
    ('contoso', 'held', 0, '{\"id\":\"held\",\"name\":\"Held\",\"attributes\":[{\"id\":\"city\"}]}', 'api');";

/// An address of an operation.
pub(super) fn address(path: &str) -> String {
    path.replace("{id}", "held")
        .replace("{provider}", "held")
        .replace("{step}", "postFederationSignup")
        .replace("{assignment}", "city")
        .replace("{language}", "en")
}

/// A client certificate with its key.
fn bundle() -> Value {
    let der = include_bytes!("../../../src/connectors/pkcs12/tests/modern.p12");
    json!({ "pkcs12Value": BASE64_STANDARD.encode(der), "password": "open sésame" })
}

/// A provider that is turned off, and so is asked nothing.
fn provider(id: &str) -> Value {
    json!({
        "@odata.type": "#microsoft.graph.socialIdentityProvider", "id": id, "identityProviderType": "GitHub",
        "clientId": "us", "clientSecret": "secret", "vestibule": { "enabled": false },
    })
}

fn connector(id: &str) -> Value {
    json!({
        "id": id, "displayName": "New", "targetUrl": "https://new.example/",
        "authenticationConfiguration": {
            "@odata.type": "#microsoft.graph.basicAuthentication", "username": "us", "password": "secret",
        },
    })
}

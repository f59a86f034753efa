//! The management plane's user flows and API connectors: Graph's shapes, what is never told, what is refused, and that a
//! change counts at once. Who may is in the matrix.

mod bundles;
mod connectors;
mod effects;
mod options;
mod parts;
mod wrong;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::routes::graph::caller::{
    SCOPE_READ_CONNECTORS, SCOPE_READ_USER_FLOWS, SCOPE_WRITE_CONNECTORS, SCOPE_WRITE_USER_FLOWS,
};

use crate::client::{Answer, Client};
use crate::people::{INES, MIRA, TOM, program, with_session};
use crate::sign_up;
use crate::world::{ORIGIN, World};

const FLOWS: &str = "/v1.0/identity/b2xUserFlows";
const FLOW: &str = "/v1.0/identity/b2xUserFlows/B2X_1_suppliers";
const CONNECTORS: &str = "/v1.0/identity/apiConnectors";
const CHECK: &str = "/v1.0/identity/apiConnectors/check";
const PASSWORD: &str = "a-password-of-the-connector";
/// What stands before the names of Contoso's own attributes.
const EXTENSION: &str = "extension_0a8701e5f44bb248fe0b4bdd346fe6fe_";

/// A world in which strangers may come, and a program that may manage how.
async fn world() -> (World, Client) {
    let world = sign_up::world("").await;
    let manager = program(&world, "contoso", &[SCOPE_WRITE_USER_FLOWS, SCOPE_WRITE_CONNECTORS]).await;
    (world, manager)
}

/// The user flow of the other tests of sign-up, as a request.
fn suppliers() -> Value {
    json!({
        "id": "suppliers",
        "userFlowType": "signUpOrSignIn",
        "userFlowTypeVersion": 1,
        "userAttributeAssignments": [
            { "isOptional": false, "userAttribute": { "id": "displayName" } },
            { "userInputType": "dropdownSingleSelect", "userAttribute": { "id": "Country" } },
            {
                "displayName": "Tier", "isOptional": true, "requiresVerification": false,
                "userInputType": "radioSingleSelect",
                "userAttribute": { "id": "extension_0123456789abcdef0123456789abcdef_tier" },
                "userAttributeValues": [
                    { "name": "Gold", "value": "1", "isDefault": false }, { "name": "Silver", "value": "2" },
                ],
                "vestibule": { "texts": { "de": { "label": "Stufe" } } },
            },
        ],
        "vestibule": { "name": "Supplier sign-up", "apps": ["wiki"] },
    })
}

/// A connector as a request.
fn check() -> Value {
    json!({
        "id": "check",
        "displayName": "Check approval status",
        "targetUrl": "https://check.contoso.example/ask?code=a-key-in-the-address",
        "authenticationConfiguration": {
            "@odata.type": "#microsoft.graph.basicAuthentication", "username": "us", "password": PASSWORD,
        },
    })
}

fn made(answer: &Answer) -> Value {
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    answer.json()
}

fn changed(answer: &Answer) {
    assert_eq!((answer.status, answer.text.as_str()), (StatusCode::NO_CONTENT, ""));
}

/// Status, target, and that the message says this.
fn refused(answer: &Answer, status: u16, target: &Value, says: &str) {
    let error = &answer.json()["error"];
    let what = format!("{says}: {} {}", answer.status, answer.text);
    assert_eq!((answer.status.as_u16(), &error["target"]), (status, target), "{what}");
    assert!(error["message"].as_str().unwrap().contains(says), "{what}");
}

#[tokio::test]
async fn graph_user_flows_have_the_shapes_of_graph() {
    let (world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    let mut body = suppliers();
    body["apiConnectorConfiguration"] =
        json!({ "postFederationSignup": { "@odata.id": format!("{ORIGIN}{CHECK}") } });
    body["vestibule"]["approval"] = json!({ "approvers": [MIRA] });
    let answer = manager.post(FLOWS, &body).await;
    assert_eq!(answer.header("location"), Some(format!("{ORIGIN}{FLOW}").as_str()));
    let context = format!("{ORIGIN}/v1.0/$metadata#identity/b2xUserFlows");
    let built_in = |id: &str, name: &str, input: &str, kind: &str, optional: bool| {
        json!({
            "id": id, "displayName": name, "isOptional": optional, "requiresVerification": false,
            "userInputType": input, "userAttributeValues": [],
            "userAttribute": {
                "id": id, "displayName": name, "dataType": "string", "userFlowAttributeType": "builtIn",
            },
            "vestibule": { "kind": kind, "texts": {} },
        })
    };
    let tier = json!({
        "id": format!("{EXTENSION}tier"), "displayName": "Tier", "isOptional": true,
        "requiresVerification": false, "userInputType": "radioSingleSelect",
        "userAttributeValues": [
            { "name": "Gold", "value": "1", "isDefault": false },
            { "name": "Silver", "value": "2", "isDefault": false },
        ],
        "userAttribute": {
            "id": format!("{EXTENSION}tier"), "displayName": "Tier", "dataType": "string",
            "userFlowAttributeType": "custom",
        },
        "vestibule": { "kind": "radio", "texts": { "de": { "label": "Stufe" } } },
    });
    let expected = json!({
        "@odata.context": format!("{context}/$entity"),
        "id": "B2X_1_suppliers",
        "userFlowType": "signUpOrSignIn",
        "userFlowTypeVersion": 1,
        "identityProviders": [{
            "@odata.type": "#microsoft.graph.builtInIdentityProvider", "id": "EmailOtpSignup-OAUTH",
            "displayName": "Email One Time Passcode", "identityProviderType": "EmailOTP", "state": "enabled",
        }],
        "apiConnectorConfiguration": {
            "postFederationSignup": { "id": "check", "displayName": "Check approval status" },
            "postAttributeCollection": null,
        },
        "userAttributeAssignments": [
            built_in("displayName", "Display Name", "textBox", "text", false),
            built_in("country", "Country/Region", "dropdownSingleSelect", "country", true),
            tier,
        ],
        "vestibule": {
            "name": "Supplier sign-up", "enabled": true, "apps": ["wiki"], "everyProvider": true,
            "approval": { "approvers": [MIRA], "days": 14 }, "source": "api",
            "address": format!("{ORIGIN}/signup/suppliers?organization=contoso"),
        },
    });
    assert_eq!(made(&answer), expected);
    for path in [FLOW, "/v1.0/identity/b2xUserFlows/suppliers"] {
        assert_eq!(manager.get(path).await.ok(), expected);
    }
    // An id can be made of the name.
    let other = made(&manager.post(FLOWS, &json!({ "vestibule": { "name": "Über Partners!" } })).await);
    assert_eq!(
        (&other["id"], &other["vestibule"]["name"]),
        (&json!("B2X_1_ber-partners"), &json!("Über Partners!"))
    );
    let list = manager.get(FLOWS).await.ok();
    assert_eq!((&list["@odata.context"], list["value"].as_array().unwrap().len()), (&json!(context), 2));
    let change = json!({
        "apiConnectorConfiguration": { "postFederationSignup": null },
        "vestibule": { "enabled": false, "approval": null, "guestsPerDay": 7, "proofOfWork": 18 },
    });
    changed(&manager.patch(FLOW, &change).await);
    changed(&manager.patch(FLOW, &change).await);
    let after = manager.get(FLOW).await.ok();
    assert_eq!(
        (
            &after["vestibule"]["guestsPerDay"],
            &after["vestibule"]["proofOfWork"],
            &after["vestibule"]["approval"],
            &after["vestibule"]["enabled"]
        ),
        (&json!(7), &json!(18), &Value::Null, &json!(false))
    );
    changed(&manager.delete(FLOW).await);
    for answer in [manager.get(FLOW).await, manager.delete(FLOW).await, manager.patch(FLOW, &json!({})).await]
    {
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
    }
    let told = "SELECT action || ' ' || subject || ' ' || detail FROM audit WHERE subject LIKE 'user_flow:%' ORDER BY sequence";
    assert_eq!(
        world.rows(told).await,
        [
            "user_flow.created user_flow:suppliers {\"enabled\":true}",
            "user_flow.created user_flow:ber-partners {\"enabled\":true}",
            "user_flow.changed user_flow:suppliers {\"members\":[\"apiConnectorConfiguration/postFederationSignup\",\"vestibule/enabled\",\"vestibule/approval\",\"vestibule/guestsPerDay\",\"vestibule/proofOfWork\"]}",
            "user_flow.deleted user_flow:suppliers {}",
        ]
    );
    world.check().await;
}

#[tokio::test]
async fn s103_user_flows_and_connectors_are_managed_by_those_who_may() {
    let (world, mut manager) = world().await;
    made(&manager.post(FLOWS, &suppliers()).await);
    made(&manager.post(CONNECTORS, &check()).await);
    let every =
        [SCOPE_READ_USER_FLOWS, SCOPE_WRITE_USER_FLOWS, SCOPE_READ_CONNECTORS, SCOPE_WRITE_CONNECTORS];
    let own = |scopes: &'static [&'static str]| program(&world, "contoso", scopes);
    // Who, and the answers to reading and changing a user flow, and a connector.
    let cases = [
        ("anonymous", world.client(), [401, 401, 401, 401]),
        ("member", with_session(&world, TOM).await, [403, 403, 403, 403]),
        ("administrator", with_session(&world, MIRA).await, [200, 204, 200, 204]),
        ("administrator of another", with_session(&world, INES).await, [404, 404, 404, 404]),
        ("program without a scope", own(&["User.Invite.All"]).await, [403, 403, 403, 403]),
        ("reader of flows", own(&[SCOPE_READ_USER_FLOWS]).await, [200, 403, 403, 403]),
        ("writer of flows", own(&[SCOPE_WRITE_USER_FLOWS]).await, [200, 204, 403, 403]),
        ("reader of connectors", own(&[SCOPE_READ_CONNECTORS]).await, [403, 403, 200, 403]),
        ("writer of connectors", own(&[SCOPE_WRITE_CONNECTORS]).await, [403, 403, 200, 204]),
        ("program of another", program(&world, "fabrikam", &every).await, [404, 404, 404, 404]),
    ];
    for (who, mut client, expected) in cases {
        let (flow, connector) =
            (format!("{FLOW}?organization=contoso"), format!("{CHECK}?organization=contoso"));
        let name = json!({ "vestibule": { "name": who } });
        let answers = [
            client.get(&flow).await,
            client.patch(&flow, &name).await,
            client.get(&connector).await,
            client.patch(&connector, &json!({ "displayName": who })).await,
        ];
        assert_eq!(answers.map(|answer| answer.status.as_u16()), expected, "{who}");
    }
    assert_eq!(world.rows("SELECT name FROM connectors").await, ["writer of connectors"]);
}

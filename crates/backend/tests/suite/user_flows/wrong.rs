//! User flows that cannot work are refused when they are saved.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{FLOW, FLOWS, changed, made, refused, suppliers, world};
use crate::provider::Change;

#[tokio::test]
async fn s105_a_user_flow_that_cannot_work_is_refused_with_reason_and_member_and_nothing_is_written() {
    let (world, mut manager) = world().await;
    let cases: &[(Change, &str, &str)] = &[
        (|b| b["id"] = json!("B2X_1_Suppliers"), "id", "a-z"),
        (|b| b["userFlowType"] = json!("signUp"), "userFlowType", "signUpOrSignIn"),
        (|b| b["userFlowTypeVersion"] = json!(3), "userFlowTypeVersion", "Only 1"),
        (|b| b["identityProviders"] = json!([]), "identityProviders", "nobody could sign up"),
        (|b| b["identityProviders"] = json!([{ "id": "Google-OAUTH" }]), "identityProviders", "Google-OAUTH"),
        (|b| b["vestibule"]["everyProvider"] = json!(false), "identityProviders", "Name the providers"),
        (
            |b| b["apiConnectorConfiguration"] = json!({ "postFederationSignup": { "id": "none" } }),
            "apiConnectorConfiguration",
            "no connector none",
        ),
        (
            |b| b["apiConnectorConfiguration"] = json!({ "postFederationSignup": {} }),
            "apiConnectorConfiguration",
            "Name a connector",
        ),
        (|b| b["vestibule"]["name"] = json!(" "), "vestibule/name", "empty"),
        (|b| b["vestibule"]["apps"] = json!(["nothing"]), "vestibule/apps", "the organization does not have"),
        (|b| b["vestibule"]["guestsPerDay"] = json!(0), "vestibule/guestsPerDay", "`enabled`"),
        (|b| b["vestibule"]["proofOfWork"] = json!(25), "vestibule/proofOfWork", "8 to 24 bits"),
        (|b| b["vestibule"]["approval"] = json!({ "approvers": [] }), "vestibule/approval", "nobody"),
        (
            |b| b["vestibule"]["approval"] = json!({ "approvers": ["zoe@supplier.example"] }),
            "vestibule/approval",
            "no member of the organization",
        ),
        (
            |b| b["vestibule"]["approval"] = json!({ "approvers": ["mira@contoso.example"], "days": 91 }),
            "vestibule/approval",
            "1 to 90",
        ),
    ];
    for (change, target, says) in cases {
        let mut body = suppliers();
        change(&mut body);
        refused(&manager.post(FLOWS, &body).await, 400, &json!(target), says);
    }
    let asked: &[(Change, &str, &str)] = &[
        (|a| a["displayName"] = json!("Your password"), "userAttributeAssignments", "asks for a password"),
        (
            |a| drop(a.as_object_mut().unwrap().remove("displayName")),
            "userAttributeAssignments",
            "`displayName`",
        ),
        (|a| a["userAttribute"] = json!({ "id": "city" }), "userInputType", "built in"),
        (|a| a["userAttribute"] = json!({ "id": "Email" }), "userAttribute", "proven"),
        (|a| a["userAttribute"] = json!({}), "userAttribute", "missing"),
        (|a| a["requiresVerification"] = json!(true), "requiresVerification", "proven"),
        (|a| a["userInputType"] = json!("emailBox"), "userInputType", "proven"),
        (|a| a["userInputType"] = json!("slider"), "userInputType", "textBox"),
        (|a| a["vestibule"]["kind"] = json!("integer"), "userInputType", "textBox"),
        (|a| a["vestibule"]["kind"] = json!("password"), "vestibule/kind", "Give one of"),
        (|a| a["userAttributeValues"][1]["isDefault"] = json!(true), "userAttributeValues", "isDefault"),
        (|a| a["userAttributeValues"][1]["value"] = json!("1"), "userAttributeAssignments", "same"),
        (|a| a["userAttributeValues"][1]["name"] = json!(""), "userAttributeAssignments", "no `name`"),
        (
            |a| a["userAttributeValues"] = json!([]),
            "userAttributeAssignments",
            "`userAttributeValues` are missing",
        ),
        (|a| a["vestibule"]["min"] = json!("1"), "userAttributeAssignments", "`min` and `max`"),
    ];
    for (change, target, says) in asked {
        let mut body = suppliers();
        let assignment = &mut body["userAttributeAssignments"][2];
        change(assignment);
        let answer = manager.post(FLOWS, &body).await;
        refused(&answer, 400, &json!(target), says);
    }
    for body in [json!({ "unknown": 1 }), json!({ "vestibule": { "source": "file" } }), json!(7)] {
        refused(&manager.post(FLOWS, &body).await, 400, &Value::Null, "");
    }
    refused(&manager.post(FLOWS, &json!({})).await, 400, &json!("id"), "No id can be made");
    assert_eq!(world.count("SELECT COUNT(*) FROM user_flows WHERE organization = 'contoso'").await, 0);
    // A known one stays as it is.
    made(&manager.post(FLOWS, &suppliers()).await);
    refused(&manager.post(FLOWS, &suppliers()).await, 409, &json!("id"), "already");
    let before = manager.get(FLOW).await.ok();
    refused(&manager.patch(FLOW, &json!({ "id": "other" })).await, 400, &json!("id"), "cannot be changed");
    let half = json!({ "vestibule": { "name": "Half", "apps": ["nothing"] } });
    refused(&manager.patch(FLOW, &half).await, 400, &json!("vestibule/apps"), "nothing");
    let named = format!("{FLOW}/userAttributeAssignments/tier");
    let other = json!({ "userAttribute": { "id": "city" } });
    refused(&manager.patch(&named, &other).await, 400, &json!("userAttribute"), "cannot be changed");
    assert_eq!(manager.get(FLOW).await.ok(), before);
}

#[tokio::test]
async fn an_organization_has_fifty_user_flows_at_most() {
    let (world, mut manager) = world().await;
    for number in 0..50 {
        made(&manager.post(FLOWS, &json!({ "id": format!("flow-{number}") })).await);
    }
    assert_eq!(manager.post(FLOWS, &json!({ "id": "too-many" })).await.status, StatusCode::CONFLICT);
    changed(&manager.delete(&format!("{FLOWS}/flow-0")).await);
    made(&manager.post(FLOWS, &json!({ "id": "again" })).await);
    assert_eq!(world.count("SELECT COUNT(*) FROM user_flows WHERE organization = 'contoso'").await, 50);
}

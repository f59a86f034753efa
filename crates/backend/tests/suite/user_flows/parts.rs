//! What belongs to a user flow, one by one: connectors, providers, attributes and their order.

use serde_json::{Value, json};

use super::{CHECK, CONNECTORS, EXTENSION, FLOW, FLOWS, changed, check, made, refused, suppliers, world};
use crate::abroad::CONTOSO;
use crate::provider::Provider;
use crate::sign_up::file;
use crate::world::ORIGIN;

const POLICY: &str = "/v1.0/policies/authenticationFlowsPolicy";

fn ids(list: &Value) -> Vec<&str> {
    list["value"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn graph_connectors_are_put_into_a_user_flow_and_taken_out() {
    let (world, mut manager) = world().await;
    made(&manager.post(FLOWS, &suppliers()).await);
    made(&manager.post(CONNECTORS, &check()).await);
    let at = |step: &str| format!("{FLOW}/apiConnectorConfiguration/{step}/$ref");
    let reference = json!({ "@odata.id": format!("{ORIGIN}{CHECK}") });
    for step in ["postFederationSignup", "postAttributeCollection"] {
        changed(&manager.put(&at(step), &reference).await);
    }
    let asked = manager.get(&format!("{FLOW}/apiConnectorConfiguration")).await.ok();
    let named = json!({ "id": "check", "displayName": "Check approval status" });
    assert_eq!((&asked["postFederationSignup"], &asked["postAttributeCollection"]), (&named, &named));
    // Graph's own way to take one out, and the plain one.
    changed(&manager.put(&at("postFederationSignup"), &json!({})).await);
    changed(&manager.delete(&at("postAttributeCollection")).await);
    let asked = manager.get(&format!("{FLOW}/apiConnectorConfiguration")).await.ok();
    assert_eq!(
        (&asked["postFederationSignup"], &asked["postAttributeCollection"]),
        (&Value::Null, &Value::Null)
    );
    refused(&manager.put(&at("preTokenIssuance"), &reference).await, 404, &Value::Null, "no such");
    let unknown = json!({ "@odata.id": format!("{ORIGIN}{CONNECTORS}/nothing") });
    let answer = manager.put(&at("postFederationSignup"), &unknown).await;
    refused(&answer, 400, &json!("apiConnectorConfiguration"), "no connector nothing");
    world.check().await;
}

#[tokio::test]
async fn graph_providers_are_offered_and_offered_no_more() {
    let (world, mut manager) = world().await;
    let (work, other) = (Provider::start().await, Provider::start().await);
    world.apply("contoso", &file(&format!("{}{}", work.entry("work", ""), other.entry("other", "")))).await;
    made(&manager.post(FLOWS, &suppliers()).await);
    let of = format!("{FLOW}/identityProviders");
    assert_eq!(ids(&manager.get(&of).await.ok()), ["work", "other", "EmailOtpSignup-OAUTH"]);
    changed(&manager.delete(&format!("{of}/other/$ref")).await);
    refused(&manager.delete(&format!("{of}/other/$ref")).await, 404, &Value::Null, "no such");
    assert_eq!(ids(&manager.get(&of).await.ok()), ["work", "EmailOtpSignup-OAUTH"]);
    assert_eq!(manager.get(FLOW).await.ok()["vestibule"]["everyProvider"], false);
    changed(&manager.delete(&format!("{of}/EmailOtpSignup-OAUTH/$ref")).await);
    let last = manager.delete(&format!("{of}/work/$ref")).await;
    refused(&last, 400, &json!("identityProviders"), "nobody could sign up");
    for _ in 0..2 {
        let reference = json!({ "@odata.id": format!("{ORIGIN}/v1.0/identity/identityProviders/other") });
        changed(&manager.post(&format!("{of}/$ref"), &reference).await);
    }
    assert_eq!(ids(&manager.get(&of).await.ok()), ["work", "other"]);
    let unknown = manager.post(&format!("{of}/$ref"), &json!({ "id": "nothing" })).await;
    refused(&unknown, 400, &json!("identityProviders"), "nothing");
    changed(&manager.patch(FLOW, &json!({ "identityProviders": [{ "id": "other", "type": "x" }] })).await);
    assert_eq!(ids(&manager.get(&of).await.ok()), ["other"]);
    changed(&manager.patch(FLOW, &json!({ "vestibule": { "everyProvider": true } })).await);
    assert_eq!(ids(&manager.get(&of).await.ok()), ["work", "other", "EmailOtpSignup-OAUTH"]);
}

#[tokio::test]
async fn graph_attributes_are_assigned_changed_ordered_and_taken_out() {
    let (world, mut manager) = world().await;
    made(&manager.post(FLOWS, &suppliers()).await);
    let of = format!("{FLOW}/userAttributeAssignments");
    let people = json!({
        "displayName": "People", "isOptional": false, "userInputType": "textBox",
        "userAttribute": { "id": "people" }, "vestibule": { "kind": "integer", "min": "1", "hint": "About" },
    });
    let answer = manager.post(&of, &people).await;
    let one = format!("{of}/{EXTENSION}people");
    assert_eq!(answer.header("location"), Some(format!("{ORIGIN}{one}").as_str()));
    let assignment = made(&answer);
    assert_eq!(manager.get(&one).await.ok(), assignment);
    assert_eq!(manager.get(&format!("{of}/people")).await.ok(), assignment);
    assert_eq!(
        (&assignment["userAttribute"]["dataType"], &assignment["vestibule"]),
        (&json!("int64"), &json!({ "kind": "integer", "min": "1", "hint": "About", "texts": {} }))
    );
    refused(&manager.post(&of, &people).await, 409, &json!("userAttribute"), "already");
    // As it was read, the kind stays, though several are asked as a box of text.
    let mut back = assignment.clone();
    back.as_object_mut().unwrap().remove("@odata.context");
    back["displayName"] = json!("How many people?");
    changed(&manager.patch(&one, &back).await);
    changed(
        &manager.patch(&one, &json!({ "userInputType": "textBox", "vestibule": { "hint": null } })).await,
    );
    let after = manager.get(&one).await.ok();
    assert_eq!(
        (&after["displayName"], &after["vestibule"]),
        (&json!("How many people?"), &json!({ "kind": "integer", "min": "1", "texts": {} }))
    );
    let choice = json!({ "userInputType": "checkboxMultiSelect", "vestibule": { "min": null },
        "userAttributeValues": [{ "name": "Few", "value": "few" }] });
    changed(&manager.patch(&one, &choice).await);
    assert_eq!(manager.get(&one).await.ok()["vestibule"]["kind"], "checkboxes");
    // The order.
    let order = manager.get(&format!("{of}/getOrder")).await.ok();
    let [tier, people] = ["tier", "people"].map(|name| format!("{EXTENSION}{name}"));
    assert_eq!(order["order"], json!(["displayName", "country", tier, people]));
    let new = |order: Value| json!({ "newAssignmentOrder": { "order": order } });
    changed(
        &manager
            .post(&format!("{of}/setOrder"), &new(json!([people, "Country", "displayName", "tier"])))
            .await,
    );
    let listed = manager.get(&of).await.ok();
    assert_eq!(ids(&listed), [people.as_str(), "country", "displayName", tier.as_str()]);
    for wrong in [json!(["country"]), json!(["country", "country", "displayName", "tier"])] {
        let answer = manager.post(&format!("{of}/setOrder"), &new(wrong)).await;
        refused(&answer, 400, &json!("newAssignmentOrder"), "once");
    }
    changed(&manager.delete(&one).await);
    refused(&manager.delete(&one).await, 404, &Value::Null, "no such");
    refused(&manager.get(&one).await, 404, &Value::Null, "no such");
    // What there is to be asked.
    let known = manager.get("/v1.0/identity/userFlowAttributes").await.ok();
    assert_eq!(known["value"].as_array().unwrap().len(), 10);
    let custom =
        json!({ "id": tier, "displayName": "Tier", "dataType": "string", "userFlowAttributeType": "custom" });
    assert_eq!(known["value"][9], custom);
    world.check().await;
}

#[tokio::test]
async fn graph_the_policy_says_what_the_file_says() {
    let (world, mut manager) = world().await;
    let on = json!({ "isEnabled": true });
    assert_eq!(manager.get(POLICY).await.ok()["selfServiceSignUp"], on);
    world.apply("contoso", CONTOSO).await;
    assert_eq!(manager.get(POLICY).await.ok()["selfServiceSignUp"]["isEnabled"], false);
}

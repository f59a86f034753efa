//! OData's options, and the languages of a user flow: what Graph's own samples and clients send works, and what does not is
//! said.

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{CHECK, CONNECTORS, FLOW, FLOWS, check, made, refused, suppliers, world};
use crate::client::Client;
use crate::world::ORIGIN;

async fn told(manager: &mut Client, address: &str) -> Value {
    let answer = manager.get(address).await;
    assert_eq!(answer.status, StatusCode::OK, "{address}: {}", answer.text);
    answer.json()
}

fn members(of: &Value) -> Vec<&str> {
    of.as_object().unwrap().keys().map(String::as_str).collect()
}

#[tokio::test]
async fn graph_options_of_microsofts_samples_and_clients_work() {
    let (_world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    let mut body = suppliers();
    body["apiConnectorConfiguration"] = json!({ "postFederationSignup": { "id": "check" } });
    made(&manager.post(FLOWS, &body).await);
    let (flow, flows) = (told(&mut manager, FLOW).await, told(&mut manager, FLOWS).await);
    // What is told anyway is the same when it is asked for.
    for expand in [
        "identityProviders",
        "userAttributeAssignments",
        "userAttributeAssignments($expand=userAttribute)",
        "identityProviders,userAttributeAssignments($expand=userAttribute),apiConnectorConfiguration",
        "apiConnectorConfiguration/postFederationSignup,apiConnectorConfiguration/postAttributeCollection",
    ] {
        assert_eq!(told(&mut manager, &format!("{FLOW}?$expand={expand}")).await, flow, "{expand}");
        assert_eq!(told(&mut manager, &format!("{FLOWS}?%24expand={expand}")).await, flows, "{expand}");
    }
    let connectors = format!("{FLOW}/apiConnectorConfiguration");
    assert_eq!(
        told(&mut manager, &format!("{connectors}?$expand=postFederationSignup,postAttributeCollection"))
            .await,
        told(&mut manager, &connectors).await
    );
    let assignments = format!("{FLOW}/userAttributeAssignments");
    assert_eq!(
        told(&mut manager, &format!("{assignments}?$expand=userAttribute")).await,
        told(&mut manager, &assignments).await
    );
    // Languages are told when they are asked for, and only then.
    let with = told(&mut manager, &format!("{FLOW}?$expand=languages,identityProviders")).await;
    let english = json!({ "id": "en", "displayName": "English", "isEnabled": true });
    assert_eq!((with["languages"][0].clone(), flow.get("languages")), (english, None));
    assert!(
        told(&mut manager, &format!("{FLOWS}?$expand=languages")).await["value"][0]["languages"].is_array()
    );
    // Members are left out.
    let few = told(&mut manager, &format!("{FLOW}?$select=id,userFlowType")).await;
    assert_eq!(members(&few), ["@odata.context", "id", "userFlowType"]);
    let few = told(&mut manager, &format!("{FLOWS}?$select=id&$expand=identityProviders")).await;
    assert_eq!(members(&few["value"][0]), ["id", "identityProviders"]);
    let few = told(&mut manager, &format!("{CHECK}?$select=displayName")).await;
    assert_eq!(members(&few), ["@odata.context", "displayName"]);
    let few = told(&mut manager, &format!("{assignments}/displayName?$select=id")).await;
    assert_eq!(members(&few), ["@odata.context", "id"]);
}

#[tokio::test]
async fn graph_lists_come_in_pages_that_lead_on() {
    let (_world, mut manager) = world().await;
    for number in 0..5 {
        let mut body = check();
        body["id"] = json!(format!("check-{number}"));
        made(&manager.post(CONNECTORS, &body).await);
    }
    let mut next = format!("{CONNECTORS}?organization=contoso&$top=2&$count=true&$select=id");
    let mut pages = Vec::new();
    loop {
        let page = told(&mut manager, &next).await;
        assert_eq!(page["@odata.count"], 5, "{page}");
        let ids = page["value"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned());
        pages.push(ids.collect::<Vec<_>>().join(" "));
        let Some(link) = page["@odata.nextLink"].as_str() else { break };
        assert!(link.contains("organization=contoso") && link.contains("$top=2&$skip="), "{link}");
        next = link.strip_prefix(ORIGIN).unwrap().to_owned();
    }
    assert_eq!(pages, ["check-0 check-1", "check-2 check-3", "check-4"]);
    let all = told(&mut manager, CONNECTORS).await;
    assert_eq!((all.get("@odata.count"), all.get("@odata.nextLink")), (None, None));
}

#[tokio::test]
async fn graph_options_that_are_not_supported_are_said_and_never_passed_over() {
    let (_world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    made(&manager.post(FLOWS, &suppliers()).await);
    for (address, target, says) in [
        (format!("{FLOWS}?$filter=id eq 'x'").replace(' ', "%20"), Value::Null, "`$filter` is not supported"),
        (format!("{FLOWS}?$orderby=id"), Value::Null, "`$orderby` is not supported"),
        (format!("{FLOW}?$top=1"), Value::Null, "`$top` is not supported"),
        (format!("{FLOWS}?$top=0"), json!("$top"), "1 to 999"),
        (format!("{FLOWS}?$top=many"), json!("$top"), "1 to 999"),
        (format!("{FLOWS}?$skip=-1"), json!("$skip"), "0 to 999"),
        (format!("{FLOWS}?$count=yes"), json!("$count"), "true or false"),
        (format!("{FLOW}?$expand=members"), json!("$expand"), "here it takes identityProviders"),
        (format!("{FLOW}?$expand=userAttributeAssignments($select=id)"), json!("$expand"), "not supported"),
        (format!("{CONNECTORS}?$expand=x"), json!("$expand"), "here it takes nothing"),
        (format!("{FLOW}?$select=secret"), json!("$select"), "there is no `secret`"),
        (format!("{FLOW}?$select=id&$select=id"), Value::Null, "twice"),
        (format!("{FLOW}?organization=contoso&organization=contoso"), Value::Null, "twice"),
        (format!("{FLOW}/languages/en?$expand=defaultPages"), json!("$expand"), "here it takes nothing"),
    ] {
        refused(&manager.get(&address).await, 400, &target, says);
    }
    // Who may not ask learns nothing of what could be asked.
    assert_eq!(manager.get(&format!("{FLOW}x?$top=1")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn graph_languages_are_those_of_the_pages_and_those_of_the_user_flows_own_words() {
    let (_world, mut manager) = world().await;
    made(&manager.post(FLOWS, &suppliers()).await);
    let list = told(&mut manager, &format!("{FLOW}/languages")).await;
    let context = format!("{ORIGIN}/v1.0/$metadata#identity/b2xUserFlows('B2X_1_suppliers')/languages");
    let german = json!({ "id": "de", "displayName": "Deutsch", "isEnabled": false });
    let english = json!({ "id": "en", "displayName": "English", "isEnabled": true });
    assert_eq!(list, json!({ "@odata.context": context, "value": [english, german] }));
    let mut one = german;
    one["@odata.context"] = json!(format!("{context}/$entity"));
    assert_eq!(told(&mut manager, &format!("{FLOW}/languages/DE")).await, one);
    assert_eq!(told(&mut manager, &format!("{FLOWS}/suppliers/languages/de")).await["id"], "de");
    for none in ["languages/xx", "languages/en/defaultPages", "languages/en/overridesPages"] {
        assert_eq!(manager.get(&format!("{FLOW}/{none}")).await.status, StatusCode::NOT_FOUND, "{none}");
    }
}

//! What cannot work is refused when it is saved.

use serde_json::{Value, json};

use super::{PROVIDERS, WORK, changed, made, refused, work, world};
use crate::provider::Change;

#[tokio::test]
async fn s39_a_wrong_provider_is_refused_by_the_api_with_reason_and_member_and_nothing_is_written() {
    let (world, provider, mut manager) = world().await;
    let cases: &[(Change, &str, &str)] = &[
        (|b| b["issuer"] = json!("https://10.0.0.1"), "issuer", "federation.private_networks"),
        (|b| b["issuer"] = json!("no address"), "issuer", "is not an issuer"),
        (|b| drop(b.as_object_mut().unwrap().remove("issuer")), "issuer", "missing"),
        (|b| b["@odata.type"] = json!("#microsoft.graph.samlOrWsFedProvider"), "@odata.type", "file"),
        (|b| b["identityProviderType"] = json!("Google"), "identityProviderType", "leave it out"),
        (|b| b["id"] = json!("Work-OAUTH"), "id", "a-z"),
        (|b| b["id"] = json!("email"), "id", "one-time code"),
        (|b| b["displayName"] = json!(" "), "displayName", "cannot be empty"),
        (|b| b["clientId"] = json!(""), "clientId", "cannot be empty"),
        (|b| b["clientSecret"] = json!("twice"), "clientSecret", "once"),
        (|b| b["clientAuthentication"]["clientSecret"] = json!("******"), "clientSecret", "missing"),
        (|b| b["clientAuthentication"]["@odata.type"] = json!("x"), "clientAuthentication", "Only"),
        (|b| b["responseType"] = json!("id_token"), "responseType", "code"),
        (|b| b["wellKnownEndpoint"] = json!("https://x.example"), "wellKnownEndpoint", "issuer"),
        (|b| b["vestibule"]["domains"] = json!(["no domain"]), "vestibule/domains", "no domain"),
    ];
    for (change, target, says) in cases {
        let mut body = work(&provider);
        change(&mut body);
        if *target == "issuer" {
            body.as_object_mut().unwrap().remove("wellKnownEndpoint");
        }
        refused(&manager.post(PROVIDERS, &body).await, 400, &json!(target), says);
    }
    let descriptions: [(Change, &str); 3] = [
        (|d| d["issuer"] = json!("https://evil.example"), "unexpected issuer"),
        (|d| drop(d.as_object_mut().unwrap().remove("token_endpoint")), "no token endpoint"),
        (|d| d["issuer"] = json!("x".repeat(100_000)), "cannot be used"),
    ];
    for (metadata, says) in descriptions {
        provider.told().metadata = metadata;
        let answer = manager.post(PROVIDERS, &work(&provider)).await;
        refused(&answer, 400, &json!("issuer"), says);
        assert!(answer.text.len() < 1_000, "nothing long is sent on: {}", answer.text.len());
    }
    for body in [json!({ "unknown": 1 }), json!({ "vestibule": { "kind": "saml" } }), json!(7)] {
        refused(&manager.post(PROVIDERS, &body).await, 400, &Value::Null, "");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM providers").await, 0);
    // A known one stays as it is, and one that is down can still be renamed and turned off.
    provider.told().metadata = |_| {};
    made(&manager.post(PROVIDERS, &work(&provider)).await);
    provider.told().metadata = |d| d["issuer"] = json!("https://evil.example");
    let before = manager.get(WORK).await.ok();
    refused(
        &manager.patch(WORK, &json!({ "scope": "email" , "clientId": "x" })).await,
        400,
        &json!("issuer"),
        "unexpected",
    );
    for (member, value) in [("id", "other"), ("@odata.type", "x"), ("identityProviderType", "Google")] {
        refused(
            &manager.patch(WORK, &json!({ member: value })).await,
            400,
            &json!(member),
            "cannot be changed",
        );
    }
    assert_eq!(manager.get(WORK).await.ok(), before);
    changed(&manager.patch(WORK, &json!({ "displayName": "Down", "vestibule": { "enabled": false } })).await);
    let on = json!({ "vestibule": { "enabled": true } });
    refused(&manager.patch(WORK, &on).await, 400, &json!("issuer"), "unexpected");
    provider.told().metadata = |_| {};
    changed(&manager.patch(WORK, &on).await);
    assert_eq!(world.rows("SELECT label FROM providers WHERE enabled = 1").await, ["Down"]);
}

//! API connectors: shapes, secrets, and what is refused.

use axum::http::StatusCode;
use rcgen::{CertificateParams, KeyPair, date_time_ymd};
use serde_json::{Value, json};

use vestibule_backend::cli::apply;

use super::{CHECK, CONNECTORS, FLOW, FLOWS, PASSWORD, changed, check, made, refused, suppliers, world};
use crate::provider::Change;
use crate::sign_up::file;
use crate::world::ORIGIN;

const BASIC: &str = "#microsoft.graph.basicAuthentication";

#[tokio::test]
async fn graph_api_connectors_have_the_shapes_of_graph() {
    let (world, mut manager) = world().await;
    let answer = manager.post(CONNECTORS, &check()).await;
    assert_eq!(answer.header("location"), Some(format!("{ORIGIN}{CHECK}").as_str()));
    let context = format!("{ORIGIN}/v1.0/$metadata#identity/apiConnectors");
    let expected = json!({
        "@odata.context": format!("{context}/$entity"),
        "id": "check",
        "displayName": "Check approval status",
        "targetUrl": "https://check.contoso.example/ask?code=******",
        "authenticationConfiguration": { "@odata.type": BASIC, "username": "us", "password": "******" },
        "vestibule": { "timeoutSeconds": 20, "onFailure": "fail_closed", "source": "api" },
    });
    assert_eq!(made(&answer), expected);
    assert_eq!(manager.get(CHECK).await.ok(), expected);
    let mut named = check();
    named.as_object_mut().unwrap().remove("id");
    assert_eq!(made(&manager.post(CONNECTORS, &named).await)["id"], "check-approval-status");
    let list = manager.get(CONNECTORS).await.ok();
    assert_eq!((&list["@odata.context"], list["value"].as_array().unwrap().len()), (&json!(context), 2));
    // Sent back as it was read, it is the same.
    let same = json!({
        "targetUrl": expected["targetUrl"], "authenticationConfiguration": expected["authenticationConfiguration"],
        "displayName": expected["displayName"],
    });
    let stored = "SELECT target_url || authentication FROM connectors WHERE id = 'check'";
    let before = world.rows(stored).await;
    changed(&manager.patch(CHECK, &same).await);
    assert_eq!(world.rows(stored).await, before);
    let other =
        json!({ "displayName": "Check", "vestibule": { "timeoutSeconds": 5, "onFailure": "fail_open" } });
    changed(&manager.patch(CHECK, &other).await);
    assert_eq!(world.rows(stored).await, before, "the secret is the same");
    changed(&manager.delete(CHECK).await);
    assert_eq!(manager.get(CHECK).await.status, StatusCode::NOT_FOUND);
    let told = "SELECT action || ' ' || subject || ' ' || detail FROM audit WHERE subject LIKE 'connector:%' ORDER BY sequence";
    assert_eq!(
        world.rows(told).await,
        [
            "connector.created connector:check {\"on_failure\":\"fail_closed\"}",
            "connector.created connector:check-approval-status {\"on_failure\":\"fail_closed\"}",
            "connector.changed connector:check {\"members\":[\"displayName\",\"vestibule/timeoutSeconds\",\"vestibule/onFailure\"]}",
            "connector.deleted connector:check {}",
        ]
    );
    world.check().await;
}

#[tokio::test]
async fn s110_a_connectors_secret_is_told_nobody_and_to_no_other_address() {
    let (world, mut manager) = world().await;
    let mut told = vec![manager.post(CONNECTORS, &check()).await.text];
    let mut wrong = check();
    wrong["authenticationConfiguration"]["password"] = json!({ "a": PASSWORD });
    told.push(manager.post(CONNECTORS, &wrong).await.text);
    wrong = check();
    wrong["targetUrl"] = json!("https://10.0.0.1/?code=a-key-in-the-address");
    told.push(manager.post(CONNECTORS, &wrong).await.text);
    let elsewhere = json!({ "targetUrl": "https://mallory.example/" });
    let answer = manager.patch(CHECK, &elsewhere).await;
    refused(&answer, 400, &json!("authenticationConfiguration/password"), "belongs to one address");
    told.push(answer.text);
    let hidden = json!({ "targetUrl": "https://mallory.example/", "authenticationConfiguration": {
        "@odata.type": BASIC, "username": "us", "password": "******",
    }});
    refused(
        &manager.patch(CHECK, &hidden).await,
        400,
        &json!("authenticationConfiguration/password"),
        "belongs to one address",
    );
    refused(
        &manager.patch(CHECK, &json!({ "targetUrl": "https://check.contoso.example/?code=******" })).await,
        400,
        &json!("targetUrl"),
        "whole address",
    );
    let sealed = "SELECT authentication FROM connectors";
    let before = world.rows(sealed).await;
    let fresh = json!({ "targetUrl": "https://check.contoso.example/?code=a-key-in-the-address",
        "authenticationConfiguration": { "@odata.type": BASIC, "password": PASSWORD } });
    changed(&manager.patch(CHECK, &fresh).await);
    assert_ne!(world.rows(sealed).await, before);
    told.push(manager.get(CONNECTORS).await.text);
    told.push(manager.get(CHECK).await.text);
    told.extend(world.rows("SELECT detail FROM audit").await);
    told.extend(world.rows(sealed).await);
    let secret = |text: &String| text.contains(PASSWORD) || text.contains("a-key-in-the-address");
    assert!(told.len() > 8 && !told.iter().any(secret), "{told:?}");
}

#[tokio::test]
async fn a_connector_that_cannot_work_is_refused_with_reason_and_member() {
    let (world, mut manager) = world().await;
    let cases: &[(Change, &str, &str)] = &[
        (|b| b["targetUrl"] = json!("http://check.contoso.example/"), "targetUrl", "https"),
        (|b| b["targetUrl"] = json!("https://10.0.0.1/"), "targetUrl", "`targetUrl`"),
        (|b| b["targetUrl"] = json!("no address"), "targetUrl", "no address"),
        (|b| drop(b.as_object_mut().unwrap().remove("targetUrl")), "targetUrl", "missing"),
        (|b| b["displayName"] = json!(" "), "displayName", "1 to 100"),
        (|b| drop(b.as_object_mut().unwrap().remove("displayName")), "displayName", "missing"),
        (|b| b["id"] = json!("Check!"), "id", "a-z"),
        (|b| b["vestibule"] = json!({ "timeoutSeconds": 21 }), "vestibule/timeoutSeconds", "1 to 20"),
        (|b| b["vestibule"] = json!({ "onFailure": "shrug" }), "vestibule/onFailure", "fail_open"),
        (
            |b| b["vestibule"] = json!({ "certificate": "x", "privateKey": "y" }),
            "authenticationConfiguration/username",
            "either",
        ),
        (
            |b| drop(b.as_object_mut().unwrap().remove("authenticationConfiguration")),
            "authenticationConfiguration/username",
            "could not know",
        ),
        (
            |b| b["authenticationConfiguration"]["username"] = json!("a:b"),
            "authenticationConfiguration/username",
            "colon",
        ),
        (
            |b| b["authenticationConfiguration"]["password"] = json!("******"),
            "authenticationConfiguration/password",
            "missing",
        ),
        (
            |b| b["authenticationConfiguration"]["@odata.type"] = json!("#microsoft.graph.somethingElse"),
            "authenticationConfiguration",
            "PEM",
        ),
    ];
    for (change, target, says) in cases {
        let mut body = check();
        change(&mut body);
        refused(&manager.post(CONNECTORS, &body).await, 400, &json!(target), says);
    }
    refused(&manager.post(CONNECTORS, &json!({ "unknown": 1 })).await, 400, &Value::Null, "");
    assert_eq!(world.count("SELECT COUNT(*) FROM connectors").await, 0);
    made(&manager.post(CONNECTORS, &check()).await);
    refused(&manager.post(CONNECTORS, &check()).await, 409, &json!("id"), "already");
    refused(&manager.patch(CHECK, &json!({ "id": "other" })).await, 400, &json!("id"), "cannot be changed");
    let late = json!({ "vestibule": { "timeoutSeconds": 0 } });
    refused(&manager.patch(CHECK, &late).await, 400, &json!("vestibule/timeoutSeconds"), "1 to 20");
    for number in 0..19 {
        let mut body = check();
        body["id"] = json!(format!("check-{number}"));
        made(&manager.post(CONNECTORS, &body).await);
    }
    let mut body = check();
    body["id"] = json!("too-many");
    assert_eq!(manager.post(CONNECTORS, &body).await.status, StatusCode::CONFLICT);
}

#[tokio::test]
async fn a_connector_that_is_asked_stays_and_the_files_are_the_files() {
    let (world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    let mut flow = suppliers();
    flow["apiConnectorConfiguration"] = json!({ "postAttributeCollection": { "id": "check" } });
    made(&manager.post(FLOWS, &flow).await);
    refused(&manager.delete(CHECK).await, 409, &Value::Null, "suppliers");
    let entry = format!(
        "\n[[connectors]]\nid = \"check\"\nname = \"Check\"\ntarget_url = \"https://check.contoso.example/\"\n\
         username = \"us\"\npassword = \"{PASSWORD}\"\n"
    );
    world.apply("contoso", &file(&entry)).await;
    for answer in [manager.patch(CHECK, &json!({ "displayName": "Mine" })).await, manager.delete(CHECK).await]
    {
        refused(&answer, 409, &Value::Null, "file");
    }
    // The file takes nothing away that somebody leans on.
    let error = format!("{:#}", apply::put(&world.app, "contoso", &file("")).await.unwrap_err());
    assert!(error.contains("the user flow suppliers") && error.contains("check"), "{error}");
    changed(&manager.delete(FLOW).await);
    world.apply("contoso", &file("")).await;
    assert_eq!(manager.get(CHECK).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn of_two_changes_of_a_connector_at_once_one_is_told_to_look_again() {
    let (world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    let mut other = manager.clone();
    let mut met = false;
    for round in 0..50 {
        let (one, two) = (json!({ "displayName": format!("Round {round}") }), 1 + round % 19);
        let two = json!({ "vestibule": { "timeoutSeconds": two } });
        let before = manager.get(CHECK).await.ok();
        let answers = tokio::join!(manager.patch(CHECK, &one), other.patch(CHECK, &two));
        let statuses = [answers.0.status.as_u16(), answers.1.status.as_u16()];
        let after = manager.get(CHECK).await.ok();
        // Whoever was told that it is done finds it done, and whoever was not finds nothing of it.
        assert_eq!(after["displayName"] == one["displayName"], statuses[0] == 204, "{statuses:?}");
        let name = if statuses[0] == 204 { &one } else { &before };
        assert_eq!(after["displayName"], name["displayName"]);
        if statuses.contains(&409) {
            met = true;
            break;
        }
    }
    assert!(met, "in fifty rounds somebody came in between");
    world.check().await;
}

#[tokio::test]
async fn s110_a_connector_may_know_us_by_a_certificate_whose_key_is_told_nobody() {
    let (world, mut manager) = world().await;
    let key = KeyPair::generate().unwrap();
    let mut parameters = CertificateParams::new(vec!["vestibule.example".to_owned()]).unwrap();
    (parameters.not_before, parameters.not_after) = (date_time_ymd(2026, 1, 1), date_time_ymd(2036, 1, 1));
    let certificate = parameters.self_signed(&key).unwrap();
    let pem = json!({ "certificate": certificate.pem(), "privateKey": key.serialize_pem() });
    let mut body = check();
    body.as_object_mut().unwrap().remove("authenticationConfiguration");
    body["vestibule"] = pem.clone();
    let made = made(&manager.post(CONNECTORS, &body).await);
    let hash = ring::digest::digest(&ring::digest::SHA1_FOR_LEGACY_USE_ONLY, certificate.der());
    let told = &made["authenticationConfiguration"];
    let thumbprint = told["certificateList"][0]["thumbprint"].as_str().unwrap();
    let bytes = (0..40).step_by(2).map(|at| u8::from_str_radix(&thumbprint[at..at + 2], 16).unwrap());
    assert_eq!(bytes.collect::<Vec<_>>(), hash.as_ref());
    let expected = json!({
        "@odata.type": "#microsoft.graph.clientCertificateAuthentication",
        "certificateList": [{
            "thumbprint": thumbprint, "notAfter": 2_082_758_400, "notBefore": 1_767_225_600, "isActive": true,
        }],
    });
    assert_eq!(*told, expected);
    assert!(!manager.get(CHECK).await.text.contains("PRIVATE KEY"));
    assert_eq!(made["vestibule"].get("privateKey"), None);
    // As it was read, and renamed.
    changed(
        &manager.patch(CHECK, &json!({ "displayName": "X", "authenticationConfiguration": expected })).await,
    );
    let elsewhere = json!({ "targetUrl": "https://mallory.example/" });
    refused(
        &manager.patch(CHECK, &elsewhere).await,
        400,
        &json!("vestibule/privateKey"),
        "belongs to one address",
    );
    // To a password and back.
    let basic = json!({ "@odata.type": BASIC, "username": "us", "password": PASSWORD });
    changed(&manager.patch(CHECK, &json!({ "authenticationConfiguration": basic })).await);
    assert_eq!(manager.get(CHECK).await.ok()["authenticationConfiguration"]["username"], "us");
    let half = json!({ "vestibule": { "certificate": certificate.pem() } });
    refused(&manager.patch(CHECK, &half).await, 400, &json!("vestibule/certificate"), "belong together");
    changed(&manager.patch(CHECK, &json!({ "vestibule": pem })).await);
    assert_eq!(manager.get(CHECK).await.ok()["authenticationConfiguration"], expected);
    let details = world.rows("SELECT detail FROM audit").await;
    assert!(!details.iter().any(|detail| detail.contains("KEY")));
}

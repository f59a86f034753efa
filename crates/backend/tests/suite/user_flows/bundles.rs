//! Client certificates of connectors in PKCS#12 bundles, as Graph takes them.

use axum::http::StatusCode;
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Value, json};

use super::{CHECK, CONNECTORS, PASSWORD, changed, check, made, refused, world};
use crate::sign_up::file;
use crate::world::ORIGIN;

/// Made by OpenSSL 3.0: `src/connectors/pkcs12/tests/make.sh`.
const MODERN: &[u8] = include_bytes!("../../../src/connectors/pkcs12/tests/modern.p12");
const LEGACY: &[u8] = include_bytes!("../../../src/connectors/pkcs12/tests/legacy.p12");
const EMPTY: &[u8] = include_bytes!("../../../src/connectors/pkcs12/tests/empty.p12");
/// What opens them.
const SESAME: &str = "open sésame";
const UPLOAD: &str = "/v1.0/identity/apiConnectors/check/uploadClientCertificate";

fn bundle(der: &[u8], password: &str) -> Value {
    json!({ "pkcs12Value": BASE64_STANDARD.encode(der), "password": password })
}

/// The same as a way in which a connector knows us.
fn configuration(der: &[u8], password: &str) -> Value {
    let mut configuration = bundle(der, password);
    configuration["@odata.type"] = json!("#microsoft.graph.pkcs12Certificate");
    json!({ "authenticationConfiguration": configuration })
}

/// 2020-01-01 and 2119-01-01.
fn is_certificate(told: &Value) -> bool {
    let one = &told["certificateList"][0];
    told["@odata.type"] == "#microsoft.graph.clientCertificateAuthentication"
        && one["thumbprint"].as_str().is_some_and(|it| it.len() == 40)
        && (&one["notBefore"], &one["notAfter"]) == (&json!(1_577_836_800), &json!(4_701_974_400_i64))
}

#[tokio::test]
async fn a_bundle_is_uploaded_as_graph_does_it_whether_new_or_old() {
    let (world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    for (der, password) in [(MODERN, SESAME), (LEGACY, SESAME), (EMPTY, "")] {
        let answer = manager.post(UPLOAD, &bundle(der, password)).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let told = answer.json();
        assert!(is_certificate(&told["authenticationConfiguration"]), "{told}");
        assert_eq!(told["@odata.context"], format!("{ORIGIN}/v1.0/$metadata#identity/apiConnectors/$entity"));
        assert_eq!(manager.get(CHECK).await.ok(), told);
    }
    let kept = world.rows("SELECT authentication FROM connectors").await.concat();
    assert_eq!(kept.matches("BEGIN CERTIFICATE").count(), 2, "with its issuer's: {kept}");
    // By the other calls, and to a password between them.
    let basic = json!({ "authenticationConfiguration": check()["authenticationConfiguration"] });
    changed(&manager.patch(CHECK, &basic).await);
    changed(&manager.patch(CHECK, &configuration(LEGACY, SESAME)).await);
    assert!(is_certificate(&manager.get(CHECK).await.ok()["authenticationConfiguration"]));
    let mut body = check();
    body["id"] = json!("another");
    body["authenticationConfiguration"] =
        configuration(MODERN, SESAME)["authenticationConfiguration"].clone();
    assert!(is_certificate(&made(&manager.post(CONNECTORS, &body).await)["authenticationConfiguration"]));
    world.check().await;
}

#[tokio::test]
async fn a_bundle_that_cannot_be_used_is_refused_with_reason_and_member_and_nothing_changes() {
    let (world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    let before = manager.get(CHECK).await.ok();
    for (body, target, says) in [
        (bundle(MODERN, "wrong"), "password", "does not open"),
        (bundle(b"garbage", SESAME), "pkcs12Value", "no PKCS#12 bundle"),
        (bundle(&vec![0; 40_000], SESAME), "pkcs12Value", "longer than"),
        (json!({ "pkcs12Value": "!", "password": SESAME }), "pkcs12Value", "base64"),
    ] {
        refused(&manager.post(UPLOAD, &body).await, 400, &json!(target), says);
        let mut configuration = json!({ "authenticationConfiguration": body });
        configuration["authenticationConfiguration"]["@odata.type"] =
            json!("#microsoft.graph.pkcs12Certificate");
        let target = format!("authenticationConfiguration/{target}");
        refused(&manager.patch(CHECK, &configuration).await, 400, &json!(target), says);
    }
    let without = json!({ "pkcs12Value": BASE64_STANDARD.encode(EMPTY) });
    refused(&manager.post(UPLOAD, &without).await, 400, &json!("password"), "missing");
    refused(&manager.post(UPLOAD, &json!({})).await, 400, &json!("pkcs12Value"), "missing");
    let mut both = configuration(MODERN, SESAME);
    both["authenticationConfiguration"]["username"] = json!("us");
    refused(
        &manager.patch(CHECK, &both).await,
        400,
        &json!("authenticationConfiguration"),
        "by a password or",
    );
    let mut mixed = configuration(MODERN, SESAME);
    mixed["authenticationConfiguration"]["@odata.type"] = json!("#microsoft.graph.basicAuthentication");
    refused(
        &manager.patch(CHECK, &mixed).await,
        400,
        &json!("authenticationConfiguration"),
        "by a password or",
    );
    let elsewhere = "/v1.0/identity/apiConnectors/none/uploadClientCertificate";
    refused(&manager.post(elsewhere, &bundle(MODERN, SESAME)).await, 404, &Value::Null, "no such");
    assert_eq!(manager.get(CHECK).await.ok(), before);
    // What comes from the file is changed there.
    let entry = format!(
        "\n[[connectors]]\nid = \"check\"\nname = \"Check\"\ntarget_url = \"https://check.contoso.example/\"\n\
         username = \"us\"\npassword = \"{PASSWORD}\"\n"
    );
    world.apply("contoso", &file(&entry)).await;
    refused(&manager.post(UPLOAD, &bundle(MODERN, SESAME)).await, 409, &Value::Null, "file");
}

#[tokio::test]
async fn s110_s112_of_a_bundle_neither_key_nor_password_is_told() {
    let (world, mut manager) = world().await;
    made(&manager.post(CONNECTORS, &check()).await);
    let mut told = Vec::new();
    for password in [SESAME, "a-wrong-password"] {
        told.push(manager.post(UPLOAD, &bundle(MODERN, password)).await.text);
        told.push(manager.patch(CHECK, &configuration(MODERN, password)).await.text);
    }
    let elsewhere = manager.patch(CHECK, &json!({ "targetUrl": "https://mallory.example/" })).await;
    refused(&elsewhere, 400, &json!("vestibule/privateKey"), "belongs to one address");
    told.push(manager.get(CONNECTORS).await.text);
    told.extend(world.rows("SELECT detail FROM audit").await);
    told.extend(world.rows("SELECT authentication FROM connectors").await);
    let secret = |text: &String| {
        [SESAME, "a-wrong-password", "PRIVATE KEY"].iter().any(|secret| text.contains(secret))
    };
    assert!(told.len() > 6 && !told.iter().any(secret), "{told:?}");
}

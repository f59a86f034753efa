//! What a change brings about: strangers come in, or no more; the file wins; nobody undoes another's change.

use axum::http::StatusCode;
use serde_json::{Value, json};

use vestibule_backend::cli::apply;
use vestibule_backend::routes::graph::caller::SCOPE_WRITE_USER_FLOWS;

use super::{FLOW, FLOWS, changed, made, refused, suppliers, world};
use crate::abroad::CONTOSO;
use crate::client::step;
use crate::people::program;
use crate::sign_up::{SUPPLIERS, ZOE, agreed, begin, file, filled};

#[tokio::test]
async fn a_user_flow_of_the_api_lets_a_stranger_in_and_turned_off_nobody() {
    let (world, mut manager) = world().await;
    let made = made(&manager.post(FLOWS, &suppliers()).await);
    let mut zoe = world.client();
    let address = made["vestibule"]["address"].as_str().unwrap().split_once("/signup").unwrap().1;
    assert_eq!(zoe.page(&format!("/signup{address}")).await.status, StatusCode::OK);
    let form = agreed(&world, &mut zoe, ZOE).await;
    assert_eq!(step(&form), "attributes");
    // Somebody else is as far when it is turned off.
    let mut yan = world.client();
    let waiting = agreed(&world, &mut yan, "yan@supplier.example").await;
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    let off = json!({ "vestibule": { "enabled": false } });
    changed(&manager.patch(FLOW, &off).await);
    let stop = yan.act(&waiting, "continue", filled()).await.ok();
    assert_eq!(stop["step"]["data"]["reason"], "sign_up_off");
    assert_eq!(zoe.page(&format!("/signup{address}")).await.status, StatusCode::NOT_FOUND);
    changed(&manager.patch(FLOW, &json!({ "vestibule": { "enabled": true } })).await);
    assert_eq!(step(&begin(&mut world.client()).await), "identify");
    changed(&manager.delete(FLOW).await);
    let body = json!({ "intent": "sign-up", "organization": "contoso", "user_flow": "suppliers" });
    assert_eq!(world.client().post("/api/v1/flows", &body).await.status, StatusCode::NOT_FOUND);
    let guests = "SELECT name || ' ' || user_flow FROM users WHERE creation <> 'file'";
    assert_eq!(world.rows(guests).await, ["Zoë Ferreira suppliers"], "who came by it stays");
    world.check().await;
}

#[tokio::test]
async fn graph_what_comes_from_a_file_is_changed_there_and_the_file_wins() {
    let (world, mut manager) = world().await;
    world.apply("contoso", &file(SUPPLIERS)).await;
    assert_eq!(manager.get(FLOW).await.ok()["vestibule"]["source"], "file");
    let part = |rest: &str| format!("{FLOW}/{rest}");
    for answer in [
        manager.patch(FLOW, &json!({ "vestibule": { "enabled": false } })).await,
        manager.delete(FLOW).await,
        manager.post(&part("userAttributeAssignments"), &json!({ "userAttribute": { "id": "city" } })).await,
        manager.patch(&part("userAttributeAssignments/tier"), &json!({ "isOptional": false })).await,
        manager.delete(&part("userAttributeAssignments/tier")).await,
        manager.delete(&part("apiConnectorConfiguration/postFederationSignup/$ref")).await,
        manager.post(&part("identityProviders/$ref"), &json!({ "id": "EmailOtpSignup-OAUTH" })).await,
    ] {
        refused(&answer, 409, &Value::Null, "file");
    }
    refused(&manager.post(FLOWS, &suppliers()).await, 409, &json!("id"), "already");
    made(&manager.post(FLOWS, &json!({ "id": "others" })).await);
    let sources =
        "SELECT id || ' ' || source FROM user_flows WHERE organization = 'contoso' ORDER BY position";
    world.apply("contoso", &file(SUPPLIERS)).await;
    assert_eq!(world.rows(sources).await, ["suppliers file", "others api"]);
    world.apply("contoso", &file("")).await;
    assert_eq!(world.rows(sources).await, ["others api"]);
    // An id of both: the file wins, and it is written down.
    made(&manager.post(FLOWS, &suppliers()).await);
    world.apply("contoso", &file(SUPPLIERS)).await;
    assert_eq!(world.rows(sources).await, ["suppliers file", "others api"]);
    let last = "SELECT actor || ' ' || detail FROM audit WHERE subject = 'user_flow:suppliers' ORDER BY sequence DESC LIMIT 1";
    assert_eq!(world.rows(last).await, ["command {\"members\":[\"vestibule/source\"]}"]);
    for number in 0..48 {
        made(&manager.post(FLOWS, &json!({ "id": format!("flow-{number}") })).await);
    }
    let one_more = format!("{SUPPLIERS}{}", SUPPLIERS.replace("\"suppliers\"", "\"more\""));
    let error = apply::put(&world.app, "contoso", &file(&one_more)).await.unwrap_err();
    assert!(format!("{error:#}").contains("50 user flows at most"), "{error:#}");
}

#[tokio::test]
async fn of_two_changes_of_a_user_flow_at_once_neither_undoes_the_other() {
    let (world, mut manager) = world().await;
    made(&manager.post(FLOWS, &suppliers()).await);
    let mut other = manager.clone();
    let name = json!({ "vestibule": { "name": "Renamed" } });
    let off = json!({ "vestibule": { "enabled": false } });
    let answers = tokio::join!(manager.patch(FLOW, &name), other.patch(FLOW, &off));
    changed(&answers.0);
    changed(&answers.1);
    let after = manager.get(FLOW).await.ok();
    assert_eq!(
        (&after["vestibule"]["name"], &after["vestibule"]["enabled"]),
        (&json!("Renamed"), &json!(false))
    );
    // Of two that make the same, one is told.
    let same = json!({ "id": "same" });
    let made = tokio::join!(manager.post(FLOWS, &same), other.post(FLOWS, &same));
    let mut statuses = [made.0.status.as_u16(), made.1.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409]);
    world.check().await;
}

#[tokio::test]
async fn what_has_lost_its_footing_can_still_be_turned_off() {
    let (world, mut manager) = world().await;
    made(&manager.post(FLOWS, &suppliers()).await);
    let without_wiki =
        CONTOSO.replace("id = \"wiki\"", "id = \"pages\"").replace("app = \"wiki\"", "app = \"pages\"");
    world.apply("contoso", &without_wiki).await;
    let name = json!({ "vestibule": { "name": "Renamed" } });
    refused(&manager.patch(FLOW, &name).await, 400, &json!("vestibule/apps"), "wiki");
    changed(&manager.patch(FLOW, &json!({ "vestibule": { "enabled": false } })).await);
    let on = json!({ "vestibule": { "enabled": true } });
    refused(&manager.patch(FLOW, &on).await, 400, &json!("vestibule/apps"), "wiki");
}

#[tokio::test]
async fn s104_the_same_id_in_two_organizations_is_two_user_flows() {
    let (world, mut contoso) = world().await;
    let mut fabrikam = program(&world, "fabrikam", &[SCOPE_WRITE_USER_FLOWS]).await;
    made(&contoso.post(FLOWS, &suppliers()).await);
    let before = contoso.get(FLOWS).await.ok();
    assert!(!fabrikam.get(FLOWS).await.text.contains("B2X_1_suppliers"));
    let theirs = made(&fabrikam.post(FLOWS, &json!({ "id": "suppliers" })).await);
    assert!(theirs["vestibule"]["address"].as_str().unwrap().ends_with("?organization=fabrikam"));
    changed(&fabrikam.patch(FLOW, &json!({ "vestibule": { "name": "Theirs", "enabled": false } })).await);
    changed(&fabrikam.delete(FLOW).await);
    assert_eq!(contoso.get(FLOWS).await.ok(), before);
}

//! Guests that an approval system makes itself: Microsoft's pattern of two connectors, and `POST /v1.0/users` between them.

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::routes::graph::caller::{SCOPE_INVITE, SCOPE_WRITE_USERS};

use super::{SUPPLIERS, ZOE, agreed, filled, proven, world};
use crate::abroad::{back, url};
use crate::client::{Client, step};
use crate::people::program;
use crate::provider::Provider;
use crate::world::World;

const USERS: &str = "/v1.0/users";

fn zoe() -> Value {
    json!({
        "userType": "Guest", "accountEnabled": true, "mail": ZOE, "displayName": "Zoë Ferreira",
        "userPrincipalName": "zoe_supplier.example#EXT@contoso.onmicrosoft.com",
        "identities": [{ "signInType": "federated", "issuer": "mail", "issuerAssignedId": ZOE }],
        "city": "Porto", "country": "Portugal", "extension_tier": "2",
    })
}

async fn maker(world: &World) -> Client {
    program(world, "contoso", &[SCOPE_WRITE_USERS]).await
}

#[tokio::test]
async fn a_guest_that_a_program_makes_comes_in_by_the_account_that_it_named() {
    let world = world(SUPPLIERS).await;
    let mut program = maker(&world).await;
    let mut body = zoe();
    body["vestibule"] = json!({ "apps": ["wiki"] });
    let made = program.post(USERS, &body).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
    let user = made.json();
    assert_eq!(user["userPrincipalName"], "zoe_supplier.example#EXT#@contoso.example");
    assert_eq!((&user["externalUserState"], &user["city"]), (&json!("Accepted"), &json!("Porto")));
    let place = format!("{USERS}/{}", user["id"].as_str().unwrap());
    assert!(made.header("location").unwrap().ends_with(&place));
    let changed =
        program.patch(&place, &json!({ "jobTitle": "Buyer", "displayName": "Zoë\u{202e} F.\u{200b}" })).await;
    assert_eq!(changed.status, StatusCode::NO_CONTENT, "{}", changed.text);
    let read = program.get(&place).await.ok();
    assert_eq!(
        (&read["jobTitle"], &read["displayName"], &read["country"]),
        (&json!("Buyer"), &json!("Zoë F."), &json!("PT"))
    );
    assert!(
        read.as_object()
            .unwrap()
            .keys()
            .any(|name| name.starts_with("extension_") && name.ends_with("_tier"))
    );
    // She comes, agrees, and is in: nothing is asked again.
    let mut zoe = world.client();
    let consent = proven(&world, &mut zoe, ZOE).await;
    assert_eq!(step(&zoe.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(zoe.get("/api/v1/me/apps?organization=contoso").await.ok()["items"][0]["id"], "wiki");
    world.check().await;
}

#[tokio::test]
async fn a_guest_of_a_provider_is_named_by_issuer_and_subject() {
    let work = Provider::start().await;
    let world = world(&format!("{SUPPLIERS}{}", work.entry("work", "\"supplier.example\""))).await;
    let mut program = maker(&world).await;
    let mut body = zoe();
    body["identities"][0]["issuer"] = json!(work.issuer);
    body["identities"][0]["issuerAssignedId"] = json!("z-1");
    assert_eq!(program.post(USERS, &body).await.status, StatusCode::CREATED);
    let mut zoe = world.client();
    let entry = zoe.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = zoe.act(&entry, "choose", json!({ "provider": "work" })).await.ok();
    back(&mut zoe, "work", &work.sign_in(url(&away), "z-1", "another@address.example")).await;
    let consent = crate::abroad::present(&mut zoe, &away).await;
    assert_eq!(step(&zoe.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(zoe.get("/api/v1/session").await.ok()["account"], ZOE);
    world.check().await;
}

#[tokio::test]
async fn who_waits_at_the_desk_is_in_when_a_program_has_decided() {
    let approval = "approval = { approvers = [\"tom@contoso.example\"] }\napps = ";
    let world = world(&SUPPLIERS.replace("apps = ", approval)).await;
    let mut zoe_herself = world.client();
    let form = agreed(&world, &mut zoe_herself, ZOE).await;
    let waits = zoe_herself.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&waits), "pending_approval");
    assert_eq!(maker(&world).await.post(USERS, &zoe()).await.status, StatusCode::CREATED);
    let next = zoe_herself.act(&waits, "check", json!({})).await.ok();
    assert_eq!(step(&next), "consent", "the program's guest has agreed to nothing yet");
    assert_eq!(step(&zoe_herself.act(&next, "accept", json!({})).await.ok()), "done");
    world.check().await;
}

#[tokio::test]
async fn s105_what_no_guest_has_is_refused_and_nobody_makes_one_without_the_right() {
    let world = world(SUPPLIERS).await;
    let mut program = maker(&world).await;
    for (member, value, told) in [
        ("userType", json!("Member"), "userType"),
        ("accountEnabled", json!(false), "accountEnabled"),
        ("mail", json!("nobody"), "mail"),
        ("mail", json!("other@supplier.example"), "identities"),
        ("role", json!("administrator"), "role"),
        ("passwordProfile", json!({ "password": "x" }), "passwordProfile"),
        ("country", json!("Atlantis"), "country"),
        ("extension_tier", json!("9"), "extension_tier"),
        ("extension_unknown", json!("9"), "extension_unknown"),
        ("vestibule", json!({ "apps": ["nothing"] }), "nothing"),
    ] {
        let mut body = zoe();
        body[member] = value;
        let answer = program.post(USERS, &body).await;
        assert!(
            answer.status == StatusCode::BAD_REQUEST && answer.text.contains(told),
            "{member}: {}",
            answer.text
        );
    }
    for issuer in ["google.com", "https://evil.example", ""] {
        let mut body = zoe();
        body["identities"][0]["issuer"] = json!(issuer);
        assert_eq!(program.post(USERS, &body).await.status, StatusCode::BAD_REQUEST, "{issuer}");
    }
    let mut inviter = crate::people::program(&world, "contoso", &[SCOPE_INVITE]).await;
    assert_eq!(inviter.post(USERS, &zoe()).await.status, StatusCode::FORBIDDEN);
    assert_eq!(world.client().post(USERS, &zoe()).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE creation <> 'file'").await, 0);
    assert_eq!(program.post(USERS, &zoe()).await.status, StatusCode::CREATED);
    assert_eq!(program.post(USERS, &zoe()).await.status, StatusCode::CONFLICT);
    let members = world.rows("SELECT id FROM users WHERE address = 'tom@contoso.example'").await;
    let tom = format!("{USERS}/{}", members[0]);
    assert_eq!(program.patch(&tom, &json!({ "displayName": "T" })).await.status, StatusCode::CONFLICT);
    world.check().await;
}

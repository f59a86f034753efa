//! Who may do what: every operation of the contract, by everybody (S103, R35, R36, R40, R43).

mod managed;

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, header};
use serde_json::{Value, json};
use vestibule_backend::routes::graph::caller::{
    SCOPE_INVITE, SCOPE_LINK, SCOPE_READ_CONNECTORS, SCOPE_READ_PROVIDERS, SCOPE_READ_USER_FLOWS,
    SCOPE_WRITE_CONNECTORS, SCOPE_WRITE_PROVIDERS, SCOPE_WRITE_USER_FLOWS, SCOPE_WRITE_USERS,
};

use crate::client::{Answer, Client};
use crate::people::{ANA, BOB, INES, MIRA, TOM, guest, least, program, with_session};
use crate::world::{GENEROUS, World};

/// The contract as it is checked in.
const OPENAPI: &str = include_str!("../../../../docs/contract/openapi.json");

/// Everybody. The resources are Contoso's, and Ana's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Who {
    Anonymous,
    /// The guest that the resources belong to.
    Owner,
    OtherGuest,
    Member,
    Administrator,
    /// An inviter of Fabrikam.
    Stranger,
    TokenWithoutScope,
    TokenInvite,
    TokenLink,
    TokenReadProviders,
    TokenWriteProviders,
    TokenReadFlows,
    TokenWriteFlows,
    TokenReadConnectors,
    TokenWriteConnectors,
    TokenWriteUsers,
    /// With every scope, of Fabrikam.
    ForeignToken,
    RevokedToken,
}

use Who::{
    Administrator, Anonymous, ForeignToken, Member, OtherGuest, Owner, RevokedToken, Stranger, TokenInvite,
    TokenLink, TokenReadConnectors, TokenReadFlows, TokenReadProviders, TokenWithoutScope,
    TokenWriteConnectors, TokenWriteFlows, TokenWriteProviders, TokenWriteUsers,
};

const EVERYBODY: [Who; 18] = [
    Anonymous,
    Owner,
    OtherGuest,
    Member,
    Administrator,
    Stranger,
    TokenWithoutScope,
    TokenInvite,
    TokenLink,
    TokenReadProviders,
    TokenWriteProviders,
    TokenReadFlows,
    TokenWriteFlows,
    TokenReadConnectors,
    TokenWriteConnectors,
    TokenWriteUsers,
    ForeignToken,
    RevokedToken,
];
const EVERY_SCOPE: &[&str] = &[
    SCOPE_INVITE,
    SCOPE_LINK,
    SCOPE_READ_PROVIDERS,
    SCOPE_WRITE_PROVIDERS,
    SCOPE_READ_USER_FLOWS,
    SCOPE_WRITE_USER_FLOWS,
    SCOPE_READ_CONNECTORS,
    SCOPE_WRITE_CONNECTORS,
    SCOPE_WRITE_USERS,
];
const OF_CONTOSO: &[Who] = &[Owner, OtherGuest, Member, Administrator];
const INVITERS: &[Who] = &[Member, Administrator, TokenInvite, TokenLink];

/// An operation: who succeeds, and what is sent.
fn row(operation: &str) -> (&'static [Who], Value) {
    match operation {
        // Public by design; signing out without a session is nothing.
        "discovery" | "brand" | "healthz" | "readyz" | "end_session" => (&EVERYBODY, Value::Null),
        "start_flow" => (&EVERYBODY, json!({ "intent": "sign-in" })),
        // A flow is its browser's, whoever is signed in; a consent is its giver's.
        "get_flow" | "revoke_consent" => (&[Owner], Value::Null),
        "submit_action" => (&[Owner], json!({ "rev": 0, "action": "continue", "values": { "email": ANA } })),
        "get_session" => (&[Owner, OtherGuest, Member, Administrator, Stranger], Value::Null),
        "me" | "activity" | "apps" | "consents" | "organizations" => (OF_CONTOSO, Value::Null),
        "list_invitations" | "invite_options" => (INVITERS, Value::Null),
        "create_invitation" | "invite_preview" => (INVITERS, least("new@partner.example")),
        other => managed::row(other).unwrap_or_else(|| panic!("{other} has no row: who may do it?")),
    }
}

/// One world with everybody in it, and the ids that paths need.
struct Stage {
    world: World,
    owner: Client,
    others: Vec<(Who, Client)>,
    flow: String,
    consent: String,
}

async fn stage() -> Stage {
    let world = World::with(GENEROUS).await;
    let mut owner = guest(&world, ANA).await;
    let flow = owner.start(&json!({ "intent": "sign-in", "organization": "nowhere" })).await;
    // Started while signed in, it is done at once; what is wanted is one that stands.
    let session = std::mem::take(&mut owner.cookies);
    let document = owner.start(&json!({ "intent": "sign-in" })).await;
    owner.cookies.extend(session);
    drop(flow);
    let consents = owner.get("/api/v1/me/consents").await.ok();
    let revoked = program(&world, "contoso", EVERY_SCOPE).await;
    world.sql("UPDATE api_tokens SET revoked_at = 1").await;
    let others = vec![
        (Anonymous, world.client()),
        (OtherGuest, guest(&world, BOB).await),
        (Member, with_session(&world, TOM).await),
        (Administrator, with_session(&world, MIRA).await),
        (Stranger, with_session(&world, INES).await),
        (TokenWithoutScope, program(&world, "contoso", &["User.Read.All"]).await),
        (TokenInvite, program(&world, "contoso", &[SCOPE_INVITE]).await),
        (TokenLink, program(&world, "contoso", &[SCOPE_INVITE, SCOPE_LINK]).await),
        (TokenReadProviders, program(&world, "contoso", &[SCOPE_READ_PROVIDERS]).await),
        (TokenWriteProviders, program(&world, "contoso", &[SCOPE_WRITE_PROVIDERS]).await),
        (TokenReadFlows, program(&world, "contoso", &[SCOPE_READ_USER_FLOWS]).await),
        (TokenWriteFlows, program(&world, "contoso", &[SCOPE_WRITE_USER_FLOWS]).await),
        (TokenReadConnectors, program(&world, "contoso", &[SCOPE_READ_CONNECTORS]).await),
        (TokenWriteConnectors, program(&world, "contoso", &[SCOPE_WRITE_CONNECTORS]).await),
        (TokenWriteUsers, program(&world, "contoso", &[SCOPE_WRITE_USERS]).await),
        (ForeignToken, program(&world, "fabrikam", EVERY_SCOPE).await),
        (RevokedToken, revoked),
    ];
    Stage {
        flow: document["flow"]["id"].as_str().unwrap().to_owned(),
        consent: consents["items"][0]["id"].as_str().unwrap().to_owned(),
        world,
        owner,
        others,
    }
}

fn request(method: &str, path: &str, body: &Value) -> axum::http::Request<Body> {
    let method: Method = method.to_uppercase().parse().unwrap();
    let request = Client::build(method, path).header(header::CONTENT_TYPE, "application/json");
    request.body(if body.is_null() { Body::empty() } else { Body::from(body.to_string()) }).unwrap()
}

/// The body without what differs from request to request.
fn plain(answer: &Answer) -> Value {
    let mut body: Value = serde_json::from_str(&answer.text).unwrap_or_default();
    if let Some(inner) = body.pointer_mut("/error/innerError").and_then(Value::as_object_mut) {
        inner.clear();
    }
    body.as_object_mut().map(|problem| problem.remove("reference"));
    body
}

#[tokio::test]
async fn s103_r35_r40_only_the_listed_cells_succeed() {
    let openapi: Value = serde_json::from_str(OPENAPI).unwrap();
    let Stage { world, owner, others, flow, consent } = stage().await;
    let mut operations = BTreeSet::new();
    for (path, methods) in openapi["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let name = operation["operationId"].as_str().unwrap();
            let (allowed, body) = row(name);
            let is_managed = managed::row(name).is_some();
            let path = match name {
                "revoke_consent" => path.replace("{id}", &consent),
                _ if is_managed => managed::address(path),
                _ => path.replace("{id}", &flow),
            };
            let address = format!("{path}?organization=contoso");
            // The owner comes last, so that nobody fails only because the owner was there before.
            for (who, client) in others.iter().chain([&(Owner, owner.clone())]) {
                if is_managed {
                    // Each finds the one that is there, and none of the one that is to be made.
                    world.sql(managed::HELD).await;
                }
                let before = world.census().await;
                let mut client = client.clone();
                if name == "end_session" {
                    // The others go on with theirs.
                    client.cookies.clear();
                }
                let answer = client.send(request(method, &address, &body)).await;
                let what = format!("{name} by {who:?}: {} {}", answer.status, answer.text);
                if allowed.contains(who) {
                    assert!(answer.status.is_success(), "{what}");
                    continue;
                }
                assert!([401, 403, 404].contains(&answer.status.as_u16()), "{what}");
                assert_eq!(world.census().await, before, "{what}");
                for secret in [ANA, BOB, "Spring launch", "Mira"] {
                    assert!(!answer.text.contains(secret), "{what}");
                }
            }
            operations.insert(name.to_owned());
        }
    }
    assert!(operations.len() >= 49, "{operations:?}");
    world.check().await;
}

#[tokio::test]
async fn s103_r36_another_organization_looks_like_none_at_all() {
    let Stage { world: _world, others, owner, flow, .. } = stage().await;
    let address = |path: &str, organization: &str| {
        format!("{}?organization={organization}", managed::address(&path.replace("{id}", &flow)))
    };
    let openapi: Value = serde_json::from_str(OPENAPI).unwrap();
    for (who, client) in others.iter().chain([&(Owner, owner.clone())]) {
        // Whoever does not belong to Fabrikam; Mira does.
        if [Administrator, Stranger, ForeignToken].contains(who) {
            continue;
        }
        for (path, methods) in openapi["paths"].as_object().unwrap() {
            for (method, operation) in methods.as_object().unwrap() {
                let name = operation["operationId"].as_str().unwrap();
                if ["brand", "submit_action", "start_flow", "end_session"].contains(&name) {
                    continue;
                }
                let (_, body) = row(name);
                let there = client.clone().send(request(method, &address(path, "fabrikam"), &body)).await;
                let nowhere = client.clone().send(request(method, &address(path, "nowhere"), &body)).await;
                assert_eq!(
                    there.status, nowhere.status,
                    "{name} by {who:?}: {} {}",
                    there.text, nowhere.text
                );
                assert_eq!(plain(&there), plain(&nowhere), "{name} by {who:?}");
            }
        }
    }
}

#[tokio::test]
async fn s103_the_pages_admit_whom_the_api_admits() {
    let Stage { world, owner, others, .. } = stage().await;
    for (page, allowed) in [
        ("/apps?organization=contoso", OF_CONTOSO),
        ("/apps/account?organization=contoso", OF_CONTOSO),
        ("/desk/invite?organization=contoso", &[Member, Administrator]),
    ] {
        for (who, client) in others.iter().chain([&(Owner, owner.clone())]) {
            let answer = client.clone().page(page).await;
            let what = format!("{page} by {who:?}: {}", answer.status);
            assert_eq!(answer.status.is_success(), allowed.contains(who), "{what}");
            if !allowed.contains(who) {
                assert!(!answer.text.contains(ANA) || *who == Owner, "{what}");
            }
        }
    }
    // And forms posted past the page.
    for (who, client) in &others {
        let mut client = client.clone();
        client.bearer = None;
        let csrf = client.page("/no-such-page").await;
        let csrf = if csrf.text.contains("name=\"csrf\"") {
            csrf.hidden("csrf")
        } else {
            client.page("/?x").await.text
        };
        let token = csrf
            .split("name=\"csrf\" value=\"")
            .nth(1)
            .map_or(csrf.clone(), |rest| rest.split('"').next().unwrap().into());
        let before = world.count("SELECT COUNT(*) FROM invitations").await;
        let fields = [
            ("csrf", token.as_str()),
            ("action", "send"),
            ("email", "form@partner.example"),
            ("name", ""),
            ("message", ""),
        ];
        client.form("/desk/invite?organization=contoso", &fields).await;
        let made = world.count("SELECT COUNT(*) FROM invitations").await - before;
        assert!(made == 0 || [Member, Administrator].contains(who), "{who:?}");
    }
}

//! What a connector's answer means for whoever signs up: each answer, at each point.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::sync::Notify;

use super::{SUPPLIERS, ZOE, agreed, filled, proven, world};
use crate::client::{Client, flow_path, message, step};
use crate::world::World;

/// A connector on this machine.
#[derive(Clone, Default)]
pub(crate) struct Connector {
    /// What it answers, in this order; the last again and again.
    answers: Arc<Mutex<VecDeque<(u16, Value)>>>,
    /// What it was told.
    told: Arc<Mutex<Vec<Value>>>,
    /// While it holds back its answer.
    gate: Arc<Mutex<Option<Arc<Notify>>>>,
}

async fn take(State(connector): State<Connector>, body: Bytes) -> (StatusCode, Json<Value>) {
    connector.told.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
    let gate = connector.gate.lock().unwrap().clone();
    if let Some(gate) = gate {
        gate.notified().await;
    }
    let mut answers = connector.answers.lock().unwrap();
    let (status, body) = if answers.len() > 1 { answers.pop_front().unwrap() } else { answers[0].clone() };
    (StatusCode::from_u16(status).unwrap(), Json(body))
}

impl Connector {
    /// One that runs until the test ends; with where it is.
    async fn start(answers: &[(u16, Value)]) -> (Self, String) {
        let connector = Self { answers: Arc::new(Mutex::new(answers.to_vec().into())), ..Self::default() };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().route("/", post(take)).with_state(connector.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (connector, address)
    }

    fn told(&self) -> Vec<Value> {
        self.told.lock().unwrap().clone()
    }
}

fn entry(id: &str, address: &str, more: &str) -> String {
    format!(
        "\n[[connectors]]\nid = \"{id}\"\nname = \"Check\"\ntarget_url = \"{address}\"\nusername = \"door\"\npassword = \
         \"a-password-of-ours\"\n{more}\n"
    )
}

/// A world whose user flow asks this at a point.
async fn asking(point: &str, more: &str, answers: &[(u16, Value)]) -> (World, Connector) {
    let (connector, address) = Connector::start(answers).await;
    let flow = SUPPLIERS.replace("apps = ", &format!("{point} = \"check\"\napps = "));
    (world(&format!("{flow}{}", entry("check", &address, more))).await, connector)
}

fn goes_on(more: &Value) -> (u16, Value) {
    let mut body = json!({ "version": "1.0.0", "action": "Continue" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    (200, body)
}

fn blocks() -> (u16, Value) {
    (200, json!({ "version": "1.0.0", "action": "ShowBlockPage", "userMessage": "Not <b>you</b>." }))
}

fn refuses() -> (u16, Value) {
    (
        400,
        json!({ "version": "1.0.0", "status": 400, "action": "ValidationError", "userMessage": "Wrong tier." }),
    )
}

/// Where somebody stands who fills in the form as usual, as far as there is one: step, and reason of a stop.
async fn walked(world: &World, client: &mut Client) -> (String, Value, Value) {
    let mut stands = agreed(world, client, ZOE).await;
    if step(&stands) == "attributes" {
        stands = client.act(&stands, "continue", filled()).await.ok();
    }
    (step(&stands).to_owned(), stands["step"]["data"]["reason"].clone(), stands)
}

#[tokio::test]
async fn t22_each_answer_at_each_point_comes_to_what_the_published_contract_says() {
    let (after, before) = ("after_federation", "before_creation");
    let open = "on_failure = \"fail_open\"";
    let wrong_status = (200, refuses().1);
    let rows = [
        (after, "", goes_on(&json!({})), "done", Value::Null),
        (before, "", goes_on(&json!({})), "done", Value::Null),
        (after, "", blocks(), "blocked", json!("sign_up_refused")),
        (before, "", blocks(), "blocked", json!("sign_up_refused")),
        // Only the form can be refused.
        (after, "", refuses(), "blocked", json!("unavailable")),
        (before, "", refuses(), "attributes", Value::Null),
        (before, "", wrong_status.clone(), "blocked", json!("unavailable")),
        (before, open, wrong_status, "done", Value::Null),
        (after, "", (500, json!({})), "blocked", json!("unavailable")),
        (before, "", (500, json!({})), "blocked", json!("unavailable")),
        (after, open, (500, json!({})), "done", Value::Null),
        (before, open, (500, json!({})), "done", Value::Null),
        (before, open, blocks(), "blocked", json!("sign_up_refused")),
        (before, "", (200, json!({ "hello": "world" })), "blocked", json!("unavailable")),
    ];
    for (point, more, answer, expected, reason) in rows {
        let (world, connector) = asking(point, more, std::slice::from_ref(&answer)).await;
        let mut zoe = world.client();
        let (stands, why, document) = walked(&world, &mut zoe).await;
        assert_eq!((stands.as_str(), &why), (expected, &reason), "{point} {more} {answer:?}");
        let guests = world.count("SELECT COUNT(*) FROM users WHERE creation <> 'file'").await;
        assert_eq!(guests, i64::from(expected == "done"), "{point} {answer:?}");
        let asked = connector.told().len();
        assert_eq!(asked, if answer.0 == 500 { 2 } else { 1 }, "retried once, and only what did not answer");
        if why == "sign_up_refused" {
            assert_eq!(document["messages"][0]["text"], "Not <b>you</b>.", "as text");
        }
        let audit = world.rows("SELECT detail FROM audit WHERE action = 'connector.asked'").await;
        assert!(
            audit.len() == 1 && audit[0].contains("milliseconds") && !audit[0].contains("Zo"),
            "{audit:?}"
        );
        world.check().await;
    }
}

#[tokio::test]
async fn what_it_is_told_is_the_published_contract_and_nothing_absent_is_null() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    zoe.act(&form, "continue", json!({ "displayName": "Zoë", "tier": "2" })).await.ok();
    let told = connector.told().remove(0);
    let members: Vec<&str> = told.as_object().unwrap().keys().map(String::as_str).collect();
    let custom = members.iter().find(|name| name.ends_with("_tier")).unwrap();
    assert_eq!(told[custom], "2");
    assert_eq!(members.len(), 5, "no country: {members:?}");
    assert_eq!((&told["email"], &told["displayName"]), (&json!(ZOE), &json!("Zoë")));
    assert_eq!(told["identities"][0]["issuer"], "mail");
    assert_eq!(told["ui_locales"], "en");
}

#[tokio::test]
async fn the_first_point_fills_the_form_in_and_the_second_changes_what_was_typed() {
    let claims = json!({ "displayName": "Zoë of the register", "country": "Portugal", "isAdmin": true, "city": "Porto" });
    let (world, _) = asking("after_federation", "", &[goes_on(&claims)]).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let fields = form["actions"][0]["fields"].as_array().unwrap();
    assert_eq!((&fields[0]["value"], &fields[1]["value"]), (&json!("Zoë of the register"), &json!("PT")));
    let values = json!({ "displayName": "Zoë", "country": "" });
    assert_eq!(step(&zoe.act(&form, "continue", values).await.ok()), "done");
    let kept = world.rows("SELECT name || '=' || value FROM user_attributes ORDER BY name").await;
    assert_eq!(kept, ["city=Porto", "displayName=Zoë"], "what was emptied is empty");

    let claims =
        json!({ "displayName": "ZOË", "extension_tier": "1", "country": "Nowhere", "jobTitle": "Buyer" });
    let (world, _) = asking("before_creation", "", &[goes_on(&claims)]).await;
    let mut zoe = world.client();
    assert_eq!(walked(&world, &mut zoe).await.0, "done");
    let kept = world.rows("SELECT name || '=' || value FROM user_attributes ORDER BY name").await;
    assert_eq!(
        kept,
        ["country=PT", "displayName=ZOË", "jobTitle=Buyer", "tier=1"],
        "a wrong value changes nothing"
    );
    assert_eq!(world.rows("SELECT name FROM users WHERE user_flow IS NOT NULL").await, ["ZOË"]);
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_and_is_asked_again() {
    let (world, connector) = asking("before_creation", "", &[refuses(), goes_on(&json!({}))]).await;
    let mut zoe = world.client();
    let (_, _, form) = walked(&world, &mut zoe).await;
    assert_eq!(
        (step(&form), message(&form), &form["messages"][0]["text"]),
        ("attributes", "said", &json!("Wrong tier."))
    );
    assert_eq!(form["actions"][0]["fields"][0]["value"], "Zoë Ferreira");
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    assert_eq!(connector.told().len(), 2);
    world.check().await;
}

#[tokio::test]
async fn f11_after_an_outage_the_walk_goes_on_where_it_stood() {
    let down = (503, json!({}));
    let (world, connector) = asking("before_creation", "", &[down.clone(), down, goes_on(&json!({}))]).await;
    let mut zoe = world.client();
    let (_, why, stop) = walked(&world, &mut zoe).await;
    assert_eq!(why, "unavailable");
    assert!(!stop["step"]["data"]["reference"].as_str().unwrap().is_empty());
    assert_eq!(
        step(&zoe.act(&stop, "restart", json!({})).await.ok()),
        "done",
        "nothing has to be typed again"
    );
    assert_eq!(connector.told().len(), 3);
    world.check().await;
}

#[tokio::test]
async fn t22_a_slow_one_is_seen_to_be_asked_and_holds_no_connection() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    let gate = Arc::new(Notify::new());
    *connector.gate.lock().unwrap() = Some(gate.clone());
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&waits), "checking");
    // Everybody else comes in meanwhile, and whoever looks again sees the same, however old the page.
    let mut ana = world.client();
    assert_eq!(step(&proven(&world, &mut ana, "ana@supplier.example").await), "consent");
    let again = zoe.act(&form, "check", json!({})).await.ok();
    assert_eq!((&again["flow"], &again["step"]), (&waits["flow"], &waits["step"]));
    let page = zoe.page(&format!("/flow/{}", waits["flow"]["id"].as_str().unwrap())).await;
    assert!(
        page.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"),
        "{}",
        page.text
    );
    assert_eq!(connector.told().len(), 1, "asked once, whoever looks");
    gate.notify_one();
    let mut stands = waits.clone();
    while step(&stands) == "checking" {
        stands = zoe.act(&waits, "check", json!({})).await.ok();
    }
    assert_eq!(step(&stands), "done");
    assert_eq!(zoe.get("/api/v1/session").await.status, StatusCode::OK, "and is signed in");
    assert_eq!(connector.told().len(), 1);
    world.check().await;
}

#[tokio::test]
async fn s42_the_answer_counts_for_the_browser_that_waits_and_for_nobody_else() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    let gate = Arc::new(Notify::new());
    *connector.gate.lock().unwrap() = Some(gate.clone());
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    let mut mallory = world.client();
    assert_eq!(mallory.act(&waits, "check", json!({})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mallory.get(&flow_path(&waits)).await.status, StatusCode::FORBIDDEN);
    gate.notify_one();
    while step(&zoe.get(&flow_path(&waits)).await.ok()) == "checking" {}
    assert_eq!(mallory.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(zoe.get("/api/v1/session").await.status, StatusCode::OK);
}

#[tokio::test]
async fn f11_who_waits_when_the_process_ends_is_asked_for_again_and_is_one_guest() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    // The call that was under way is gone with its process: its answer never comes.
    let gate = Arc::new(Notify::new());
    *connector.gate.lock().unwrap() = Some(gate);
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&waits), "checking");
    *connector.gate.lock().unwrap() = None;
    let after = world.twin().await;
    let mut zoe = Client { service: after.service.clone(), ..zoe };
    assert_eq!(step(&zoe.act(&waits, "check", json!({})).await.ok()), "done");
    assert_eq!(after.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await, 1);
    assert_eq!(connector.told().len(), 2);
    after.check().await;
}

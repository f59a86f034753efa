//! A proof of work before the first mail to an address, and the way around it for browsers that cannot give one.

use std::time::Duration;

use super::{SUPPLIERS, ZOE, begin, file, filled, world};
use crate::abroad::{back, identities, present, url};
use crate::client::{Client, message, step};
use crate::provider::Provider;
use crate::world::World;
use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_contract::challenge::solves;

async fn challenging() -> World {
    world(&SUPPLIERS.replace("apps = ", "proof_of_work = 8\napps = ")).await
}

async fn challenged(client: &mut Client, address: &str) -> Value {
    let entry = begin(client).await;
    client.act(&entry, "continue", json!({ "email": address })).await.ok()
}

/// The first number that solves a challenge, or the first that does not.
fn number(challenge: &Value, right: bool) -> String {
    let salt = challenge["step"]["data"]["salt"].as_str().unwrap();
    (0..u32::MAX).map(|number| number.to_string()).find(|text| solves(salt, text, 8) == right).unwrap()
}

#[tokio::test]
async fn t23_no_mail_goes_out_before_the_work_is_done_and_each_address_costs_it_anew() {
    let world = challenging().await;
    let mut zoe = world.client();
    let first = challenged(&mut zoe, ZOE).await;
    assert_eq!((step(&first), &first["step"]["data"]["bits"]), ("challenge", &json!(8)));
    assert_eq!(first["step"]["data"]["algorithm"], "sha-256");
    for wrong in [number(&first, false), String::new(), "0".repeat(65)] {
        let answer = zoe.act(&first, "solve", json!({ "solution": wrong })).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{wrong}");
    }
    assert!(world.mails().await.is_empty());
    let sent = zoe.act(&first, "solve", json!({ "solution": number(&first, true) })).await.ok();
    assert_eq!(step(&sent), "email_code");
    assert_eq!(world.mails().await.len(), 1);
    // Another address in the same walk, and the same address in another walk.
    let identify = zoe.act(&sent, "back", json!({})).await.ok();
    let second = zoe.act(&identify, "continue", json!({ "email": "yan@supplier.example" })).await.ok();
    let third = challenged(&mut world.client(), ZOE).await;
    for again in [&second, &third] {
        assert_eq!(step(again), "challenge");
        assert_ne!(again["step"]["data"]["salt"], first["step"]["data"]["salt"]);
    }
    let known = number(&first, true);
    assert!(!solves(second["step"]["data"]["salt"].as_str().unwrap(), &known, 24), "of no use elsewhere");
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn t23_of_many_who_hand_over_one_solution_one_has_a_mail_sent() {
    let world = challenging().await;
    let mut zoe = world.client();
    let first = challenged(&mut zoe, ZOE).await;
    let solution = json!({ "solution": number(&first, true) });
    let (mut twin, mut other) = (zoe.clone(), zoe.clone());
    let answers = tokio::join!(
        zoe.act(&first, "solve", solution.clone()),
        twin.act(&first, "solve", solution.clone()),
        other.act(&first, "solve", solution.clone()),
    );
    for answer in [answers.0, answers.1, answers.2] {
        assert!([200, 409].contains(&answer.status.as_u16()), "{}", answer.text);
    }
    assert_eq!(world.mails().await.len(), 1);
}

#[tokio::test]
async fn s81_without_script_somebody_waits_and_goes_on_and_few_at_a_time_do() {
    let world = challenging().await;
    let mut zoe = world.client();
    let path = "/signup/suppliers?organization=contoso";
    let page = zoe.page(path).await;
    let csrf = page.hidden("csrf");
    let answer =
        zoe.form(path, &[("csrf", &csrf), ("action", "continue"), ("rev", "0"), ("email", ZOE)]).await;
    let flow = answer.header("location").unwrap().to_owned();
    for (seconds, told, shown) in
        [(0, "No script runs", "It is too early"), (31, "You can go on without it now", "Enter your code")]
    {
        world.advance(Duration::from_secs(seconds));
        let page = zoe.page(&flow).await;
        assert!(page.text.contains("One moment, please") && page.text.contains(told), "{}", page.text);
        let (csrf, rev) = (page.hidden("csrf"), page.hidden("rev"));
        zoe.form(&flow, &[("csrf", &csrf), ("rev", &rev), ("action", "continue")]).await;
        let page = zoe.page(&flow).await;
        assert!(page.text.contains(shown), "{shown}: {}", page.text);
    }
    // Robots would wait as well, so that few come this way.
    let mut said = Vec::new();
    let mut waiting = Vec::new();
    for number in 0..12 {
        let mut client = world.client().from(number);
        let challenge = challenged(&mut client, &format!("r{number}@supplier.example")).await;
        waiting.push((client, challenge));
    }
    world.advance(Duration::from_secs(31));
    for (client, challenge) in &mut waiting {
        let next = client.act(challenge, "continue", json!({})).await.ok();
        said.push(if step(&next) == "challenge" {
            message(&next).to_owned()
        } else {
            step(&next).to_owned()
        });
    }
    assert_eq!(said.iter().filter(|said| *said == "email_code").count(), 9, "{said:?}");
    assert_eq!(said.last().map(String::as_str), Some("send_limited"));
    // Whoever computes goes on all the same.
    let (client, challenge) = waiting.last_mut().unwrap();
    let now = client.get(&crate::client::flow_path(challenge)).await.ok();
    let sent = client.act(&now, "solve", json!({ "solution": number(&now, true) })).await.ok();
    assert_eq!(step(&sent), "email_code");
    world.check().await;
}

#[tokio::test]
async fn t23_what_was_forbidden_meanwhile_is_sent_to_nobody() {
    let world = challenging().await;
    let (mut zoe, mut yan) = (world.client(), world.client());
    let first = challenged(&mut zoe, ZOE).await;
    let second = challenged(&mut yan, "yan@other.example").await;
    let flow = SUPPLIERS.replace("apps = ", "proof_of_work = 8\napps = ");
    let closed = file(&flow).replace(
        "[settings]\n",
        "[settings]\ndomains = { kind = \"deny\", domains = [\"supplier.example\"] }\n",
    );
    world.apply("contoso", &closed).await;
    let stopped = zoe.act(&first, "solve", json!({ "solution": number(&first, true) })).await.ok();
    assert_eq!((step(&stopped), &stopped["step"]["data"]["reason"]), ("blocked", &json!("domain_blocked")));
    world.apply("contoso", &file(&flow.replace("[[user_flows]]", "[[user_flows]]\nenabled = false"))).await;
    let entry = yan.act(&second, "back", json!({})).await.ok();
    let stopped = yan.act(&entry, "continue", json!({ "email": "yan@other.example" })).await.ok();
    assert_eq!((step(&stopped), &stopped["step"]["data"]["reason"]), ("blocked", &json!("sign_up_off")));
    assert!(world.mails().await.is_empty());
}

#[tokio::test]
async fn t23_an_address_that_a_provider_only_claims_is_challenged_too() {
    let social = Provider::start().await;
    let flow = SUPPLIERS.replace("apps = ", "proof_of_work = 8\napps = ");
    let world = world(&format!("{flow}{}", social.entry("social", ""))).await;
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let away = zoe.act(&entry, "choose", json!({ "provider": "social" })).await.ok();
    back(&mut zoe, "social", &social.sign_in(url(&away), "z-1", ZOE)).await;
    let challenge = present(&mut zoe, &away).await;
    assert_eq!(step(&challenge), "challenge");
    assert!(world.mails().await.is_empty());
    let sent = zoe.act(&challenge, "solve", json!({ "solution": number(&challenge, true) })).await.ok();
    let consent = zoe.verify(&sent, &world.code_for(ZOE).await).await.ok();
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    assert_eq!(identities(&world).await, ["social z-1"], "and the account is the person's");
}

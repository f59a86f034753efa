//! Guests whose own browser speaks to the identity provider: the page brings an ID token, and it is worth no more than one
//! that we were given ourselves (S39 to S58).

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::cli::apply;
use vestibule_domain::provider::Failure;

use crate::abroad::{CONTOSO, LOCAL, back, choose, continued, identities, present};
use crate::client::{Answer, Client, flow_path, message, step};
use crate::people::ANA;
use crate::provider::{Provider, SECRET};
use crate::tokens::EVIL;
use crate::world::{GENEROUS, ORIGIN, World};

/// A world in which the front-end is the client of a provider that speaks for `partner.example`.
pub(crate) async fn world() -> (World, Provider) {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let work = Provider::start().await;
    world.apply("contoso", &file(&work)).await;
    (world, work)
}

fn file(work: &Provider) -> String {
    format!("{CONTOSO}{}", work.public_entry("work", "\"partner.example\""))
}

async fn bring(client: &mut Client, document: &Value, id_token: &str) -> Answer {
    client.act(document, "complete", json!({ "id_token": id_token })).await
}

async fn reasons(world: &World) -> Vec<Value> {
    let written =
        world.rows("SELECT detail FROM audit WHERE action = 'federation.refused' ORDER BY sequence").await;
    written.iter().map(|detail| serde_json::from_str::<Value>(detail).unwrap()["reason"].take()).collect()
}

#[tokio::test]
async fn t07_s43_the_page_redeems_with_the_token_that_it_was_given_and_says_so_once() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let data = &away["step"]["data"];
    assert_eq!(step(&away), "federate");
    assert_eq!(data["client_id"], "vestibule");
    assert_eq!(data["scope"], "openid email profile");
    assert_eq!(data["redirect_uri"], format!("{ORIGIN}/federate/contoso/work"));
    assert_eq!(data["origin"], work.issuer);
    assert_eq!((&data["url"], &data["login_hint"]), (&Value::Null, &Value::Null));
    assert!(!away.to_string().contains("ana"), "whoever has only the link does not read the address: {away}");
    let token = work.id_token(&away, "ana-1", ANA);
    let body = json!({ "rev": away["flow"]["rev"], "action": "complete", "values": { "id_token": token } });
    let consent = ana.post_once(&flow_path(&away), "a-key", &body).await.ok();
    assert_eq!((step(&consent), &consent["step"]["data"]["account"]), ("consent", &json!(ANA)));
    // The answer was lost on the way: the same again, and nothing happens twice.
    assert_eq!(ana.post_once(&flow_path(&away), "a-key", &body).await.ok(), consent);
    assert_eq!(ana.post(&flow_path(&away), &body).await.status, StatusCode::CONFLICT, "without the key");
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(identities(&world).await, ["work ana-1"]);
    assert_eq!(ana.get("/api/v1/session").await.ok()["method"], "federated");
    assert_eq!(world.mails_to(ANA).await.len(), 1, "no code was sent");
    assert_eq!(work.told().key_requests, 2, "at the file, and at the token");
    let stored = world.rows("SELECT state || last_answer FROM flows").await.join("");
    assert!(!stored.contains(&token), "the token is kept nowhere");
    // Another day: the address was typed here, so the provider may be told.
    let mut later = world.client();
    let entry = later.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = later.act(&entry, "continue", json!({ "email": ANA })).await.ok();
    assert_eq!(away["step"]["data"]["login_hint"], ANA);
    let token = work.id_token(&away, "ana-1", "ana.married@elsewhere.example");
    assert_eq!(step(&bring(&mut later, &away, &token).await.ok()), "done");
    assert_eq!(later.get("/api/v1/session").await.ok()["account"], ANA);
    world.check().await;
}

#[tokio::test]
async fn s43_s44_s45_s48_a_wrong_token_of_the_page_is_refused_like_one_of_our_own() {
    let mut wrong = Vec::new();
    for (what, claims, make, reason) in EVIL {
        let (world, work) = world().await;
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        (work.told().claims, work.told().token) = (*claims, *make);
        let token = work.id_token(&away, "ana-1", ANA);
        let chooser = bring(&mut ana, &away, &token).await.ok();
        assert_eq!((step(&chooser), message(&chooser)), ("choose_provider", "provider_failed"), "{what}");
        let expected = match reason {
            // What cannot be read makes a token response of ours unreadable, too.
            Failure::Exchange if token.is_empty() => Failure::Malformed,
            Failure::Exchange => Failure::NoIdToken,
            other => *other,
        };
        let written = reasons(&world).await;
        if written != [json!(expected.as_str())] {
            wrong.push(format!("{what}: {written:?}"));
        }
        assert_eq!(identities(&world).await, [""; 0], "{what}");
        assert!(work.told().key_requests <= 3, "{what}: one at the file, one at the token, one more");
        assert_eq!(step(&choose(&mut ana, &chooser, "email").await), "email_code");
    }
    assert_eq!(wrong, [""; 0], "other reasons than expected");
}

#[tokio::test]
async fn s41_s42_s55_a_token_counts_for_the_flow_that_asked_for_it_in_its_browser_and_in_time() {
    let (world, work) = world().await;
    let (mut ana, mut eve) = (world.client(), world.client());
    let asked = continued(&world, &mut ana, ANA).await;
    let other = continued(&world, &mut eve, "eve@partner.example").await;
    let token = work.id_token(&asked, "ana-1", ANA);
    // Somebody else's token, in a flow of one's own.
    let refused = bring(&mut eve, &other, &token).await.ok();
    assert_eq!((step(&refused), message(&refused)), ("choose_provider", "provider_failed"));
    // One's own flow, from another browser.
    assert_eq!(bring(&mut eve, &asked, &token).await.status, StatusCode::FORBIDDEN);
    // The nonce is no `state`: the code of a public client is not ours to take.
    let nonce = asked["step"]["data"]["nonce"].as_str().unwrap();
    let mut fay = world.client();
    let third = continued(&world, &mut fay, "fay@partner.example").await;
    let third_nonce = third["step"]["data"]["nonce"].as_str().unwrap();
    assert_ne!(nonce, third_nonce);
    back(&mut fay, "work", &format!("state={third_nonce}&code=code-0&iss={}", work.issuer)).await;
    assert_eq!(message(&present(&mut fay, &third).await), "provider_failed");
    // Too late, and then once more from the beginning.
    world.advance(Duration::from_mins(11));
    work.told().claims = |claims| {
        claims["iat"] = json!(claims["iat"].as_i64().unwrap() + 660);
        claims["exp"] = json!(claims["exp"].as_i64().unwrap() + 660);
    };
    let late = bring(&mut ana, &asked, &work.id_token(&asked, "ana-1", ANA)).await.ok();
    assert_eq!(message(&late), "provider_failed");
    let again = choose(&mut ana, &late, "work").await;
    assert_eq!(message(&bring(&mut ana, &again, &token).await.ok()), "provider_failed", "the former token");
    assert_eq!(reasons(&world).await, ["nonce", "malformed", "expired", "expired"]);
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s53_a_provider_that_was_taken_away_vouches_for_nobody() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let token = work.id_token(&away, "ana-1", ANA);
    world.apply("contoso", &format!("{}enabled = false\n", file(&work))).await;
    let refused = bring(&mut ana, &away, &token).await.ok();
    assert_eq!((step(&refused), message(&refused)), ("choose_provider", "provider_failed"));
    let offered = refused["step"]["data"]["providers"].as_array().unwrap();
    assert_eq!(offered.iter().map(|one| one["id"].as_str().unwrap()).collect::<Vec<_>>(), ["email"]);
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s58_why_the_page_has_no_token_is_told_plainly_and_written_in_our_own_words() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let mut away = continued(&world, &mut ana, ANA).await;
    let cases = [
        (json!({ "error": "denied" }), "provider_cancelled", "denied"),
        (json!({ "error": "unreachable" }), "provider_failed", "unreachable"),
        (json!({ "error": "<img src=x>\r\n" }), "provider_failed", "provider_error"),
        (json!({}), "provider_failed", "malformed"),
        (json!({ "id_token": "x", "error": "denied" }), "provider_failed", "malformed"),
    ];
    for (values, said, reason) in cases {
        let chooser = ana.act(&away, "complete", values).await.ok();
        assert_eq!((step(&chooser), message(&chooser)), ("choose_provider", said));
        assert_eq!(reasons(&world).await.last(), Some(&json!(reason)));
        assert!(!chooser.to_string().contains("<img"), "{chooser}");
        away = choose(&mut ana, &chooser, "work").await;
    }
    let token = work.id_token(&away, "ana-1", ANA);
    assert_eq!(step(&bring(&mut ana, &away, &token).await.ok()), "consent", "and then it works");
}

#[tokio::test]
async fn s89_a_step_that_waits_for_no_token_takes_none() {
    let (world, work) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let chooser = ana.act(&away, "cancel", json!({})).await.ok();
    let token = work.id_token(&away, "ana-1", ANA);
    let refused = bring(&mut ana, &chooser, &token).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text);
}

#[tokio::test]
async fn s39_a_public_client_has_no_secret_and_says_what_it_is() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let work = Provider::start().await;
    let secret = format!("client_secret = \"{SECRET}\"\n");
    for (entry, told) in [
        (work.entry("work", "").replace(&secret, ""), "`client_secret` is missing"),
        (work.public_entry("work", "") + &secret, "a page cannot keep a `client_secret`"),
    ] {
        let refused = apply::put(&world.app, "contoso", &format!("{CONTOSO}{entry}")).await;
        let said = format!("{:#}", refused.expect_err(told));
        assert!(said.contains(told) && said.contains("the provider work"), "{told}: {said}");
    }
}

#[tokio::test]
async fn s64_s66_one_page_starts_one_worker_and_the_worker_alone_asks_others() {
    let (world, work) = world().await;
    let mut client = world.client();
    let policy = |answer: &Answer| answer.header("content-security-policy").unwrap().to_owned();
    let page = client.page("/federate/contoso/work?flow=a%22%3E%3Cb").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text);
    assert!(policy(&page).contains("worker-src 'self'; trusted-types vestibule-relying-party;"));
    assert!(policy(&page).contains("connect-src 'self';"), "the page itself asks nobody else");
    assert!(page.text.contains("src=\"/assets/relying-party.0.js\"") && !page.text.contains("boot.0.js"));
    assert!(page.text.contains("<noscript>") && page.text.contains("needs script"), "{}", page.text);
    assert!(page.text.contains("href=\"/flow/a%22%3E%3Cb\""), "a way back: {}", page.text);
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let back = client.page("/federate/contoso/work?code=x&state=y&flow=a&flow=b").await;
    assert!(back.text.contains("href=\"/?organization=contoso\"") && !back.text.contains("state=y"));
    // Nor is anybody told of providers that the server itself speaks to.
    let server = work.entry("server", "");
    world.apply("contoso", &format!("{}{server}", file(&work))).await;
    for path in [
        "/federate/contoso/server",
        "/federate/contoso/nobody",
        "/federate/nobody/work",
        "/federate/contoso/work/x",
    ] {
        assert_eq!(client.page(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert!(policy(&client.page("/").await).contains("trusted-types 'none'"));
    // Providers on this machine are allowed in this world, so they are to the worker.
    let worker = policy(&client.get("/assets/relying-party-worker.0.js").await);
    assert!(
        worker.starts_with(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self' https:"
        )
    );
    assert!(worker.contains("http://127.0.0.1:*"), "{worker}");
    let plain = World::new().await;
    let worker = policy(&plain.client().get("/assets/relying-party-worker.0.js").await);
    assert!(worker.contains("connect-src 'self' https:;"), "{worker}");
    for asset in ["relying-party.0.js", "boot.0.js"] {
        assert!(!policy(&client.get(&format!("/assets/{asset}")).await).contains("connect-src"), "{asset}");
    }
}

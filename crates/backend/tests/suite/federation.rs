//! Guests come with an account of their own, and nothing that a provider or a stranger says is taken for more than it is
//! worth (S39 to S58, T07, T08).

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::json;
use vestibule_backend::cli::apply;

use crate::abroad::{CONTOSO, LOCAL, back, choose, continued, identities, present, url, world};
use crate::client::{message, step};
use crate::people::{ANA, BOB};
use crate::provider::{Change, Provider, SECRET, Said};
use crate::world::{GENEROUS, World};

#[tokio::test]
async fn t07_the_account_of_the_invited_domain_redeems_without_a_code_and_comes_back() {
    let (world, work, _) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    assert!(!away.to_string().contains("ana"), "whoever has only the link does not read the address: {away}");
    let query = work.sign_in(url(&away), "ana-1", ANA);
    let answer = back(&mut ana, "work", &query).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text);
    let consent = present(&mut ana, &away).await;
    assert_eq!((step(&consent), &consent["step"]["data"]["account"]), ("consent", &json!(ANA)));
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(identities(&world).await, ["work ana-1"]);
    assert_eq!(ana.get("/api/v1/session").await.ok()["method"], "federated");
    assert_eq!(world.mails_to(ANA).await.len(), 1, "no code was sent");
    // Another day, at another device: the address that the provider gives by now is another one (S50).
    let mut later = world.client();
    let entry = later.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = later.act(&entry, "continue", json!({ "email": ANA })).await.ok();
    assert!(url(&away).contains("login_hint=ana%40partner.example"), "what was typed here may be told");
    let query = work.sign_in(url(&away), "ana-1", "ana.married@elsewhere.example");
    back(&mut later, "work", &query).await;
    assert_eq!(step(&present(&mut later, &away).await), "done");
    assert_eq!(later.get("/api/v1/session").await.ok()["account"], ANA);
    world.check().await;
}

#[tokio::test]
async fn s51_s52_r06_r09_a_provider_that_does_not_speak_for_the_domain_proves_no_mailbox() {
    let (world, _, social) = world().await;
    let bob = "bob@home.example";
    let mut client = world.client();
    let chooser = continued(&world, &mut client, bob).await;
    let labels: Vec<&str> =
        chooser["actions"].as_array().unwrap().iter().filter_map(|action| action["label"].as_str()).collect();
    assert_eq!(labels, ["work account", "social account", "Code by e-mail"]);
    let away = choose(&mut client, &chooser, "social").await;
    // It calls the very address verified, and still the mailbox is asked.
    back(&mut client, "social", &social.sign_in(url(&away), "bob-7", bob)).await;
    let asked = present(&mut client, &away).await;
    assert_eq!(
        (step(&asked), asked["step"]["data"]["sent_to"].as_str()),
        ("email_code", Some("b•••@home.example"))
    );
    assert_eq!(identities(&world).await, [""; 0]);
    let code = world.code_for(bob).await;
    let consent = client.verify(&asked, &code).await.ok();
    assert_eq!(step(&client.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(identities(&world).await, ["social bob-7"]);
    // From then on the account is enough.
    let mut later = world.client();
    let entry = later.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = choose(&mut later, &entry, "social").await;
    back(&mut later, "social", &social.sign_in(url(&away), "bob-7", bob)).await;
    assert_eq!(step(&present(&mut later, &away).await), "done");
    world.check().await;
}

#[tokio::test]
async fn s52_r05_an_account_that_was_left_for_the_code_is_tied_to_nobody() {
    let (world, _, social) = world().await;
    let mut client = world.client();
    let chooser = continued(&world, &mut client, "bob@home.example").await;
    let away = choose(&mut client, &chooser, "social").await;
    back(&mut client, "social", &social.sign_in(url(&away), "somebody-else", "x@home.example")).await;
    let asked = present(&mut client, &away).await;
    // Not this account after all: back, and the code alone.
    let chooser = client.act(&asked, "back", json!({})).await.ok();
    let ready = choose(&mut client, &chooser, "email").await;
    let code = world.code_for("bob@home.example").await;
    let consent = client.verify(&ready, &code).await.ok();
    assert_eq!(step(&client.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(identities(&world).await, [""; 0]);
    world.check().await;
}

#[tokio::test]
async fn s50_the_same_subject_at_two_providers_is_two_people() {
    let (world, work, social) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    back(&mut ana, "work", &work.sign_in(url(&away), "1", ANA)).await;
    let consent = present(&mut ana, &away).await;
    ana.act(&consent, "accept", json!({})).await.ok();
    let mut other = world.client();
    let entry = other.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = choose(&mut other, &entry, "social").await;
    back(&mut other, "social", &social.sign_in(url(&away), "1", ANA)).await;
    // A code goes to Ana's mailbox; whoever came does not have it.
    assert_eq!(step(&present(&mut other, &away).await), "email_code");
    assert_eq!(other.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn t03_t04_an_account_of_somebody_else_is_the_wrong_account_and_leaves_the_invitation() {
    let (world, work, _) = world().await;
    let mut client = world.client();
    let away = continued(&world, &mut client, ANA).await;
    back(&mut client, "work", &work.sign_in(url(&away), "bob-1", BOB)).await;
    let wrong = present(&mut client, &away).await;
    assert_eq!((step(&wrong), &wrong["step"]["data"]["active"]), ("wrong_account", &json!(BOB)));
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"]);
    assert_eq!(identities(&world).await, [""; 0]);
}

#[tokio::test]
async fn s40_an_answer_of_another_issuer_is_refused_before_its_code_is_used() {
    let (world, work, social) = world().await;
    let wrong = |query: &str, change: &str| {
        let (head, _) = query.split_once("&iss=").unwrap();
        format!("{head}{change}")
    };
    let encoded = |issuer: &str| url::form_urlencoded::byte_serialize(issuer.as_bytes()).collect::<String>();
    for change in ["", "&iss=https%3A%2F%2Fevil.example", &format!("&iss={}", encoded(&social.issuer))] {
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let query = work.sign_in(url(&away), "ana-1", ANA);
        back(&mut ana, "work", &wrong(&query, change)).await;
        assert_eq!(message(&present(&mut ana, &away).await), "provider_failed", "{change}");
    }
    let reasons = world.rows("SELECT detail FROM audit WHERE action = 'federation.refused'").await;
    assert!(reasons.len() == 3 && reasons.iter().all(|reason| reason.contains("mix_up")), "{reasons:?}");
    // A parameter twice is no answer, and an answer at another provider's or organization's address is nobody's.
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let query = work.sign_in(url(&away), "ana-1", ANA);
    assert_eq!(back(&mut ana, "work", &format!("{query}&iss=x")).await.status, StatusCode::NOT_FOUND);
    back(&mut ana, "social", &query).await;
    ana.page(&format!("/federation/fabrikam/work/callback?{query}")).await;
    assert_eq!(step(&present(&mut ana, &away).await), "federate");
    back(&mut ana, "work", &query).await;
    assert_eq!(step(&present(&mut ana, &away).await), "consent");
}

#[tokio::test]
async fn s41_s42_s55_r10_r41_an_answer_counts_once_in_its_own_browser_and_flow_and_in_time() {
    let (world, work, _) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let query = work.sign_in(url(&away), "ana-1", ANA);
    // Another browser has not begun it, and does not use it up.
    let mut thief = world.client();
    let elsewhere = back(&mut thief, "work", &query).await;
    assert!(elsewhere.set_cookies().is_empty());
    assert_eq!(step(&present(&mut ana, &away).await), "federate");
    back(&mut ana, "work", &query).await;
    let consent = present(&mut ana, &away).await;
    assert_eq!(step(&consent), "consent");
    // Again, by Back or from a second tab: it stands where it stood.
    back(&mut ana, "work", &query).await;
    assert_eq!(present(&mut ana, &away).await, consent);
    // The answer of one flow in another one of the same browser.
    let first = continued(&world, &mut ana, BOB).await;
    let second = continued(&world, &mut ana, "cleo@partner.example").await;
    let state_of_second = url(&second).split("state=").nth(1).unwrap().split('&').next().unwrap().to_owned();
    let query = work.sign_in(url(&first), "bob-1", BOB);
    let swapped = query.replacen(query.split('&').next().unwrap(), &format!("state={state_of_second}"), 1);
    back(&mut ana, "work", &swapped).await;
    assert_eq!(message(&present(&mut ana, &second).await), "provider_failed");
    assert_eq!(step(&present(&mut ana, &first).await), "federate");
    // Too late.
    let query = work.sign_in(url(&first), "bob-1", BOB);
    world.advance(Duration::from_mins(11));
    back(&mut ana, "work", &query).await;
    assert_eq!(step(&present(&mut ana, &first).await), "federate");
    for made_up in ["", "state=x&code=y", &format!("state={}&code=y", "A".repeat(43))] {
        assert_eq!(back(&mut ana, "work", made_up).await.status, StatusCode::NOT_FOUND, "{made_up}");
    }
}

#[tokio::test]
async fn s53_r07_r08_a_provider_that_is_taken_away_counts_no_more_for_anybody() {
    let (world, work, _) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    let mut bob = world.client();
    let entry = bob.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let query = work.sign_in(url(&away), "ana-1", ANA);
    let off = work.entry("work", "\"partner.example\"") + "enabled = false\n";
    world.apply("contoso", &format!("{CONTOSO}{off}")).await;
    back(&mut ana, "work", &query).await;
    assert_eq!(step(&present(&mut ana, &away).await), "federate", "nothing came of it");
    let stands = present(&mut ana, &away).await;
    let cancelled = ana.act(&stands, "cancel", json!({})).await.ok();
    let offered = cancelled["step"]["data"]["providers"].as_array().unwrap();
    assert_eq!(offered.iter().map(|one| one["id"].as_str().unwrap()).collect::<Vec<_>>(), ["email"]);
    let refused = choose(&mut bob, &entry, "work").await;
    assert_eq!((step(&refused), message(&refused)), ("choose_provider", "provider_failed"));
}

#[tokio::test]
async fn s58_f06_errors_of_a_provider_are_told_plainly_and_leave_the_other_ways_open() {
    let (world, work, _) = world().await;
    let cases: [(&str, Option<Said>, &str); 5] = [
        ("error=access_denied&error_description=%3Cimg%20src%3Dx%3E%0d%0a", None, "provider_cancelled"),
        ("error=server_error", None, "provider_failed"),
        ("code=code-0", Some((500, "<h1>down</h1>")), "provider_failed"),
        (
            "code=code-0",
            Some((400, "{\"error\":\"invalid_grant\",\"error_description\":\"<img>\"}")),
            "provider_failed",
        ),
        ("code=code-0", Some((302, "")), "provider_failed"),
    ];
    for (what, answer, said) in cases {
        // So much later that it is tried again.
        world.advance(Duration::from_mins(3));
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let state = url(&away).split("state=").nth(1).unwrap().split('&').next().unwrap();
        work.told().answer = answer;
        let issuer: String = url::form_urlencoded::byte_serialize(work.issuer.as_bytes()).collect();
        back(&mut ana, "work", &format!("state={state}&{what}&iss={issuer}")).await;
        let chooser = present(&mut ana, &away).await;
        assert_eq!((step(&chooser), message(&chooser)), ("choose_provider", said), "{what}");
        assert!(
            !ana.page(&format!("/flow/{}", chooser["flow"]["id"].as_str().unwrap()))
                .await
                .text
                .contains("img")
        );
        assert_eq!(step(&choose(&mut ana, &chooser, "email").await), "email_code");
    }
}

#[tokio::test]
async fn s39_a_wrong_provider_is_refused_when_its_file_is_applied() {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    let cases: [(Change, &str, &str); 6] = [
        (|d| d["issuer"] = json!("https://evil.example"), "", "unexpected issuer"),
        (|d| drop(d.as_object_mut().unwrap().remove("token_endpoint")), "", "no token endpoint"),
        (|d| d["response_types_supported"] = json!(["id_token"]), "", "response type `code`"),
        (|d| d["id_token_signing_alg_values_supported"] = json!(["HS256"]), "", "no algorithm"),
        (|_| {}, "http://localhost:1", "localhost"),
        (|_| {}, "https://10.0.0.1", "federation.private_networks"),
    ];
    for (metadata, issuer, told) in cases {
        let provider = Provider::start().await;
        provider.told().metadata = metadata;
        let mut entry = provider.entry("work", "");
        if !issuer.is_empty() {
            entry = entry.replace(&provider.issuer, issuer);
        }
        let refused = apply::put(&world.app, "contoso", &format!("{CONTOSO}{entry}")).await;
        let said = format!("{:#}", refused.expect_err(told));
        assert!(said.contains(told) && said.contains("the provider work"), "{told}: {said}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM providers").await, 0);
}

#[tokio::test]
async fn s110_a_providers_secret_is_sealed_and_in_no_answer() {
    let (world, ..) = world().await;
    let stored = world.rows("SELECT settings FROM providers").await.join("");
    assert!(!stored.contains(SECRET) && stored.contains("sealed_secret"));
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    assert!(!away.to_string().contains(SECRET));
}

#[tokio::test]
async fn s47_journeys_are_limited_and_say_when() {
    let limited = format!("{LOCAL}[limits.start_per_ip]\nburst = 5\nper = \"1m\"\n");
    let world = World::with(&limited).await;
    let work = Provider::start().await;
    world.apply("contoso", &format!("{CONTOSO}{}", work.entry("work", ""))).await;
    let mut client = world.client();
    let mut at = client.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    for _ in 0..5 {
        at = choose(&mut client, &at, "work").await;
        at = client.act(&at, "cancel", json!({})).await.ok();
    }
    let refused = choose(&mut client, &at, "work").await;
    assert_eq!((step(&refused), message(&refused)), ("choose_provider", "too_many_attempts"));
    world.advance(Duration::from_mins(1));
    url(&choose(&mut client, &refused, "work").await);
}

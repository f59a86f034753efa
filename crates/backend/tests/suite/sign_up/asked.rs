//! How a connector that is asked takes part in a sign-up: what it is told, what it fills in and corrects, how it is
//! waited for. What each answer means is in `answers.rs`.

use axum::http::StatusCode;
use serde_json::{Value, json};
use tokio::sync::watch;

use super::connector::{asking, goes_on, refuses};
use super::{ZOE, agreed, filled, proven};
use crate::client::{Client, flow_path, message, step};
use crate::world::World;

/// Where somebody stands who fills in the form as usual, as far as there is one: step, and reason of a stop.
async fn walked(world: &World, client: &mut Client) -> (String, Value, Value) {
    let mut stands = agreed(world, client, ZOE).await;
    if step(&stands) == "attributes" {
        stands = client.act(&stands, "continue", filled()).await.ok();
    }
    (step(&stands).to_owned(), stands["step"]["data"]["reason"].clone(), stands)
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
    let (world, connector) =
        asking("before_creation", "", &[refuses("Wrong tier."), goes_on(&json!({}))]).await;
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
    for (point, next) in [("after_federation", "attributes"), ("before_creation", "done")] {
        let (world, connector) = asking(point, "", &[goes_on(&json!({}))]).await;
        let gate = connector.hold();
        let mut zoe = world.client();
        let (_, _, waits) = walked(&world, &mut zoe).await;
        assert_eq!(step(&waits), "checking", "{point}");
        // Everybody else comes in meanwhile, and whoever looks again sees the same, however old the page.
        let mut ana = world.client();
        assert_eq!(step(&proven(&world, &mut ana, "ana@supplier.example").await), "consent");
        let mut old = waits.clone();
        old["flow"]["rev"] = json!(0);
        let again = zoe.act(&old, "check", json!({})).await.ok();
        assert_eq!((&again["flow"], &again["step"]), (&waits["flow"], &waits["step"]));
        let page = zoe.page(&format!("/flow/{}", waits["flow"]["id"].as_str().unwrap())).await;
        assert!(
            page.text.contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>"),
            "{}",
            page.text
        );
        assert_eq!(connector.told().len(), 1, "asked once, whoever looks");
        gate.add_permits(1);
        let mut stands = waits.clone();
        while step(&stands) == "checking" {
            stands = zoe.act(&waits, "check", json!({})).await.ok();
        }
        assert_eq!(step(&stands), next);
        let is_in = zoe.get("/api/v1/session").await.status == StatusCode::OK;
        assert_eq!(is_in, next == "done");
        assert_eq!(connector.told().len(), 1);
        world.check().await;
    }
}

#[tokio::test]
async fn t22_it_is_asked_once_however_many_look_while_the_answer_comes() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    for number in 0..12 {
        let gate = connector.hold();
        let mut client = world.client();
        let form = agreed(&world, &mut client, &format!("s{number}@supplier.example")).await;
        let first = {
            let (mut tab, form) = (client.clone(), form.clone());
            tokio::spawn(async move { tab.act(&form, "continue", filled()).await })
        };
        connector.wait_for(number + 1).await;
        let looks = watch::Sender::new(0);
        let looking: Vec<_> = (0..32)
            .map(|_| {
                let (mut tab, form, looks) = (client.clone(), form.clone(), looks.clone());
                tokio::spawn(async move {
                    while step(&tab.act(&form, "check", json!({})).await.ok()) == "checking" {
                        looks.send_modify(|looks| *looks += 1);
                    }
                })
            })
            .collect();
        looks.subscribe().wait_for(|looks| *looks >= 64).await.unwrap();
        gate.add_permits(1);
        // Whoever asked a second time would wait for an answer that nobody gives.
        for one in looking {
            one.await.unwrap();
        }
        first.await.unwrap();
        assert_eq!(connector.told().len(), number + 1);
    }
    world.check().await;
}

#[tokio::test]
async fn s42_the_answer_counts_for_the_browser_that_waits_and_for_nobody_else() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    let gate = connector.hold();
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    let mut mallory = world.client();
    assert_eq!(mallory.act(&waits, "check", json!({})).await.status, StatusCode::FORBIDDEN);
    assert_eq!(mallory.get(&flow_path(&waits)).await.status, StatusCode::FORBIDDEN);
    gate.add_permits(1);
    while step(&zoe.get(&flow_path(&waits)).await.ok()) == "checking" {}
    assert_eq!(mallory.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(zoe.get("/api/v1/session").await.status, StatusCode::OK);
}

#[tokio::test]
async fn f11_who_waits_when_the_process_ends_is_asked_for_again_and_is_one_guest() {
    let (world, connector) = asking("before_creation", "", &[goes_on(&json!({}))]).await;
    // The call that was under way is gone with its process: its answer never comes.
    let _gate = connector.hold();
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&waits), "checking");
    connector.hold_no_more();
    let after = world.twin().await;
    let mut zoe = Client { service: after.service.clone(), ..zoe };
    assert_eq!(step(&zoe.act(&waits, "check", json!({})).await.ok()), "done");
    assert_eq!(after.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await, 1);
    assert_eq!(connector.told().len(), 2);
    after.check().await;
}

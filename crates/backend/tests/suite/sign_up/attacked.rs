//! What an attacker found out about sign-ups, and finds no more: shared budgets, hidden requests, requests that outlive
//! their reason, values that are not what they look like.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::flows::sign_up::decide::{Decided, Verdict, decide as decide_as};
use vestibule_domain::address::EmailAddress;
use vestibule_storage::{StoreError, users};

use super::approved::{asked, decide, deciding, look};
use super::{SUPPLIERS, ZOE, agreed, begin, file, filled, proven, world};
use crate::abroad::{back, present, url};
use crate::client::{Client, message, step};
use crate::people::{ANA, MIRA, TOM, invite, sign_in};
use crate::provider::Provider;
use crate::world::World;

const DESK: &str = "/desk/signups?organization=contoso";

fn with(more: &str) -> String {
    SUPPLIERS.replace("apps = ", &format!("{more}\napps = "))
}

async fn waiting_for_challenge(world: &World, caller: u16, address: &str) -> (Client, Value) {
    let mut client = world.client().from(caller);
    let entry = begin(&mut client).await;
    let challenge = client.act(&entry, "continue", json!({ "email": address })).await.ok();
    assert_eq!(step(&challenge), "challenge");
    (client, challenge)
}

#[tokio::test]
async fn t23_one_client_takes_two_of_the_places_for_those_who_wait_and_none_without_a_mail() {
    let world = world(&with("proof_of_work = 8")).await;
    let mut all = Vec::new();
    for number in 0..12 {
        all.push(waiting_for_challenge(&world, 1, &format!("e{number}@evil.example")).await);
    }
    all.push(waiting_for_challenge(&world, 2, ZOE).await);
    world.advance(Duration::from_secs(31));
    let mut said = Vec::new();
    for (client, challenge) in &mut all {
        said.push(step(&client.act(challenge, "continue", json!({})).await.ok()).to_owned());
    }
    assert_eq!(said.iter().filter(|step| *step == "email_code").count(), 3, "{said:?}");
    assert_eq!(said.last().map(String::as_str), Some("email_code"), "and the other one is not kept out");
    assert_eq!(world.mails().await.len(), 3);
}

#[tokio::test]
async fn t23_one_domain_or_client_takes_half_of_what_a_user_flow_makes_a_day() {
    for same_domain in [true, false] {
        let world = world(&with("guests_per_day = 6")).await;
        let mut ends = Vec::new();
        for number in 0..5_u16 {
            let mut client = world.client().from(if same_domain { number } else { 1 });
            let domain = if same_domain { "evil".to_owned() } else { format!("evil{number}") };
            let form = agreed(&world, &mut client, &format!("e{number}@{domain}.example")).await;
            ends.push(step(&client.act(&form, "continue", filled()).await.ok()).to_owned());
        }
        assert_eq!(ends, ["done", "done", "done", "blocked", "blocked"], "{same_domain}");
        let mut zoe = world.client().from(900);
        let form = agreed(&world, &mut zoe, ZOE).await;
        assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    }
}

#[tokio::test]
async fn a_request_is_seen_however_many_came_after_it_to_whichever_user_flow() {
    let approval = |who: &str| format!("approval = {{ approvers = [\"{who}\"] }}");
    let other = with(&approval("mira@contoso.example")).replace("suppliers", "others");
    let world = world(&format!("{}{other}", with(&approval("tom@contoso.example")))).await;
    asked(&world).await;
    // As if more had come since than anybody looks at.
    for flow in ["others", "suppliers"] {
        let copies = match flow {
            "others" => {
                "INSERT INTO sign_ups SELECT organization, id || n, 'others', n || address, n || address_key, \
             REPLACE(account, 'zoe@', 'c' || n || '@'), \
             attributes, locale, reference, agreed_at, agreed_name, state, asked_at + 1000, expires_at, decided_at, \
             decided_by, reason, user_id FROM sign_ups, (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c \
             WHERE n < 120) SELECT n FROM c) WHERE user_flow = 'suppliers'"
            }
            _ => {
                "INSERT INTO sign_ups SELECT organization, id || 'x' || n, user_flow, n || address, n || address_key, \
             REPLACE(account, 'zoe@', 'c' || n || '@'), \
             attributes, locale, reference, agreed_at, agreed_name, state, asked_at + 1000, expires_at, decided_at, \
             decided_by, reason, user_id FROM sign_ups, (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c \
             WHERE n < 120) SELECT n FROM c) WHERE user_flow = 'suppliers'"
            }
        };
        world.sql(copies).await;
    }
    for address in [TOM, MIRA] {
        let mut client = sign_in(&world, address).await;
        let page = client.page(DESK).await.text;
        assert!(page.contains(">zoe@supplier.example<"), "{address}: the oldest comes first");
        assert!(page.contains("More are waiting."), "{address}");
        assert_eq!(page.matches("value=\"approve\"").count(), 50, "{address}");
        assert!(page.len() < 300_000, "{}", page.len());
    }
}

#[tokio::test]
async fn s110_the_desk_shows_as_much_of_a_long_form_as_fits() {
    let ask = |n: usize| format!("{{ id = \"t{n}\", kind = \"long_text\", label = \"T\" }},");
    let asks = (0..20).map(ask).collect::<Vec<_>>().concat();
    let flow = format!(
        "[[user_flows]]\nid = \"suppliers\"\nname = \"S\"\napproval = {{ approvers = [\"tom@contoso.example\"] }}\n\
         attributes = [{asks}]\n"
    );
    let world = world(&flow).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let values: serde_json::Map<String, Value> =
        (0..20).map(|n| (format!("t{n}"), json!("&".repeat(990)))).collect();
    zoe.act(&form, "continue", Value::Object(values)).await.ok();
    let page = sign_in(&world, TOM).await.page(DESK).await.text;
    assert_eq!(page.matches("&amp;").count(), 4_000);
}

#[tokio::test]
async fn t23_mails_about_strangers_go_to_who_decides_now() {
    let world = deciding().await;
    world.sql("UPDATE users SET disabled_at = 1 WHERE address_key = 'tom@contoso.example'").await;
    asked(&world).await;
    assert!(world.mails_to(TOM).await.is_empty());
    let mails = world.mails_to(MIRA).await;
    assert!(mails[0].subject.contains("wants to join"), "administrators may decide, and so are told");
}

#[tokio::test]
async fn s103_a_decider_who_is_taken_away_with_the_press_on_the_way_decides_no_more() {
    let world = deciding().await;
    let (mut zoe, waits) = asked(&world).await;
    let tom = EmailAddress::parse(TOM).unwrap();
    let known = world.app.store.read::<_, StoreError, _>(|connection| {
        Box::pin(async move { users::find_by_address(connection, "contoso", &tom).await })
    });
    // As he was when his request came in.
    let user = known.await.unwrap().unwrap();
    world.sql("UPDATE users SET disabled_at = 1 WHERE address_key = 'tom@contoso.example'").await;
    let id = world.rows("SELECT id FROM sign_ups").await.remove(0);
    let verdict = Verdict { id, approve: true, reason: String::new() };
    assert_eq!(decide_as(&world.app, user, verdict).await.unwrap(), Decided::NotFound);
    assert_eq!(step(&look(&mut zoe, &waits).await), "pending_approval");
}

#[tokio::test]
async fn s53_an_approval_lets_nobody_in_whose_provider_counts_no_more() {
    let work = Provider::start().await;
    let flow = with("approval = { approvers = [\"tom@contoso.example\"] }");
    let provider = work.entry("work", "\"supplier.example\"");
    let world = world(&format!("{flow}{provider}")).await;
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let away = zoe.act(&entry, "choose", json!({ "provider": "work" })).await.ok();
    back(&mut zoe, "work", &work.sign_in(url(&away), "z-1", ZOE)).await;
    let consent = present(&mut zoe, &away).await;
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "pending_approval");
    let off = provider.replace("[[providers]]", "[[providers]]\nenabled = false");
    world.apply("contoso", &file(&format!("{flow}{off}"))).await;
    let answer = decide(&mut sign_in(&world, TOM).await, "approve", "").await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text.contains("cannot be let in"), "{}", answer.text);
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await, 0);
    world.check().await;
}

#[tokio::test]
async fn nobody_is_refused_who_is_in_by_another_way_meanwhile() {
    let approval = "approval = { approvers = [\"tom@contoso.example\"] }";
    let open = SUPPLIERS.replace("suppliers", "open");
    let world = world(&format!("{}{open}", with(approval))).await;
    let (_, waits) = asked(&world).await;
    let mut zoe = world.client();
    let entry =
        zoe.start(&json!({ "intent": "sign-up", "organization": "contoso", "user_flow": "open" })).await;
    let sent = zoe.act(&entry, "continue", json!({ "email": ZOE })).await.ok();
    let consent = zoe.verify(&sent, &world.code_for(ZOE).await).await.ok();
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    assert_eq!(step(&waits), "pending_approval");
    // And who is invited while waiting.
    let mut ana = world.client();
    let form = agreed(&world, &mut ana, ANA).await;
    assert_eq!(step(&ana.act(&form, "continue", filled()).await.ok()), "pending_approval");
    invite(&world, ANA).await;
    let redeemed = proven(&world, &mut ana, ANA).await;
    assert_eq!(step(&ana.act(&redeemed, "accept", json!({})).await.ok()), "done");
    assert_eq!(world.count("SELECT COUNT(*) FROM sign_ups WHERE state = 'waiting'").await, 0);
    let page = sign_in(&world, TOM).await.page(DESK).await.text;
    assert!(page.contains("Nobody waits."));
    world.check().await;
}

#[tokio::test]
async fn s118_what_a_decider_writes_is_what_is_seen_of_it() {
    let world = deciding().await;
    let (mut zoe, waits) = asked(&world).await;
    decide(&mut sign_in(&world, TOM).await, "refuse", "no \u{202e}gnp.exe\u{2066} \u{200b}\u{7}here").await;
    let stop = look(&mut zoe, &waits).await;
    assert_eq!((message(&stop), &stop["messages"][0]["text"]), ("said", &json!("no gnp[.]exe here")));
}

#[tokio::test]
async fn a_form_that_has_changed_is_shown_again_with_what_was_typed() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let more = SUPPLIERS
        .replace("{ id = \"country\" },", "{ id = \"country\" }, { id = \"city\", required = true },");
    world.apply("contoso", &file(&more)).await;
    let again = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!((step(&again), message(&again)), ("attributes", "moved_on"));
    assert_eq!(again["actions"][0]["fields"][0]["value"], "Zoë Ferreira");
    let mut values = filled();
    values["city"] = json!("Porto");
    assert_eq!(step(&zoe.act(&again, "continue", values).await.ok()), "done");
}

#[tokio::test]
async fn s104_an_organization_owns_a_hundred_addresses_without_its_name_and_no_more() {
    let world = world("").await;
    let flows = |from: u32, to: u32| -> String {
        let one = |n: u32| format!("[[user_flows]]\nid = \"name-{n}\"\nname = \"N\"\n");
        (from..to).map(one).collect::<Vec<_>>().concat()
    };
    for from in [0, 50, 100] {
        world.apply("contoso", &file(&flows(from, from + 50))).await;
    }
    assert_eq!(
        world.count("SELECT COUNT(*) FROM user_flow_owners WHERE organization = 'contoso'").await,
        100
    );
    let mut zoe = world.client();
    assert_eq!(zoe.page("/signup/name-120").await.status, StatusCode::NOT_FOUND);
    assert_eq!(zoe.page("/signup/name-120?organization=contoso").await.status, StatusCode::OK);
}

#[tokio::test]
async fn s110_a_wish_of_any_length_is_not_stored() {
    let world = world(SUPPLIERS).await;
    let long = format!("/apps?{}", "x".repeat(4_000));
    for intent in ["sign-up", "sign-in"] {
        let body = json!({ "intent": intent, "organization": "contoso", "user_flow": "suppliers", "return_to": long });
        world.client().start(&body).await;
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM flows WHERE LENGTH(state) > 4000").await, 0);
}

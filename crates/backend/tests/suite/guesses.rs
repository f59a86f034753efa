//! Guessing codes: bounded whatever the guesser does at once (S93, S94, T15, R11, R12).

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use crate::client::{Client, flow_path, message, step};
use crate::people::{ANA, MIRA, invite, open, sign_in, to_code};
use crate::world::{GENEROUS, World};

/// A limiter of attempts that leaves room for more than one code's five.
const NINE: &str = "[limits.attempts_per_address]\nburst = 9\nper = \"1h\"\n";

/// Guesses that were compared with a code so far.
async fn evaluated(world: &World) -> i64 {
    world.count("SELECT COALESCE(SUM(5 - attempts_left), 0) FROM codes").await
}

/// Guesses in parallel, as if the guesser foresaw every revision. Gives the codes of the answers' messages.
async fn guess(client: &Client, document: &Value, from: u64, guesses: u64) -> Vec<String> {
    let rev = document["flow"]["rev"].as_u64().unwrap();
    join_all((0..guesses).map(|number| {
        let (mut client, path) = (client.clone(), flow_path(document));
        let code = format!("{:08}", from + number);
        let body = json!({ "rev": rev + number, "action": "verify", "values": { "code": code } });
        async move { message(&client.post(&path, &body).await.json()).to_owned() }
    }))
    .await
}

#[tokio::test]
async fn s93_t15_parallel_guesses_evaluate_five() {
    let world = World::with(&format!("{GENEROUS}{NINE}")).await;
    let token = invite(&world, ANA).await;
    let mut client = world.client();
    let sent = to_code(&mut client, &token).await;
    let said = guess(&client, &sent, 0, 500).await;
    assert_eq!(said.iter().filter(|code| *code == "code_wrong").count(), 4, "{said:?}");
    assert_eq!(said.iter().filter(|code| *code == "code_used_up").count(), 496, "{said:?}");
    assert_eq!(evaluated(&world).await, 5);
}

#[tokio::test]
async fn s93_t15_the_right_code_is_not_looked_at_after_five_wrong_ones() {
    for (wrong, reached) in [(4, "consent"), (5, "email_code")] {
        let world = World::with(&format!("{GENEROUS}{NINE}")).await;
        let token = invite(&world, ANA).await;
        let mut client = world.client();
        let sent = to_code(&mut client, &token).await;
        let code = world.code_for(ANA).await;
        guess(&client, &sent, 1, wrong).await;
        let now = client.get(&flow_path(&sent)).await.ok();
        let next = client.verify(&now, &code).await.ok();
        assert_eq!(step(&next), reached, "after {wrong}: {next}");
    }
}

#[tokio::test]
async fn s93_guesses_of_one_revision_evaluate_one() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut client = world.client();
    let sent = to_code(&mut client, &token).await;
    let statuses = join_all((0..500).map(|number| {
        let (mut client, sent) = (client.clone(), sent.clone());
        async move { client.verify(&sent, &format!("{number:08}")).await.status.as_u16() }
    }))
    .await;
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1);
    assert_eq!(statuses.iter().filter(|status| **status == 409).count(), 499);
    assert_eq!(world.count("SELECT MIN(attempts_left) FROM codes WHERE state = 'active'").await, 4);
}

#[tokio::test]
async fn s93_r12_guesses_over_many_flows_share_the_budget_of_the_address() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let before = evaluated(&world).await;
    let mut flows = Vec::new();
    for caller in 0..20 {
        let mut client = world.client().from(caller);
        let sent = to_code(&mut client, &token).await;
        flows.push((client, sent));
    }
    let said = join_all(flows.iter().map(|(client, sent)| guess(client, sent, 1, 25))).await;
    let said: Vec<String> = said.into_iter().flatten().collect();
    assert_eq!(said.len(), 500);
    assert_eq!(evaluated(&world).await - before, 5, "the burst of the address, over all flows");
    assert!(said.iter().any(|code| code == "too_many_attempts"));
}

#[tokio::test]
async fn s93_no_hour_has_more_than_ten_guesses_at_an_address() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut totals = vec![evaluated(&world).await];
    // Two hours of a guesser who comes back every five minutes with a new flow and a new code.
    for caller in 0..24 {
        let mut client = world.client().from(caller);
        let sent = to_code(&mut client, &token).await;
        guess(&client, &sent, 1, 12).await;
        totals.push(evaluated(&world).await);
        world.advance(Duration::from_mins(5));
    }
    for hour in totals.windows(13) {
        assert!(hour[12] - hour[0] <= 10, "{totals:?}");
    }
    assert!(totals[24] - totals[0] >= 10, "the guesser was let try: {totals:?}");
}

#[tokio::test]
async fn s94_r13_every_path_to_a_code_spends_one_budget() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut first = world.client();
    let sent = to_code(&mut first, &token).await;
    guess(&first, &sent, 1, 5).await;

    // To redeem, by script.
    let mut again = world.client().from(7);
    let sent = to_code(&mut again, &token).await;
    let refused = again.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(message(&refused), "too_many_attempts", "{refused}");
    // To sign in.
    let mut entry = world.client().from(8);
    let document = entry.start(&json!({ "intent": "sign-in" })).await;
    let sent = entry.act(&document, "continue", json!({ "email": "ANA@partner.example" })).await.ok();
    let refused = entry.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(message(&refused), "too_many_attempts");
    // To decline.
    let mut decliner = world.client().from(9);
    let document = open(&mut decliner, &token).await;
    let blocked = decliner.act(&document, "decline", json!({})).await.ok();
    let sent = decliner.act(&blocked, "decline_with_code", json!({})).await.ok();
    let refused = decliner.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(message(&refused), "too_many_attempts");
    // By a form without script.
    let id = sent["flow"]["id"].as_str().unwrap();
    let page = decliner.page(&format!("/flow/{id}")).await;
    let (csrf, rev) = (page.hidden("csrf"), page.hidden("rev"));
    let code = world.code_for(ANA).await;
    let fields = [("csrf", csrf.as_str()), ("rev", &rev), ("action", "verify"), ("code", &code)];
    assert_eq!(decliner.form(&format!("/flow/{id}"), &fields).await.status, 303);
    let now = decliner.get(&flow_path(&sent)).await.ok();
    assert_eq!((step(&now), message(&now)), ("email_code", "too_many_attempts"));
}

#[tokio::test]
async fn s93_a_stranger_slows_somebody_down_and_never_locks_them_out() {
    let world = World::with(GENEROUS).await;
    let mut stranger = world.client().from(1);
    let document = stranger.start(&json!({ "intent": "sign-in" })).await;
    let sent = stranger.act(&document, "continue", json!({ "email": MIRA })).await.ok();
    guess(&stranger, &sent, 1, 50).await;
    world.advance(Duration::from_mins(12));
    sign_in(&world, MIRA).await;
}

#[tokio::test]
async fn s93_a_hundred_failures_in_a_row_begin_a_cool_down() {
    let world =
        World::with(&format!("{GENEROUS}[limits.consecutive_failures]\nlimit = 6\ncool_down = \"3h\"\n"))
            .await;
    let token = invite(&world, ANA).await;
    for caller in 0..2 {
        let mut client = world.client().from(caller);
        let sent = to_code(&mut client, &token).await;
        guess(&client, &sent, 1, 5).await;
        world.advance(Duration::from_hours(1));
    }
    let mut client = world.client();
    let sent = to_code(&mut client, &token).await;
    let refused = client.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(
        message(&refused),
        "too_many_attempts",
        "an hour refilled the budget, the streak still cools down"
    );
    world.advance(Duration::from_mins(121));
    let mut client = world.client();
    let sent = to_code(&mut client, &token).await;
    let through = client.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(step(&through), "consent");
}

#[tokio::test]
async fn p5_wrong_codes_are_written_down_and_right_ones_are_not_among_them() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let sent = to_code(&mut ana, &token).await;
    let code = world.code_for(ANA).await;
    let wrong = ana.verify(&sent, "00000000").await.ok();
    let malformed = ana.verify(&wrong, "12").await;
    assert_eq!(malformed.status.as_u16(), 422);
    ana.verify(&wrong, &code).await.ok();
    let written =
        "SELECT organization || ' ' || actor || ' ' || detail FROM audit WHERE action = 'code.refused'";
    assert_eq!(world.rows(written).await, ["contoso anonymous {\"address\":\"a•••@partner.example\"}"]);
    world.check().await;
}

//! Whoever signs up could guess at what a connector knows; the questions about an account, and those of a client, have a
//! budget.

use std::time::Duration;

use serde_json::{Value, json};

use super::connector::{Says, asking, blocks, goes_on, refuses};
use super::{ZOE, agreed, begin, filled};
use crate::client::{Client, flow_path, step};
use crate::people::{INES, with_session};
use crate::world::World;

/// Questions about one account.
const ABOUT_ONE: usize = 20;
/// Questions of one client.
const OF_ONE: usize = 60;

/// Guesses so often, and stands at the form again.
async fn guess(client: &mut Client, mut form: Value, times: usize) -> Value {
    for number in 0..times {
        assert_eq!(step(&form), "attributes", "guess {number}: {form}");
        form = client.act(&form, "continue", filled()).await.ok();
    }
    form
}

/// From the beginning to where the form leads.
async fn agreed_and_sent(world: &World, client: &mut Client, address: &str) -> Value {
    let form = agreed(world, client, address).await;
    client.act(&form, "continue", filled()).await.ok()
}

fn is_too_much(stands: &Value) {
    let seen = (step(stands), &stands["step"]["data"]["reason"]);
    assert_eq!(seen, ("blocked", &json!("too_many_attempts")), "{stands}");
}

async fn guests(world: &World) -> i64 {
    world.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await
}

#[tokio::test]
async fn t22_guesses_about_one_account_have_a_budget_wherever_they_come_from() {
    let (world, connector) = asking("before_creation", "", &[refuses("Wrong tier.")]).await;
    let (mut one, mut other) = (world.client().from(1), world.client().from(2));
    let form = agreed(&world, &mut one, ZOE).await;
    let form = guess(&mut one, form, ABOUT_ONE - 5).await;
    // The same account in another browser, from somewhere else, is no account more.
    let fresh = agreed(&world, &mut other, ZOE).await;
    let fresh = guess(&mut other, fresh, 5).await;
    is_too_much(&one.act(&form, "continue", filled()).await.ok());
    is_too_much(&other.act(&fresh, "continue", filled()).await.ok());
    let stopped = agreed_and_sent(&world, &mut one, ZOE).await;
    is_too_much(&stopped);
    assert_eq!((connector.told().len(), guests(&world).await), (ABOUT_ONE, 0), "it was not asked");
    // What she did is nothing to others.
    connector.tell(&[goes_on(&json!({})).into()]);
    let mut yan = world.client().from(3);
    assert_eq!(step(&agreed_and_sent(&world, &mut yan, "yan@supplier.example").await), "done");
    // And she may again, once for each three minutes, with nothing to be typed anew.
    is_too_much(&one.act(&stopped, "restart", json!({})).await.ok());
    world.advance(Duration::from_mins(3));
    let stopped = one.get(&flow_path(&stopped)).await.ok();
    assert_eq!(step(&one.act(&stopped, "restart", json!({})).await.ok()), "done");
    assert_eq!(connector.told().len(), ABOUT_ONE + 2);
    world.check().await;
}

#[tokio::test]
async fn t22_who_is_turned_away_cannot_ask_again_without_end_by_beginning_anew() {
    let blocked: Says = blocks("Not you.").into();
    let (world, connector) = asking("after_federation", "", &[blocked]).await;
    // Signed in elsewhere, she needs no code to begin.
    let mut ines = with_session(&world, INES).await;
    for number in 0..ABOUT_ONE + 2 {
        let consent = begin(&mut ines).await;
        let stop = ines.act(&consent, "accept", json!({})).await.ok();
        if number < ABOUT_ONE {
            assert_eq!(stop["step"]["data"]["reason"], "sign_up_refused", "{number}: {stop}");
        } else {
            is_too_much(&stop);
        }
    }
    assert_eq!(connector.told().len(), ABOUT_ONE);
}

#[tokio::test]
async fn t22_guesses_of_one_client_have_a_budget_for_all_its_accounts_and_others_are_asked() {
    let (world, connector) = asking("before_creation", "", &[refuses("Wrong tier.")]).await;
    for account in 0..OF_ONE / ABOUT_ONE {
        let mut client = world.client().from(1);
        let form = agreed(&world, &mut client, &format!("s{account}@supplier.example")).await;
        guess(&mut client, form, ABOUT_ONE).await;
    }
    assert_eq!(connector.told().len(), OF_ONE);
    connector.tell(&[goes_on(&json!({})).into()]);
    let mut here = world.client().from(1);
    is_too_much(&agreed_and_sent(&world, &mut here, ZOE).await);
    assert_eq!(connector.told().len(), OF_ONE, "it was not asked");
    let mut elsewhere = world.client().from(2);
    assert_eq!(step(&agreed_and_sent(&world, &mut elsewhere, "yan@supplier.example").await), "done");
    world.advance(Duration::from_mins(1));
    assert_eq!(step(&agreed_and_sent(&world, &mut here, ZOE).await), "done");
    assert_eq!(guests(&world).await, 2);
    world.check().await;
}

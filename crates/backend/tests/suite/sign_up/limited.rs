//! Mails and guesses of a sign-up come out of the same budgets as everybody's (S94, S96).

use serde_json::{Value, json};

use super::{SUPPLIERS, ZOE, begin, file};
use crate::client::{Client, message, step};
use crate::world::{GENEROUS, World};

async fn strict(more: &str) -> World {
    let world = World::with(more).await;
    world.apply("contoso", &file(SUPPLIERS)).await;
    world
}

async fn sign_in(client: &mut Client, address: &str) -> Value {
    let entry = client.start(&json!({ "intent": "sign-in" })).await;
    client.act(&entry, "continue", json!({ "email": address })).await.ok()
}

async fn sign_up(client: &mut Client, address: &str) -> Value {
    let entry = begin(client).await;
    client.act(&entry, "continue", json!({ "email": address })).await.ok()
}

#[tokio::test]
async fn s96_a_sign_up_and_a_sign_in_send_out_of_one_budget() {
    let world = strict("").await;
    for caller in 0..10 {
        sign_up(&mut world.client().from(caller), ZOE).await;
        sign_in(&mut world.client().from(100 + caller), ZOE).await;
    }
    assert_eq!(
        world.mails_to(ZOE).await.len(),
        2,
        "of three; the one of a sign-in, where nobody is Zoe, is held back"
    );
    let mut caller = world.client().from(7_000);
    for number in 0..3 {
        assert_eq!(message(&sign_up(&mut caller, &format!("a{number}@supplier.example")).await), "code_sent");
    }
    for number in 0..2 {
        assert_eq!(message(&sign_in(&mut caller, &format!("b{number}@supplier.example")).await), "code_sent");
    }
    assert_eq!(
        message(&sign_up(&mut caller, "c@supplier.example").await),
        "send_limited",
        "five of one caller"
    );
}

#[tokio::test]
async fn s94_a_sign_up_and_a_sign_in_are_guessed_at_out_of_one_budget() {
    let world = strict(GENEROUS).await;
    for caller in 0..2 {
        let mut guesser = world.client().from(caller);
        let sent = sign_up(&mut guesser, ZOE).await;
        let mut at = sent;
        for _ in 0..5 {
            at = guesser.act(&at, "verify", json!({ "code": "00000000" })).await.ok();
        }
    }
    let mut zoe = world.client().from(7);
    let sent = sign_up(&mut zoe, ZOE).await;
    assert_eq!(step(&sent), "email_code");
    let refused = zoe.verify(&sent, &world.code_for(ZOE).await).await.ok();
    assert_eq!((step(&refused), message(&refused)), ("email_code", "too_many_attempts"));
    let mut again = world.client().from(8);
    let sent = sign_in(&mut again, ZOE).await;
    let refused = again.act(&sent, "verify", json!({ "code": "00000000" })).await.ok();
    assert_eq!(message(&refused), "too_many_attempts", "there as well");
}

//! Requests that nobody decides about: whoever waits is told, can ask again, and nothing of it is kept for ever.

use std::time::Duration;

use serde_json::{Value, json};
use vestibule_backend::server::sweep_once;

use super::approved::{asked, decide, deciding, look};
use super::{SUPPLIERS, ZOE, agreed, filled, proven, world};
use crate::client::step;
use crate::people::{TOM, sign_in};
use crate::world::World;

const HALF_AN_HOUR: Duration = Duration::from_mins(30);
const ALMOST_A_WEEK: Duration = Duration::from_mins(7 * 24 * 60 - 30);
const DAY: Duration = Duration::from_hours(24);

async fn sweep(world: &World) {
    sweep_once(&world.app, world.app.now()).await.unwrap();
}

async fn subjects(world: &World, address: &str) -> Vec<String> {
    let mails = world.mails_to(address).await;
    mails.into_iter().map(|mail| mail.subject).filter(|subject| !subject.contains("code")).collect()
}

#[tokio::test]
async fn who_waited_in_vain_is_told_once_and_may_ask_again() {
    let world = deciding().await;
    asked(&world).await;
    world.advance(ALMOST_A_WEEK);
    let mut zoe = world.client();
    let waits = proven(&world, &mut zoe, ZOE).await;
    assert_eq!(step(&waits), "pending_approval");
    sweep(&world).await;
    assert_eq!(subjects(&world, ZOE).await, [""; 0], "it is not too late");
    world.advance(HALF_AN_HOUR);
    let stop = look(&mut zoe, &waits).await;
    assert_eq!((step(&stop), &stop["step"]["data"]["reason"]), ("blocked", &json!("sign_up_unanswered")));
    for _ in 0..2 {
        sweep(&world).await;
    }
    assert_eq!(subjects(&world, ZOE).await, ["Contoso Research has not answered you"]);
    let mail = world.mails_to(ZOE).await.into_iter().find(|mail| mail.subject.contains("not answered"));
    assert!(mail.unwrap().text.contains("/signup/suppliers?organization=contoso"));
    let consent = zoe.act(&stop, "restart", json!({})).await.ok();
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(form["actions"][0]["fields"][0]["value"], "Zoë Ferreira", "nothing has to be typed again");
    let again = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&again), "pending_approval", "{again}");
    assert_eq!(subjects(&world, TOM).await.len(), 2);
    decide(&mut sign_in(&world, TOM).await, "approve", "").await;
    assert_eq!(step(&look(&mut zoe, &again).await), "done");
    world.check().await;
}

#[tokio::test]
async fn what_was_filled_in_is_forgotten_after_ninety_days() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    zoe.act(&form, "continue", filled()).await.ok();
    let kept = "SELECT attributes FROM sign_ups";
    world.advance(DAY * 89);
    sweep(&world).await;
    let values: Value = serde_json::from_str(&world.rows(kept).await[0]).unwrap();
    assert_eq!(values["displayName"], "Zoë Ferreira");
    world.advance(DAY * 2);
    sweep(&world).await;
    assert_eq!(world.rows(kept).await, ["{}"], "that she came by this user flow is known, and no more");
    assert_eq!(world.rows("SELECT value FROM user_attributes WHERE name = 'country'").await, ["PT"], "hers");
    world.check().await;
}

#[tokio::test]
async fn of_who_did_not_get_in_nothing_is_left_after_ninety_days() {
    let world = deciding().await;
    asked(&world).await;
    decide(&mut sign_in(&world, TOM).await, "refuse", "no").await;
    for (days, left) in [(89, 1), (2, 0)] {
        world.advance(DAY * days);
        sweep(&world).await;
        assert_eq!(world.count("SELECT COUNT(*) FROM sign_ups").await, left);
    }
    world.check().await;
}

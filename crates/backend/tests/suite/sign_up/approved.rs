//! Sign-ups that somebody decides about.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use super::{SUPPLIERS, ZOE, agreed, filled, proven, world};
use crate::client::{Answer, Client, message, step};
use crate::people::{INES, MIRA, TOM, sign_in};
use crate::world::World;

const DESK: &str = "/desk/signups?organization=contoso";

/// A world in which Tom decides; Mira may, as an administrator.
pub(super) async fn deciding() -> World {
    let approval = "approval = { approvers = [\"tom@contoso.example\"], days = 7 }\napps = ";
    world(&SUPPLIERS.replace("apps = ", approval)).await
}

/// Zoe, who has asked.
pub(super) async fn asked(world: &World) -> (Client, Value) {
    let mut zoe = world.client();
    let form = agreed(world, &mut zoe, ZOE).await;
    let waits = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&waits), "pending_approval", "{waits}");
    (zoe, waits)
}

pub(super) async fn look(client: &mut Client, waits: &Value) -> Value {
    client.act(waits, "check", json!({})).await.ok()
}

pub(super) async fn decide(client: &mut Client, action: &str, reason: &str) -> Answer {
    let page = client.page(DESK).await;
    let (csrf, id) = (page.hidden("csrf"), page.hidden("id"));
    client.form(DESK, &[("csrf", &csrf), ("id", &id), ("action", action), ("reason", reason)]).await
}

async fn guests(world: &World) -> i64 {
    world.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await
}

#[tokio::test]
async fn who_is_approved_is_a_guest_with_what_was_filled_in_and_reads_so() {
    let world = deciding().await;
    let (mut zoe, waits) = asked(&world).await;
    assert_eq!(waits["step"]["data"]["account"], ZOE);
    assert_eq!(guests(&world).await, 0);
    let mails = world.mails_to(TOM).await;
    assert_eq!(mails[0].subject, "zoe@supplier.example wants to join Contoso Research");
    assert!(
        mails[0].text.contains("/desk/signups?organization=contoso") && !mails[0].text.contains("Ferreira")
    );
    // Looking changes nothing.
    assert_eq!(look(&mut zoe, &waits).await, waits);
    let mut tom = sign_in(&world, TOM).await;
    let page = tom.page(DESK).await.text;
    for shown in [
        ZOE,
        "Supplier sign-up",
        "Zoë Ferreira",
        "Tier",
        "Silver",
        "Portugal",
        waits["step"]["data"]["reference"].as_str().unwrap(),
    ] {
        assert!(page.contains(shown), "{shown}: {page}");
    }
    let done = decide(&mut tom, "approve", "Welcome! https://evil.example").await;
    assert!(done.status == StatusCode::OK && done.text.contains("The person gets a mail"), "{}", done.text);
    assert_eq!(guests(&world).await, 1);
    let told = world.mails_to(ZOE).await;
    let told = told.iter().find(|mail| mail.subject == "You are in at Contoso Research").unwrap();
    assert!(told.text.contains("Welcome!") && !told.text.contains("https://evil"), "{}", told.text);
    let end = look(&mut zoe, &waits).await;
    assert_eq!((step(&end), zoe.get("/api/v1/session").await.status), ("done", StatusCode::OK));
    let apps = zoe.get("/api/v1/me/apps?organization=contoso").await.ok();
    assert_eq!(apps["items"][0]["id"], "wiki");
    let audit = world.rows("SELECT action FROM audit WHERE action LIKE 'sign_up.%' ORDER BY sequence").await;
    assert_eq!(audit, ["sign_up.asked", "sign_up.approved"]);
    world.check().await;
}

#[tokio::test]
async fn who_is_refused_reads_why_and_may_ask_again_after_a_month() {
    let world = deciding().await;
    let (mut zoe, waits) = asked(&world).await;
    let mut tom = sign_in(&world, TOM).await;
    decide(&mut tom, "refuse", "Partners of the project only.").await;
    let stop = look(&mut zoe, &waits).await;
    assert_eq!((step(&stop), &stop["step"]["data"]["reason"]), ("blocked", &json!("sign_up_refused")));
    assert_eq!(
        (message(&stop), &stop["messages"][0]["text"]),
        ("said", &json!("Partners of the project only."))
    );
    assert!(
        world.mails_to(ZOE).await.iter().any(|mail| mail.subject == "Contoso Research did not let you in")
    );
    // Another day the same, and nobody is bothered again; after a month they may be.
    for (days, expected) in [(1, "blocked"), (30, "consent")] {
        world.advance(Duration::from_hours(24 * days));
        assert_eq!(step(&proven(&world, &mut world.client(), ZOE).await), expected, "{days}");
    }
    assert_eq!(
        world.mails_to(TOM).await.iter().filter(|mail| mail.subject.contains("wants to join")).count(),
        1
    );
    assert_eq!(guests(&world).await, 0);
    world.check().await;
}

#[tokio::test]
async fn who_left_comes_back_by_the_same_address_and_is_asked_for_once() {
    let world = deciding().await;
    let (_, waits) = asked(&world).await;
    let mut elsewhere = world.client();
    let again = proven(&world, &mut elsewhere, ZOE).await;
    assert_eq!((step(&again), &again["step"]["data"]), ("pending_approval", &waits["step"]["data"]));
    assert_eq!(world.mails_to(TOM).await.len(), 1);
    // And in whichever browser that is, the decision lets in.
    let mut tom = sign_in(&world, TOM).await;
    decide(&mut tom, "approve", "").await;
    assert_eq!(step(&look(&mut elsewhere, &again).await), "done");
    assert_eq!(step(&proven(&world, &mut world.client(), ZOE).await), "done");
    assert_eq!(guests(&world).await, 1);
    world.check().await;
}

#[tokio::test]
async fn t14_of_two_who_decide_one_does_and_nobody_after_its_time() {
    let world = deciding().await;
    asked(&world).await;
    let (mut tom, mut mira) = (sign_in(&world, TOM).await, sign_in(&world, MIRA).await);
    let (toms, miras) = (tom.page(DESK).await, mira.page(DESK).await);
    let fields = |page: &Answer, action: &str| {
        [("csrf", page.hidden("csrf")), ("id", page.hidden("id")), ("action", action.to_owned())]
    };
    let (one, other) = (fields(&toms, "approve"), fields(&miras, "refuse"));
    let text = |fields: &[(&'static str, String); 3]| fields.clone().map(|(name, value)| (name, value));
    let (one, other) = (text(&one), text(&other));
    let one: Vec<(&str, &str)> = one.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let other: Vec<(&str, &str)> = other.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let (first, second) = tokio::join!(tom.form(DESK, &one), mira.form(DESK, &other));
    let mut seen = [first.status, second.status];
    seen.sort();
    assert_eq!(seen, [StatusCode::OK, StatusCode::CONFLICT]);
    let audit =
        world.rows("SELECT action FROM audit WHERE action IN ('sign_up.approved', 'sign_up.refused')").await;
    assert_eq!(audit.len(), 1);
    world.check().await;

    let world = deciding().await;
    asked(&world).await;
    let mut tom = sign_in(&world, TOM).await;
    let page = tom.page(DESK).await;
    world.advance(Duration::from_hours(24 * 7));
    let mut tom = sign_in(&world, TOM).await;
    let csrf = tom.page(DESK).await.hidden("csrf");
    let late = tom.form(DESK, &[("csrf", &csrf), ("id", &page.hidden("id")), ("action", "approve")]).await;
    assert_eq!((late.status, guests(&world).await), (StatusCode::CONFLICT, 0));
    assert!(late.text.contains("nobody decided in time"), "{}", late.text);
    assert_eq!(step(&proven(&world, &mut world.client(), ZOE).await), "consent", "it can be asked again");
}

#[tokio::test]
async fn s103_nobody_decides_who_was_not_named() {
    let world = deciding().await;
    asked(&world).await;
    let mut tom = sign_in(&world, TOM).await;
    let id = tom.page(DESK).await.hidden("id");
    // Somebody else is named from now on: Tom sees nothing more, and decides nothing.
    let other = "approval = { approvers = [\"mira@contoso.example\"] }\napps = ";
    world.apply("contoso", &super::file(&SUPPLIERS.replace("apps = ", other))).await;
    assert_eq!(tom.page(DESK).await.status, StatusCode::FORBIDDEN);
    let mut ines = sign_in(&world, INES).await;
    let fabrikam = "/desk/signups?organization=fabrikam";
    for (client, path) in [(&mut tom, DESK), (&mut ines, fabrikam)] {
        let csrf = client.page("/apps").await.hidden("csrf");
        let answer = client.form(path, &[("csrf", &csrf), ("id", &id), ("action", "approve")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
    assert_eq!(ines.page(DESK).await.status, StatusCode::NOT_FOUND, "another organization");
    assert_eq!(world.client().page(DESK).await.status, StatusCode::SEE_OTHER);
    assert_eq!(guests(&world).await, 0);
}

#[tokio::test]
async fn who_was_kept_out_meanwhile_is_not_let_in_by_an_approval() {
    let world = deciding().await;
    asked(&world).await;
    let mut mira = sign_in(&world, MIRA).await;
    let approval = "approval = { approvers = [\"tom@contoso.example\"], days = 7 }\napps = ";
    let denied = super::file(&SUPPLIERS.replace("apps = ", approval)).replace(
        "[brand]",
        "[settings.domains]\nkind = \"deny\"\ndomains = [\"supplier.example\"]\n\n[brand]",
    );
    world.apply("contoso", &denied).await;
    let answer = decide(&mut mira, "approve", "").await;
    assert!(
        answer.status == StatusCode::CONFLICT && answer.text.contains("cannot be let in"),
        "{}",
        answer.text
    );
    assert_eq!(guests(&world).await, 0);
    world.check().await;
}

#[tokio::test]
async fn s71_where_a_walk_ran_out_it_begins_again_at_its_own_address() {
    let world = deciding().await;
    let (mut zoe, waits) = asked(&world).await;
    world.advance(Duration::from_hours(2));
    let over = zoe.act(&waits, "check", json!({})).await;
    assert_eq!(over.status, StatusCode::GONE);
    assert_eq!(over.json()["links"]["restart"], "/signup/suppliers?organization=contoso");
}

#[tokio::test]
async fn t23_strangers_with_many_mailboxes_wear_out_nobody_who_decides() {
    let approval = "guests_per_day = 2\napproval = { approvers = [\"tom@contoso.example\"] }\napps = ";
    let world = world(&SUPPLIERS.replace("apps = ", approval)).await;
    let mut ends = Vec::new();
    for number in 0..3 {
        let (mut client, address) = (world.client(), format!("s{number}@supplier.example"));
        let form = agreed(&world, &mut client, &address).await;
        ends.push(step(&client.act(&form, "continue", filled()).await.ok()).to_owned());
    }
    assert_eq!(ends, ["pending_approval", "pending_approval", "blocked"]);
    assert_eq!(world.mails_to(TOM).await.len(), 2);
}

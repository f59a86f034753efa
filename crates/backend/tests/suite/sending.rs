//! How many mails can be caused, and by whom (S96, T23).

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{Client, message, step};
use crate::people::{ANA, INVITATIONS, MIRA, invite, least, open, program, with_session};
use crate::world::World;
use vestibule_backend::routes::graph::caller::SCOPE_INVITE;

/// Asks for a code to sign in, in a flow of its own.
async fn ask(client: &mut Client, address: &str) -> Value {
    let document = client.start(&json!({ "intent": "sign-in" })).await;
    client.act(&document, "continue", json!({ "email": address })).await.ok()
}

#[tokio::test]
async fn s96_one_address_from_many_callers_gets_three_and_then_one_an_hour() {
    let world = World::new().await;
    for caller in 0..20 {
        ask(&mut world.client().from(caller), MIRA).await;
    }
    assert_eq!(world.mails_to(MIRA).await.len(), 3);
    for hour in 1..=3 {
        world.advance(Duration::from_hours(1));
        for caller in 0..5 {
            ask(&mut world.client().from(caller), MIRA).await;
        }
        assert_eq!(world.mails_to(MIRA).await.len(), 3 + hour);
    }
}

#[tokio::test]
async fn s96_one_caller_asks_for_five_and_then_one_a_minute() {
    let world = World::new().await;
    let mut limited = 0;
    for number in 0..12 {
        let sent = ask(&mut world.client(), &format!("x{number}@partner.example")).await;
        limited += usize::from(message(&sent) == "send_limited");
        assert_eq!(step(&sent), "email_code");
    }
    assert_eq!(limited, 7);
    world.advance(Duration::from_mins(1));
    assert_eq!(message(&ask(&mut world.client(), "y@partner.example").await), "code_sent");
    assert_eq!(message(&ask(&mut world.client(), "z@partner.example").await), "send_limited");
    // Others are not held up.
    assert_eq!(message(&ask(&mut world.client().from(1), "z@partner.example").await), "code_sent");
}

#[tokio::test]
async fn s96_one_flow_asks_for_two_and_then_one_in_five_minutes() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let mut at = open(&mut ana, &token).await;
    at = ana.act(&at, "continue", json!({})).await.ok();
    for (wait, said) in
        [(10, "send_limited"), (21, "code_resent"), (31, "send_limited"), (250, "code_resent")]
    {
        world.advance(Duration::from_secs(wait));
        at = ana.act(&at, "resend", json!({})).await.ok();
        assert_eq!(message(&at), said, "after {wait} more seconds: {at}");
    }
    let codes = world.mails_to(ANA).await.len() - 1;
    assert_eq!(codes, 3);
}

#[tokio::test]
async fn s96_a_limit_says_when_it_ends_and_keeps_the_code_that_is_under_way() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let sent = ana.act(&document, "continue", json!({})).await.ok();
    let code = world.code_for(ANA).await;
    let early = ana.act(&sent, "resend", json!({})).await.ok();
    assert_eq!(message(&early), "send_limited");
    assert_eq!(early["messages"][0]["params"]["retry_at"], "2026-11-20T10:00:30Z");
    assert_eq!(step(&ana.verify(&early, &code).await.ok()), "consent");
}

#[tokio::test]
async fn s96_starts_are_limited_and_say_when() {
    let world = World::new().await;
    let mut client = world.client();
    let mut answer = client.post("/api/v1/flows", &json!({ "intent": "sign-in" })).await;
    for _ in 0..30 {
        answer = client.post("/api/v1/flows", &json!({ "intent": "sign-in" })).await;
    }
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::TOO_MANY_REQUESTS, "rate_limited"));
    assert_eq!(answer.header("retry-after"), Some("2"));
    world.advance(Duration::from_secs(2));
    client.start(&json!({ "intent": "sign-in" })).await;
}

#[tokio::test]
async fn t23_fifty_inviters_and_two_organizations_cannot_flood_one_recipient() {
    let world = World::new().await;
    for number in 0..50 {
        let organization = if number % 2 == 0 { "contoso" } else { "fabrikam" };
        let mut inviter = program(&world, organization, &[SCOPE_INVITE]).await;
        let answer = inviter.post("/v1.0/invitations", &least(ANA)).await;
        if answer.status != StatusCode::CREATED {
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{}", answer.text);
            assert!(answer.header("retry-after").unwrap().parse::<u64>().unwrap() > 60 * 60);
            // Whoever else invites this person is nobody's business.
            for secret in ["fabrikam", "contoso", "Fabrikam", "Contoso"] {
                assert!(!answer.text.contains(secret), "{}", answer.text);
            }
        }
        // Each goes out before the next inviter comes, who would keep it back otherwise.
        world.mails_to(ANA).await;
    }
    assert_eq!(world.mails_to(ANA).await.len(), 3);
    world.advance(Duration::from_hours(24));
    let mut inviter = program(&world, "contoso", &[SCOPE_INVITE]).await;
    for _ in 0..5 {
        inviter.post("/v1.0/invitations", &least(ANA)).await;
    }
    assert_eq!(world.mails_to(ANA).await.len(), 4);
}

#[tokio::test]
async fn t23_an_inviter_and_an_organization_have_budgets() {
    let limits = "[limits.invite_per_inviter]\nburst = 3\nper = \"1m\"\n[limits.invite_per_organization]\nburst = 5\nper = \"1m\"\n";
    let world = World::with(limits).await;
    let mut statuses = Vec::new();
    for inviter in 0..2 {
        let mut client = program(&world, "contoso", &[SCOPE_INVITE]).await;
        for number in 0..4 {
            let address = format!("g{inviter}{number}@partner.example");
            statuses.push(client.post("/v1.0/invitations", &least(&address)).await.status.as_u16());
        }
    }
    assert_eq!(statuses, [201, 201, 201, 429, 201, 201, 429, 429]);
    // Another organization is not held up.
    let mut other = program(&world, "fabrikam", &[SCOPE_INVITE]).await;
    assert_eq!(other.post("/v1.0/invitations", &least(ANA)).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn t23_a_preview_sends_and_spends_nothing() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    let before = world.census().await;
    for _ in 0..10 {
        mira.post("/v1.0/vestibule/invitePreview?organization=contoso", &least(ANA)).await.ok();
    }
    assert_eq!(world.census().await, before);
    assert_eq!(mira.post(INVITATIONS, &least(ANA)).await.status, StatusCode::CREATED);
}

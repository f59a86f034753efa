//! What is over is over: what an invitation promised, what the file gave, what was kept for a while.

use std::time::Duration;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::server::sweep_once;

use crate::client::{Client, message, step};
use crate::people::{
    ANA, INVITATIONS, MIRA, guest, invitation, least, open, redeem, revoke_for, sign_in, to_code,
    with_session,
};
use crate::world::{GENEROUS, World};

async fn invite_to(world: &World, mira: &mut Client, apps: &[&str]) -> String {
    let mut body = invitation(ANA);
    body["vestibule"]["apps"] = json!(apps);
    assert_eq!(mira.post(INVITATIONS, &body).await.status, StatusCode::CREATED);
    world.link_for(ANA).await
}

async fn apps_of(client: &mut Client) -> Vec<String> {
    let apps = client.get("/api/v1/me/apps").await.ok();
    apps["items"].as_array().unwrap().iter().map(|app| app["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn s105_an_invitation_that_ended_shares_nothing_when_another_is_redeemed() {
    for ending in ["revoked", "declined", "replaced", "expired"] {
        let world = World::with(GENEROUS).await;
        let mut mira = with_session(&world, MIRA).await;
        let first = invite_to(&world, &mut mira, &["plans"]).await;
        match ending {
            "revoked" => revoke_for(&world, ANA).await,
            "declined" => {
                let mut ana = world.client();
                let card = open(&mut ana, &first).await;
                let stop = ana.act(&card, "decline", json!({})).await.ok();
                let sent = ana.act(&stop, "decline_with_code", json!({})).await.ok();
                let over = ana.verify(&sent, &world.code_for(ANA).await).await.ok();
                assert_eq!(over["step"]["data"]["reason"], "invitation_declined", "{over}");
            }
            "expired" => world.advance(Duration::from_hours(100 * 24)),
            _ => {}
        }
        let mut mira = with_session(&world, MIRA).await;
        let second = invite_to(&world, &mut mira, &["wiki"]).await;
        let mut ana = redeem(&world, &second, ANA).await;
        assert_eq!(apps_of(&mut ana).await, ["wiki"], "{ending}");
        world.check().await;
    }
}

#[tokio::test]
async fn a_guest_who_is_in_keeps_what_another_invitation_would_add_or_not() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let token = invite_to(&world, &mut mira, &["plans"]).await;
    let mut ana = redeem(&world, &token, ANA).await;
    invite_to(&world, &mut mira, &["wiki"]).await;
    assert_eq!(apps_of(&mut ana).await, ["plans", "wiki"]);
}

#[tokio::test]
async fn what_the_file_no_longer_gives_a_member_is_gone() {
    let world = World::new().await;
    let mut mira = sign_in(&world, MIRA).await;
    let before = apps_of(&mut mira).await;
    let file = include_str!("../../../../demo/organizations/contoso.toml");
    let at = file.find(&format!("member = \"{MIRA}\"")).unwrap();
    let from = file[..at].rfind("[[assignments]]").unwrap();
    let until = file[at..].find("[[assignments]]").map_or(file.len(), |next| at + next);
    world.apply("contoso", &[&file[..from], &file[until..]].concat()).await;
    assert_eq!(apps_of(&mut mira).await.len(), before.len() - 1);
}

#[tokio::test]
async fn a_mail_that_waits_is_not_sent_for_an_invitation_that_was_taken_back() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    assert_eq!(mira.post(INVITATIONS, &least(ANA)).await.status, StatusCode::CREATED);
    // The worker comes only now.
    revoke_for(&world, ANA).await;
    assert_eq!(world.mails_to(ANA).await.len(), 0);
    let list = mira.get(INVITATIONS).await.ok();
    assert_eq!(list["value"][0]["vestibule"]["delivery"], "failed");
    world.check().await;
}

#[tokio::test]
async fn a_guest_who_was_disabled_is_told_so_at_the_old_link() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let token = invite_to(&world, &mut mira, &["wiki"]).await;
    redeem(&world, &token, ANA).await;
    world.sql("UPDATE users SET disabled_at = 1 WHERE address_key = 'ana@partner.example'").await;
    let mut ana = world.client();
    let card = open(&mut ana, &token).await;
    let sent = ana.act(&card, "continue", json!({})).await.ok();
    let told = ana.verify(&sent, &world.code_for(ANA).await).await.ok();
    assert_eq!(told["step"]["data"]["reason"], "account_disabled", "{told}");
}

#[tokio::test]
async fn s93_an_old_code_keeps_nobody_from_the_new_one() {
    let world = World::new().await;
    let mut stranger = world.client().from(1);
    let document = stranger.start(&json!({ "intent": "sign-in" })).await;
    let mut sent = stranger.act(&document, "continue", json!({ "email": MIRA })).await.ok();
    world.advance(Duration::from_mins(10));
    for _ in 0..8 {
        sent = stranger.verify(&sent, "00000000").await.ok();
        assert_eq!(message(&sent), "code_expired");
    }
    let mut mira = world.client().from(2);
    let document = mira.start(&json!({ "intent": "sign-in" })).await;
    let sent = mira.act(&document, "continue", json!({ "email": MIRA })).await.ok();
    let done = mira.verify(&sent, &world.code_for(MIRA).await).await.ok();
    assert_eq!(step(&done), "done", "{done}");
}

#[tokio::test]
async fn s96_who_may_send_no_more_spends_nobody_elses_mails() {
    let world = World::new().await;
    for other in 0..8 {
        let mut stranger = world.client();
        let document = stranger.start(&json!({ "intent": "sign-in" })).await;
        let address = if other < 5 { format!("x{other}@nowhere.example") } else { MIRA.to_owned() };
        let sent = stranger.act(&document, "continue", json!({ "email": address })).await.ok();
        assert_eq!(message(&sent), if other < 5 { "code_sent" } else { "send_limited" });
    }
    for caller in 1..=3 {
        let mut mira = world.client().from(caller);
        let document = mira.start(&json!({ "intent": "sign-in" })).await;
        let sent = mira.act(&document, "continue", json!({ "email": MIRA })).await.ok();
        assert_eq!(message(&sent), "code_sent");
    }
}

#[tokio::test]
async fn what_nobody_needs_any_more_is_removed() {
    let world = World::with(GENEROUS).await;
    let mut ana = guest(&world, ANA).await;
    let mut stranger = world.client();
    let document = stranger.start(&json!({ "intent": "sign-in" })).await;
    let sent = stranger.act(&document, "continue", json!({ "email": "x@nowhere.example" })).await.ok();
    stranger.verify(&sent, "00000000").await;
    world.mails_to(ANA).await;
    sweep_once(&world.app, world.app.now()).await.unwrap();
    assert_eq!(ana.get("/api/v1/session").await.status, StatusCode::OK, "nothing is removed too early");
    world.advance(Duration::from_hours(31 * 24));
    sweep_once(&world.app, world.app.now()).await.unwrap();
    for (table, left) in [
        ("SELECT COUNT(*) FROM sessions", 0),
        ("SELECT COUNT(*) FROM flows", 0),
        ("SELECT COUNT(*) FROM codes", 0),
        ("SELECT COUNT(*) FROM failures", 0),
        ("SELECT COUNT(*) FROM limits", 0),
        // The one of the invitation.
        ("SELECT COUNT(*) FROM outbox", 1),
    ] {
        assert_eq!(world.count(table).await, left, "{table}");
    }
    world.check().await;
}

#[tokio::test]
async fn p8_a_form_that_is_refused_for_now_says_when_and_an_unknown_link_is_404() {
    let world = World::with("[limits.start_per_ip]\nburst = 2\nper = \"1h\"\n").await;
    let unknown = format!("/i/{}", "B".repeat(43));
    let mut client = world.client();
    let page = client.page("/").await;
    let csrf = page.hidden("csrf");
    let fields = [("csrf", csrf.as_str()), ("action", "continue"), ("email", ANA)];
    let mut seen = Vec::<(StatusCode, bool)>::new();
    for path in [unknown.as_str(), "/", "/", "/"] {
        let answer = client.form(path, &fields).await;
        seen.push((answer.status, answer.header("retry-after").is_some()));
    }
    assert_eq!(seen[0], (StatusCode::NOT_FOUND, false));
    assert_eq!(seen[3], (StatusCode::TOO_MANY_REQUESTS, true), "{seen:?}");
}

#[tokio::test]
async fn who_is_signed_in_and_wanted_to_go_somewhere_goes_there() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    for (wish, led) in
        [("/desk/invite", "/desk/invite"), ("https://evil.example/", "/apps?organization=contoso")]
    {
        let answer = mira.page(&format!("/?organization=contoso&return_to={wish}")).await;
        assert_eq!(
            (answer.status, answer.header("location")),
            (StatusCode::SEE_OTHER, Some(led)),
            "{}",
            answer.text
        );
    }
}

#[tokio::test]
async fn graph_the_next_page_is_of_the_same_organization() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    for address in [ANA, "bea@partner.example"] {
        mira.post(INVITATIONS, &least(address)).await.ok();
    }
    let page = mira.get(&format!("{INVITATIONS}&$top=1")).await.ok();
    let next = page["@odata.nextLink"].as_str().unwrap();
    assert!(next.contains("organization=contoso"), "{next}");
    let rest: Value = mira.get(next.strip_prefix("http://localhost:8080").unwrap()).await.ok();
    assert_eq!(rest["value"].as_array().unwrap().len(), 1);
    to_code(&mut world.client(), &world.link_for(ANA).await).await;
}

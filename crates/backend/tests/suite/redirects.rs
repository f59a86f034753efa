//! Where people are sent afterwards: pages of our own and registered apps, at the making and again at the use (S72,
//! T09).

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::step;
use crate::people::{ANA, INVITATIONS, MIRA, invite_as, least, redeem, to_consent, with_session};
use crate::world::{GENEROUS, World};

/// Wishes that lead elsewhere in one browser or another.
const EVIL: &[&str] = &[
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "https://evil.example",
    "http://localhost:8081/",
    "https://localhost:8080/",
    "javascript:alert(1)",
    "data:text/html,x",
    "/%0d%0aLocation:%20https://evil.example",
    "/\r\nx: y",
    "/%2f%2fevil.example",
    "/%5cevil.example",
    "@evil.example",
    "http://localhost:8080@evil.example/",
    "http://user@localhost:8080/",
    "/\t/evil.example",
    "http://localhost:8080.evil.example/",
    "https://wiki.contoso.example.evil.example/spring",
    "https://wiki.contoso.example/springs",
    "https://wiki.contoso.example/spring/../x",
    "https://wiki.contoso.example/",
    "http://wiki.contoso.example/spring",
    "https://wiki.contoso.example:444/spring",
    "https://wíki.contoso.example/spring",
    "https://orders.fabrikam.example/",
    "/..//evil.example",
    "/./x",
    "https://wiki.contoso.example/spring%2f..%2f..",
    " /apps",
    "apps",
    "?x",
    "#x",
    "",
    "\u{2028}/apps",
    "vbscript:x",
    "HTTPS://WIKI.CONTOSO.EXAMPLE/spring",
];

#[tokio::test]
async fn s72_an_invitation_with_another_target_is_not_made() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let long = format!("/{}", "a".repeat(2_000));
    for target in EVIL.iter().copied().chain([long.as_str()]) {
        let mut body = least(ANA);
        body["inviteRedirectUrl"] = json!(target);
        let answer = mira.post(INVITATIONS, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{target:?}: {}", answer.text);
        assert_eq!(answer.json()["error"]["target"], "inviteRedirectUrl", "{target:?}");
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM invitations").await, 0);
}

/// Redeems an invitation with a target; gives the data of the last step.
async fn led_to(world: &World, address: &str, target: &str) -> Value {
    let mut mira = with_session(world, MIRA).await;
    let mut body = least(address);
    body["inviteRedirectUrl"] = json!(target);
    let token = invite_as(world, &mut mira, "contoso", &body).await;
    let mut guest = world.client();
    let consent = to_consent(world, &mut guest, &token, address).await;
    let done = guest.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&done), "done");
    done["step"]["data"].clone()
}

#[tokio::test]
async fn s72_registered_targets_are_gone_to() {
    let world = World::with(GENEROUS).await;
    let panel = json!({ "redirect": "/apps?organization=contoso", "kind": "panel" });
    assert_eq!(led_to(&world, "a@partner.example", "/apps").await, panel);
    assert_eq!(led_to(&world, "b@partner.example", "http://localhost:8080/").await, panel);
    let deep = "https://wiki.contoso.example/spring/plan?day=1";
    assert_eq!(led_to(&world, "c@partner.example", deep).await, json!({ "redirect": deep, "kind": "app" }));
    let account = json!({ "redirect": "/apps/account", "kind": "panel" });
    assert_eq!(led_to(&world, "d@partner.example", "/apps/account").await, account);
}

#[tokio::test]
async fn t09_an_app_that_was_removed_meanwhile_leads_to_the_panel() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut body = least(ANA);
    body["inviteRedirectUrl"] = json!("https://tickets.contoso.example/");
    let token = invite_as(&world, &mut mira, "contoso", &body).await;
    let mut guest = world.client();
    let consent = to_consent(&world, &mut guest, &token, ANA).await;
    world.apply_changed("contoso", "https://tickets.contoso.example/", "https://help.contoso.example/").await;
    let done = guest.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(done["step"]["data"], json!({ "redirect": "/apps?organization=contoso", "kind": "panel" }));
}

#[tokio::test]
async fn t09_a_target_changed_behind_our_back_is_not_gone_to() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let token = invite_as(&world, &mut mira, "contoso", &least(ANA)).await;
    world.sql("UPDATE invitations SET redirect_url = 'https://evil.example/'").await;
    let mut guest = world.client();
    let consent = to_consent(&world, &mut guest, &token, ANA).await;
    let done = guest.act(&consent, "accept", json!({})).await;
    assert!(!done.text.contains("evil"), "{}", done.text);
    // And on the way back in.
    assert!(redeem_again(&world, &token).await.contains("/apps"));
}

async fn redeem_again(world: &World, token: &str) -> String {
    let mut guest = world.client();
    let sent = crate::people::to_code(&mut guest, token).await;
    let code = world.code_for(ANA).await;
    guest.verify(&sent, &code).await.ok()["step"]["data"]["redirect"].to_string()
}

#[tokio::test]
async fn s72_a_sign_in_returns_to_pages_of_ours_only() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    for wish in EVIL {
        let done = mira.start(&json!({ "intent": "sign-in", "return_to": wish })).await;
        let redirect = done["step"]["data"]["redirect"].as_str().unwrap();
        assert!(redirect == "/apps", "{wish:?} led to {redirect:?}");
    }
    // Apps are no targets of a sign-in, pages are.
    for (wish, led) in [
        ("https://wiki.contoso.example/spring", "/apps"),
        ("/desk/invite?organization=contoso", "/desk/invite?organization=contoso"),
        ("http://localhost:8080/apps/account", "/apps/account"),
    ] {
        let done = mira.start(&json!({ "intent": "sign-in", "return_to": wish })).await;
        assert_eq!(done["step"]["data"]["redirect"], led);
    }
}

#[tokio::test]
async fn s72_the_form_on_the_page_answers_with_a_path() {
    let world = World::with(GENEROUS).await;
    for wish in ["//evil.example", "https://evil.example", "%2f%2fevil.example"] {
        let path = format!("/?return_to={wish}");
        let mut client = world.client();
        let csrf = client.page(&path).await.hidden("csrf");
        let fields = [("csrf", csrf.as_str()), ("rev", "0"), ("action", "continue"), ("email", MIRA)];
        let answer = client.form(&path, &fields).await;
        let at = answer.header("location").unwrap().to_owned();
        assert!(at.starts_with("/flow/"), "{at}");
        let page = client.page(&at).await;
        let (csrf, rev) = (page.hidden("csrf"), page.hidden("rev"));
        let code = world.code_for(MIRA).await;
        let fields = [("csrf", csrf.as_str()), ("rev", &rev), ("action", "verify"), ("code", &code)];
        let answer = client.form(&at, &fields).await;
        assert_eq!((answer.status.as_u16(), answer.header("location")), (303, Some("/apps")));
        world.advance(std::time::Duration::from_hours(1));
    }
}

#[tokio::test]
async fn t09_a_finished_walk_is_found_again_at_its_link() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let token = invite_as(&world, &mut mira, "contoso", &least(ANA)).await;
    redeem(&world, &token, ANA).await;
    assert_eq!(redeem_again(&world, &token).await, "\"/apps?organization=contoso\"");
}

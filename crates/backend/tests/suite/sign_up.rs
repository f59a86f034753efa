//! Strangers who let themselves in by a user flow.

mod answers;
mod approved;
mod asked;
mod attacked;
mod challenged;
mod closed;
mod connector;
mod consents;
mod guessing;
mod killed;
mod limited;
mod made;
mod named;
mod unanswered;
mod wrong;

use crate::abroad::{CONTOSO, LOCAL, back, identities, present, url};
use crate::client::{Client, step};
use crate::people::{ANA, guest, invite};
use crate::provider::Provider;
use crate::world::{GENEROUS, World};
use axum::http::StatusCode;
use serde_json::{Value, json};

/// A stranger.
pub(crate) const ZOE: &str = "zoe@supplier.example";

/// The user flow of these tests: three things are asked, and one app is shared.
pub(crate) const SUPPLIERS: &str = r#"
[[user_flows]]
id = "suppliers"
name = "Supplier sign-up"
apps = ["wiki"]
attributes = [
  { id = "displayName", required = true },
  { id = "country" },
  { id = "tier", kind = "radio", label = "Tier", options = [{ value = "1", label = "Gold" }, { value = "2", label = "Silver" }] },
]
"#;

/// Contoso's file, with sign-up turned on and this added.
pub(crate) fn file(more: &str) -> String {
    format!("{}{more}", CONTOSO.replace("[settings]\n", "[settings]\nself_service_sign_up = true\n"))
}

/// A world in which strangers may come.
pub(crate) async fn world(more: &str) -> World {
    let world = World::with(&format!("{GENEROUS}{LOCAL}")).await;
    world.apply("contoso", &file(more)).await;
    world
}

/// Where a stranger begins.
pub(crate) async fn begin(client: &mut Client) -> Value {
    client.start(&json!({ "intent": "sign-up", "organization": "contoso", "user_flow": "suppliers" })).await
}

/// A stranger who has proven a mailbox.
pub(crate) async fn proven(world: &World, client: &mut Client, address: &str) -> Value {
    let entry = begin(client).await;
    let sent = client.act(&entry, "continue", json!({ "email": address })).await.ok();
    assert_eq!(step(&sent), "email_code", "{sent}");
    client.verify(&sent, &world.code_for(address).await).await.ok()
}

/// The same, who has agreed.
pub(crate) async fn agreed(world: &World, client: &mut Client, address: &str) -> Value {
    let consent = proven(world, client, address).await;
    assert_eq!(step(&consent), "consent", "{consent}");
    client.act(&consent, "accept", json!({})).await.ok()
}

pub(crate) fn filled() -> Value {
    json!({ "displayName": "Zoë Ferreira", "country": "PT", "tier": "2" })
}

#[tokio::test]
async fn a_stranger_proves_agrees_fills_in_and_is_in() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    assert_eq!((step(&form), &form["step"]["data"]["account"]), ("attributes", &json!(ZOE)));
    let fields = form["actions"][0]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["displayName", "country", "tier"]);
    assert_eq!(fields[1]["options"].as_array().unwrap().len(), 249);
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE creation <> 'file'").await, 0, "nobody yet");
    let done = zoe.act(&form, "continue", filled()).await.ok();
    assert_eq!(step(&done), "done");
    assert_eq!(done["step"]["data"]["redirect"], "https://wiki.contoso.example/spring", "the one app");
    assert_eq!(
        world
            .rows("SELECT name || ' ' || state || ' ' || user_flow FROM users WHERE creation <> 'file'")
            .await,
        ["Zoë Ferreira accepted suppliers"]
    );
    let kept = world.rows("SELECT name || '=' || value FROM user_attributes ORDER BY name").await;
    assert_eq!(kept, ["country=PT", "displayName=Zoë Ferreira", "tier=2"]);
    let apps = zoe.get("/api/v1/me/apps?organization=contoso").await.ok();
    assert_eq!(apps["items"][0]["id"], "wiki");
    assert_eq!(apps["items"][0]["why"]["reason"], "Supplier sign-up");
    assert_eq!(
        zoe.get("/api/v1/me/consents?organization=contoso").await.ok()["items"].as_array().unwrap().len(),
        1
    );
    assert_eq!(world.mails_to(ZOE).await.len(), 1, "the code and nothing else");
    world.check().await;
}

#[tokio::test]
async fn s97_who_is_a_guest_already_is_signed_in_and_nobody_can_tell_before() {
    let world = world(SUPPLIERS).await;
    guest(&world, ANA).await;
    let (mut ana, mut zoe) = (world.client(), world.client());
    let mut seen = Vec::new();
    for (client, address) in [(&mut ana, ANA), (&mut zoe, "zoe@partner.example")] {
        let entry = begin(client).await;
        let answer = client.act(&entry, "continue", json!({ "email": address })).await;
        let text = answer.text.replace(answer.json()["flow"]["id"].as_str().unwrap(), "ID");
        seen.push((answer.status, text.replace("a•••", "•").replace("z•••", "•")));
        let mails = world.mails_to(address).await;
        assert!(mails.iter().any(|mail| mail.subject == "Your code for Contoso Research"), "{address}");
    }
    assert_eq!(seen[0], seen[1]);
    // After the proof the one is in, and the other a stranger.
    let done = proven(&world, &mut ana, ANA).await;
    assert_eq!(
        (step(&done), step(&proven(&world, &mut zoe, "zoe@partner.example").await)),
        ("done", "consent")
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE address = 'ana@partner.example'").await, 1);
    world.check().await;
}

#[tokio::test]
async fn t33_who_is_invited_redeems_the_invitation_on_the_way() {
    let world = world(SUPPLIERS).await;
    invite(&world, ANA).await;
    let mut ana = world.client();
    let consent = proven(&world, &mut ana, ANA).await;
    let done = ana.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&done), "done", "nothing is asked of somebody whom the organization asked to come");
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["accepted"]);
    assert_eq!(world.count("SELECT COUNT(*) FROM user_attributes").await, 0);
    world.check().await;
}

#[tokio::test]
async fn t33_t07_an_address_that_a_provider_only_claims_makes_no_guest() {
    let social = Provider::start().await;
    let world = world(&format!("{SUPPLIERS}{}", social.entry("social", ""))).await;
    let mut mallory = world.client();
    let entry = begin(&mut mallory).await;
    assert_eq!(step(&entry), "choose_provider");
    let away = mallory.act(&entry, "choose", json!({ "provider": "social" })).await.ok();
    back(&mut mallory, "social", &social.sign_in(url(&away), "m-1", ANA)).await;
    let asked = present(&mut mallory, &away).await;
    assert_eq!(step(&asked), "email_code", "the mailbox has to be proven");
    assert_eq!(identities(&world).await, [""; 0]);
    assert_eq!(world.count("SELECT COUNT(*) FROM users WHERE creation <> 'file'").await, 0);
}

#[tokio::test]
async fn a_work_account_lets_itself_in_without_a_code() {
    let work = Provider::start().await;
    let world = world(&format!("{SUPPLIERS}{}", work.entry("work", "\"supplier.example\""))).await;
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let away = zoe.act(&entry, "continue", json!({ "email": ZOE })).await.ok();
    back(&mut zoe, "work", &work.sign_in(url(&away), "z-1", ZOE)).await;
    let consent = present(&mut zoe, &away).await;
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&zoe.act(&form, "continue", filled()).await.ok()), "done");
    assert_eq!(identities(&world).await, ["work z-1"]);
    assert_eq!(world.mails_to(ZOE).await.len(), 0);
    world.check().await;
}

#[tokio::test]
async fn what_the_account_is_called_is_shown_before_and_stands_in_the_form() {
    let work = Provider::start().await;
    let world = world(&format!("{SUPPLIERS}{}", work.entry("work", "\"supplier.example\""))).await;
    work.told().claims = |claims| {
        claims["name"] = json!("Zoë of work");
        claims["given_name"] = json!("x".repeat(500));
    };
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let away = zoe.act(&entry, "choose", json!({ "provider": "work" })).await.ok();
    back(&mut zoe, "work", &work.sign_in(url(&away), "z-1", ZOE)).await;
    let consent = present(&mut zoe, &away).await;
    assert_eq!(consent["step"]["data"]["shared"][1], json!({ "claim": "name", "value": "Zoë of work" }));
    let form = zoe.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(form["actions"][0]["fields"][0]["value"], "Zoë of work");
    let done = zoe.act(&form, "continue", json!({ "displayName": "Zoë" })).await.ok();
    assert_eq!(step(&done), "done");
    assert_eq!(world.rows("SELECT name FROM users WHERE user_flow IS NOT NULL").await, ["Zoë"]);
    assert_eq!(
        world.rows("SELECT name FROM user_attributes").await,
        ["displayName"],
        "not what nobody could read"
    );
}

#[tokio::test]
async fn who_is_a_guest_already_is_led_to_what_is_shared_and_given_nothing() {
    for (app, redirect) in
        [("wiki", "https://wiki.contoso.example/spring"), ("tickets", "/apps?organization=contoso")]
    {
        let world = world(&SUPPLIERS.replace("\"wiki\"", &format!("\"{app}\""))).await;
        guest(&world, ANA).await;
        let done = proven(&world, &mut world.client(), ANA).await;
        assert_eq!(done["step"]["data"]["redirect"], redirect);
        let hers = "SELECT COUNT(*) FROM assignments JOIN users ON users.id = user_id WHERE app = 'tickets' \
                    AND address = 'ana@partner.example'";
        assert_eq!(world.count(hers).await, 0, "an open door undoes nobody's decision");
    }
}

#[tokio::test]
async fn s86_a_session_is_as_old_as_the_proof_that_it_rests_on() {
    let world = world(SUPPLIERS).await;
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    world.advance(std::time::Duration::from_mins(40));
    zoe.act(&form, "continue", filled()).await.ok();
    let session = zoe.get("/api/v1/session").await.ok();
    assert_eq!(session["authenticated_at"], "2026-11-20T10:00:00Z", "when the code was typed");
}

#[tokio::test]
async fn only_the_ways_of_the_user_flow_lead_in() {
    let work = Provider::start().await;
    let only = SUPPLIERS.replace("apps = ", "providers = [\"work\"]\napps = ");
    let providers = format!("{}{}", work.entry("work", ""), work.entry("other", ""));
    let world = world(&format!("{only}{providers}")).await;
    let mut zoe = world.client();
    let entry = begin(&mut zoe).await;
    let offered = entry["step"]["data"]["providers"].as_array().unwrap();
    assert_eq!(offered.iter().map(|way| way["id"].as_str().unwrap()).collect::<Vec<_>>(), ["work"]);
    let other = zoe.act(&entry, "choose", json!({ "provider": "other" })).await;
    assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", other.text);
    let typed = zoe.act(&entry, "continue", json!({ "email": ZOE })).await.ok();
    assert_eq!((step(&typed), world.mails_to(ZOE).await.len()), ("federate", 0), "the one way, and no code");
}

#[tokio::test]
async fn t23_whom_the_domain_list_keeps_out_gets_no_mail() {
    let world = world(SUPPLIERS).await;
    guest(&world, ANA).await;
    let denied = file(SUPPLIERS)
        .replace("[brand]", "[settings.domains]\nkind = \"deny\"\ndomains = [\"supplier.example\", \"partner.example\"]\n\n[brand]");
    world.apply("contoso", &denied).await;
    let before = world.mails_to(ANA).await.len();
    for address in [ZOE, ANA] {
        let mut client = world.client();
        let entry = begin(&mut client).await;
        let stop = client.act(&entry, "continue", json!({ "email": address })).await.ok();
        assert_eq!((step(&stop), &stop["step"]["data"]["reason"]), ("blocked", &json!("domain_blocked")));
    }
    assert_eq!((world.mails_to(ZOE).await.len(), world.mails_to(ANA).await.len()), (0, before));
}

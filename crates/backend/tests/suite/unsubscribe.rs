//! Whoever does not want to be invited any more is not, and nobody learns of it (T23).

use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};
use vestibule_backend::mail::inbox::InboxEntry;

use crate::client::{Answer, Client, step};
use crate::people::{ANA, INES, MIRA, invitation, invite, invite_as, invite_open, least, open, with_session};
use crate::world::{GENEROUS, ORIGIN, World};

const FORM: &str = "application/x-www-form-urlencoded";
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

/// The path in the head of a mail.
fn path_in(mail: &InboxEntry) -> String {
    let value =
        |wanted: &str| mail.headers.iter().find(|(name, _)| name == wanted).map(|(_, value)| value.as_str());
    assert_eq!(value("List-Unsubscribe-Post"), Some(ONE_CLICK));
    let url = value("List-Unsubscribe").unwrap().strip_prefix('<').unwrap().strip_suffix('>').unwrap();
    assert!(
        !mail.text.contains("/unsubscribe/") && !mail.html.contains("/unsubscribe/"),
        "one link in the text"
    );
    url.strip_prefix(ORIGIN).unwrap().to_owned()
}

async fn newest_path(world: &World, address: &str) -> String {
    path_in(&world.mails_to(address).await[0])
}

/// What the server of a mail program posts: no cookie, no origin.
async fn click(world: &World, path: &str, kind: &str, body: &str) -> Answer {
    let request = Request::builder().method(Method::POST).uri(path).header(header::CONTENT_TYPE, kind);
    world.client().send(request.body(Body::from(body.to_owned())).unwrap()).await
}

/// Presses a button of the page.
async fn press(client: &mut Client, path: &str, action: &str) -> String {
    let page = client.page(path).await;
    assert!(page.text.contains(&format!("value=\"{action}\"")), "{action} is offered: {}", page.text);
    let token = page.hidden("csrf");
    let answer = client.form(path, &[("csrf", &token), ("action", action)]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, Some(path)));
    client.page(path).await.text
}

#[tokio::test]
async fn t23_one_click_ends_the_invitations_of_an_organization() {
    for (kind, body) in [
        (FORM, ONE_CLICK.to_owned()),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n"
                .to_owned(),
        ),
    ] {
        let world = World::with(GENEROUS).await;
        invite(&world, ANA).await;
        let path = newest_path(&world, ANA).await;
        // A mail program may do it again.
        for _ in 0..2 {
            let answer = click(&world, &path, kind, &body).await;
            assert_eq!((answer.status, answer.header("location")), (StatusCode::OK, None), "{}", answer.text);
            assert!(answer.set_cookies().is_empty());
        }
        let before = world.mails_to(ANA).await.len();
        let mut mira = with_session(&world, MIRA).await;
        mira.post("/v1.0/invitations?organization=contoso", &invitation(ANA)).await.ok();
        assert_eq!(world.mails_to(ANA).await.len(), before);
        // Another organization is another matter, and so is somebody else.
        invite_open(&world, ANA).await;
        assert_eq!(world.mails_to(ANA).await.len(), before + 1);
        invite(&world, "ben@partner.example").await;
        world.check().await;
    }
}

/// A document without what differs between any two invitations: address, ids and where the next page begins.
fn masked(document: &Value, address: &str) -> String {
    let text = document.to_string().replace(address, "ADDRESS");
    let ids: std::collections::BTreeSet<&str> =
        text.split(['"', '/', '=']).filter(|part| is_id(part)).collect();
    ids.iter().fold(text.clone(), |text, id| text.replace(id, "ID"))
}

fn is_id(text: &str) -> bool {
    text.len() == 36 && text.split('-').map(str::len).eq([8, 4, 4, 4, 12])
}

#[tokio::test]
async fn t23_an_inviter_cannot_tell_who_unsubscribed() {
    let world = World::with(GENEROUS).await;
    invite(&world, ANA).await;
    click(&world, &newest_path(&world, ANA).await, FORM, ONE_CLICK).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut seen = Vec::new();
    for address in [ANA, "new@partner.example"] {
        let made = mira.post("/v1.0/invitations?organization=contoso", &least(address)).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        world.mails().await;
        let listed = mira.get("/v1.0/invitations?organization=contoso").await.ok();
        let mut listed = listed["value"].as_array().unwrap().iter();
        let listed = listed.find(|one| one["id"] == made.json()["id"]).unwrap().clone();
        seen.push([made.json(), listed].map(|document| masked(&document, address)));
    }
    assert!(seen[0][1].contains("\"delivery\":\"sent\""), "{}", seen[0][1]);
    assert_eq!(seen[0], seen[1]);
    // Neither from the mails that wait, nor from what is written down for the organization.
    assert_eq!(world.count("SELECT COUNT(DISTINCT kind) FROM outbox").await, 1);
    assert_eq!(
        world.rows("SELECT organization FROM audit WHERE action LIKE 'suppression%'").await,
        [""],
        "the installation's own chain, once"
    );
}

#[tokio::test]
async fn t23_the_page_ends_all_invitations_and_allows_them_again() {
    let world = World::with(GENEROUS).await;
    invite(&world, ANA).await;
    let path = newest_path(&world, ANA).await;
    let mut ana = world.client();
    let page = press(&mut ana, &path, "all").await;
    assert!(
        page.contains("localhost:8080") && page.contains("an•••@partner.example")
            || page.contains("partner.example")
    );
    assert!(!page.contains(ANA), "the address is masked");
    let before = world.mails_to(ANA).await.len();
    let mut mira = with_session(&world, MIRA).await;
    let mut ines = with_session(&world, INES).await;
    for (inviter, organization) in [(&mut mira, "contoso"), (&mut ines, "fabrikam")] {
        inviter.post(&format!("/v1.0/invitations?organization={organization}"), &least(ANA)).await.ok();
    }
    assert_eq!(world.mails_to(ANA).await.len(), before);
    let page = press(&mut ana, &path, "allow").await;
    assert!(page.contains("value=\"one\"") && page.contains("value=\"all\""));
    for (inviter, organization) in [(&mut mira, "contoso"), (&mut ines, "fabrikam")] {
        invite_as(&world, inviter, organization, &least(ANA)).await;
    }
    assert_eq!(world.mails_to(ANA).await.len(), before + 2);
    press(&mut ana, &path, "one").await;
    world.check().await;
}

#[tokio::test]
async fn t01_t23_looking_at_the_page_changes_nothing() {
    let world = World::new().await;
    invite(&world, ANA).await;
    let path = newest_path(&world, ANA).await;
    let before = world.census().await;
    for _ in 0..20 {
        let page = world.client().page(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.text.contains("<script"), "nothing runs here");
        let head = Client::build(Method::HEAD, &path).body(Body::empty()).unwrap();
        world.client().send(head).await;
    }
    // A form that says nothing leads back to the page.
    let nothing = world.client().form(&path, &[("action", "dance")]).await;
    assert_eq!(nothing.status, StatusCode::SEE_OTHER);
    assert_eq!(world.census().await, before);
}

#[tokio::test]
async fn t23_what_was_not_sealed_here_for_this_is_nothing() {
    let world = World::with(GENEROUS).await;
    let link = invite(&world, ANA).await;
    let path = newest_path(&world, ANA).await;
    let changed = format!("{}A", &path[..path.len() - 1]);
    // The same text, sealed here for another purpose.
    let text = json!({ "address": ANA, "organization": "contoso" }).to_string();
    let letter = world.app.sealer.seal(world.app.entropy.as_ref(), "outbox", text.as_bytes()).unwrap();
    let known = world.app.sealer.seal(world.app.entropy.as_ref(), "unsubscribe", text.as_bytes()).unwrap();
    assert_eq!(world.client().page(&format!("/unsubscribe/{known}")).await.status, StatusCode::OK);
    let before = world.census().await;
    for wrong in [
        format!("/unsubscribe/{link}"),
        format!("/unsubscribe/{letter}"),
        path[..path.len() - 2].to_owned(),
        if changed == path { format!("{}B", &path[..path.len() - 1]) } else { changed },
        format!("/unsubscribe/{}", "A".repeat(5_000)),
    ] {
        assert_eq!(world.client().page(&wrong).await.status, StatusCode::NOT_FOUND, "{wrong}");
        assert_eq!(click(&world, &wrong, FORM, ONE_CLICK).await.status, StatusCode::NOT_FOUND, "{wrong}");
    }
    for (kind, body) in [("application/json", "{}"), (FORM, "action=one&action=all"), ("", "")] {
        assert!(click(&world, &path, kind, body).await.status.is_client_error(), "{kind} {body}");
    }
    assert_eq!(world.census().await, before);
}

#[tokio::test]
async fn s62_t23_the_pages_form_is_taken_from_the_page_alone() {
    let world = World::with(GENEROUS).await;
    invite(&world, ANA).await;
    let path = newest_path(&world, ANA).await;
    let before = world.census().await;
    for action in ["one", "all", "allow"] {
        let foreign = click(&world, &path, FORM, &format!("action={action}")).await;
        assert_eq!((foreign.status, foreign.code().as_str()), (StatusCode::FORBIDDEN, "origin_refused"));
    }
    // Whatever another site posts, no cookie comes of it.
    let unknown = click(&world, "/unsubscribe/x", FORM, ONE_CLICK).await;
    assert!(unknown.set_cookies().is_empty());
    assert_eq!(world.census().await, before);
}

#[tokio::test]
async fn t23_the_copys_reader_has_a_budget_too() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    let copied = |to: &str, cc: &str| {
        let mut body = least(to);
        body["invitedUserMessageInfo"] = json!({ "ccRecipients": [{ "emailAddress": { "address": cc } }] });
        body
    };
    let mut statuses = Vec::new();
    for number in 0..5 {
        let body = copied(&format!("g{number}@partner.example"), "lead@host.example");
        statuses.push(mira.post("/v1.0/invitations?organization=contoso", &body).await.status.as_u16());
    }
    assert_eq!(statuses, [201, 201, 201, 429, 429]);
    assert_eq!(world.mails_to("lead@host.example").await.len(), 3);
    // Copies to oneself are no flood, and nobody gets the same mail twice.
    for number in 0..5 {
        let body = copied(&format!("h{number}@partner.example"), MIRA);
        mira.post("/v1.0/invitations?organization=contoso", &body).await.ok();
    }
    mira.post("/v1.0/invitations?organization=contoso", &copied(ANA, ANA)).await.ok();
    assert_eq!((world.mails_to(MIRA).await.len(), world.mails_to(ANA).await.len()), (5, 1));
}

#[tokio::test]
async fn t23_a_copy_is_the_other_readers_own() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let lead = "lead@host.example";
    let mut body = least(ANA);
    body["invitedUserMessageInfo"] = json!({ "ccRecipients": [{ "emailAddress": { "address": lead } }] });
    invite_as(&world, &mut mira, "contoso", &body).await;
    let (to_ana, to_lead) = (newest_path(&world, ANA).await, newest_path(&world, lead).await);
    assert_ne!(to_ana, to_lead);
    click(&world, &to_lead, FORM, ONE_CLICK).await;
    invite_as(&world, &mut mira, "contoso", &body).await;
    let door = &world;
    let count = |address| async move { door.mails_to(address).await.len() };
    assert_eq!((count(ANA).await, count(lead).await), (2, 1));
    // And the other way round: the inviter's copy comes as if nothing were.
    let mut lead_reader = world.client();
    press(&mut lead_reader, &to_lead, "allow").await;
    click(&world, &to_ana, FORM, ONE_CLICK).await;
    mira.post("/v1.0/invitations?organization=contoso", &body).await.ok();
    assert_eq!((count(ANA).await, count(lead).await), (2, 2));
    world.check().await;
}

#[tokio::test]
async fn t23_who_declines_with_proof_can_end_it_there() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut ana = world.client();
    let document = open(&mut ana, &token).await;
    let left = ana.act(&document, "decline", json!({})).await.ok();
    assert_eq!(left["links"]["unsubscribe"], json!(null), "nothing is proven yet");
    let sent = ana.act(&left, "decline_with_code", json!({})).await.ok();
    let code = world.code_for(ANA).await;
    let declined = ana.verify(&sent, &code).await.ok();
    assert_eq!(step(&declined), "blocked");
    let path = declined["links"]["unsubscribe"].as_str().unwrap();
    press(&mut ana, path, "one").await;
    let before = world.mails_to(ANA).await.len();
    let mut mira = with_session(&world, MIRA).await;
    mira.post("/v1.0/invitations?organization=contoso", &least(ANA)).await.ok();
    assert_eq!(world.mails_to(ANA).await.len(), before);
}

//! Nobody gives themselves what the backend decides (S105, S106, R02, R17, R18).

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::client::{flow_path, step};
use crate::people::{
    ANA, INVITATIONS, MIRA, invitation, invite, least, open, program, trusted_program, with_session,
};
use crate::world::{GENEROUS, World};
use vestibule_backend::routes::graph::caller::SCOPE_INVITE;

#[tokio::test]
async fn s105_r17_r18_an_invitation_has_no_other_members_than_its_own() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let before = world.census().await;
    for (pointer, name, value) in [
        ("", "status", json!("Completed")),
        ("", "state", json!("accepted")),
        ("", "userType", json!("Member")),
        ("", "emailVerified", json!(true)),
        ("", "tenantId", json!("fabrikam")),
        ("", "organization", json!("fabrikam")),
        ("", "invitedBy", json!("x")),
        ("", "inviter", json!({ "name": "The CEO" })),
        ("", "subjectLink", json!("x")),
        ("", "roles", json!(["administrator"])),
        ("", "id", json!("x")),
        ("", "inviteRedeemUrl", json!("https://evil.example")),
        ("", "invitedUser", json!({ "id": "x" })),
        ("/vestibule", "role", json!("administrator")),
        ("/vestibule", "expiresAt", json!("2099-01-01T00:00:00Z")),
        ("/vestibule", "state", json!("accepted")),
        ("/invitedUserMessageInfo", "from", json!("ceo@contoso.example")),
    ] {
        let mut body = invitation(ANA);
        body.pointer_mut(pointer).unwrap()[name] = value;
        let answer = mira.post(INVITATIONS, &body).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{pointer}/{name}: {}", answer.text);
    }
    for (name, value) in [("invitedUserType", json!("Member")), ("resetRedemption", json!(true))] {
        let mut body = least(ANA);
        body[name] = value;
        let answer = mira.post(INVITATIONS, &body).await;
        assert_eq!(
            (answer.status, answer.json()["error"]["target"].as_str()),
            (StatusCode::BAD_REQUEST, Some(name))
        );
    }
    assert_eq!(world.census().await, before);
}

#[tokio::test]
async fn s105_a_flow_is_told_only_what_it_asks_for() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut client = world.client();
    for (name, value) in [
        ("stage", json!("Done")),
        ("proven", json!(ANA)),
        ("session", json!("x")),
        ("state", json!({})),
        ("role", json!("administrator")),
    ] {
        let mut body = json!({ "intent": "redeem", "invitation": token });
        body[name] = value.clone();
        assert_eq!(client.post("/api/v1/flows", &body).await.status, StatusCode::BAD_REQUEST, "{name}");
        let document = open(&mut client, &token).await;
        let mut body = json!({ "rev": 0, "action": "continue", "values": {} });
        body[name] = value;
        assert_eq!(client.post(&flow_path(&document), &body).await.status, StatusCode::BAD_REQUEST, "{name}");
    }
    // Values that no field asked for change nothing.
    let document = open(&mut client, &token).await;
    let values = json!({ "email": "eve@evil.example", "proven": ANA, "code": "12345678", "invitation": "x", "to": "eve@evil.example" });
    let sent = client.act(&document, "continue", values).await.ok();
    assert_eq!(sent["step"]["data"]["sent_to"], "a•••@partner.example");
    let values =
        json!({ "code": world.code_for(ANA).await, "email": MIRA, "account": MIRA, "role": "administrator" });
    let consent = client.act(&sent, "verify", values).await.ok();
    let done = client
        .act(&consent, "accept", json!({ "account": MIRA, "redirect": "https://evil.example" }))
        .await
        .ok();
    assert_eq!(done["step"]["data"]["redirect"], "/apps?organization=contoso");
    let me = client.get("/api/v1/me").await.ok();
    assert_eq!((me["email"].as_str(), me["role"].as_str()), (Some(ANA), Some("guest")));
    assert_eq!(world.mails_to("eve@evil.example").await.len(), 0);
    assert_eq!(step(&client.get(&flow_path(&document)).await.ok()), "done");
}

/// Every place where an invitation can be read.
async fn everything_readable(client: &mut crate::client::Client) -> String {
    let mut text = String::new();
    for path in [
        INVITATIONS,
        "/v1.0/vestibule/inviteOptions?organization=contoso",
        "/api/v1/me/activity",
        "/desk/invite",
    ] {
        text.push_str(&client.get(path).await.text);
    }
    text
}

#[tokio::test]
async fn s106_r02_a_link_is_read_by_nobody_without_the_permission_for_it() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut program = program(&world, "contoso", &[SCOPE_INVITE]).await;
    let mut trusted = trusted_program(&world, "contoso").await;
    for caller in [&mut mira, &mut program, &mut trusted] {
        assert!(
            !everything_readable(caller).await.contains(&token),
            "afterwards not even by whoever may read links"
        );
    }
    let preview = mira.post("/v1.0/vestibule/invitePreview?organization=contoso", &least(ANA)).await;
    assert!(!preview.ok()["text"].as_str().unwrap().contains(&token));
    // Without a mail the link would be the only way, so that is a permission too.
    for (caller, allowed) in [(&mut mira, false), (&mut program, false), (&mut trusted, true)] {
        let mut body = least("bea@partner.example");
        body["sendInvitationMessage"] = json!(false);
        let answer = caller.post(INVITATIONS, &body).await;
        assert_eq!(
            answer.status,
            if allowed { StatusCode::CREATED } else { StatusCode::FORBIDDEN },
            "{}",
            answer.text
        );
        let body = least("cem@partner.example");
        let answer = caller.post(INVITATIONS, &body).await.ok();
        assert_eq!(answer["inviteRedeemUrl"] != Value::Null, allowed);
    }
}

#[tokio::test]
async fn s106_a_revoked_token_and_a_lost_role_count_at_once() {
    let world = World::with(GENEROUS).await;
    let mut program = program(&world, "contoso", &[SCOPE_INVITE]).await;
    let mut tom = with_session(&world, crate::people::TOM).await;
    for caller in [&mut program, &mut tom] {
        assert_eq!(caller.get(INVITATIONS).await.status, StatusCode::OK);
    }
    world.sql("UPDATE api_tokens SET revoked_at = 1").await;
    world.apply_changed("contoso", "adminsGuestInvitersAndAllMembers", "adminsAndGuestInviters").await;
    assert_eq!(program.get(INVITATIONS).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(tom.get(INVITATIONS).await.status, StatusCode::FORBIDDEN);
    assert_eq!(tom.post(INVITATIONS, &least(ANA)).await.status, StatusCode::FORBIDDEN);
    assert_eq!(tom.page("/desk/invite?organization=contoso").await.status, StatusCode::FORBIDDEN);
}

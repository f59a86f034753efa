//! The management plane speaks as Microsoft Graph does (reference: the invitation resource and its errors).

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::people::{
    ANA, INVITATIONS, MIRA, guest, least, program, revoke_for, trusted_program, with_session,
};
use crate::world::{GENEROUS, ORIGIN, World};
use vestibule_backend::routes::graph::caller::SCOPE_INVITE;

#[tokio::test]
async fn graph_201_has_the_members_of_the_documented_answer() {
    let world = World::with(GENEROUS).await;
    let mut program = trusted_program(&world, "contoso").await;
    let body = json!({
        "invitedUserEmailAddress": ANA,
        "invitedUserDisplayName": "Ana Ruiz",
        "inviteRedirectUrl": "https://wiki.contoso.example/spring?tenantid=1",
        "sendInvitationMessage": true,
        "invitedUserType": "Guest",
        "@odata.type": "#microsoft.graph.invitation",
        "invitedUserMessageInfo": {
            "@odata.type": "#microsoft.graph.invitedUserMessageInfo",
            "messageLanguage": "es",
            "customizedMessageBody": "Project Heron documents",
            "ccRecipients": [{ "emailAddress": { "name": null, "address": "lead@host.example" } }],
        },
    });
    let answer = program.post("/v1.0/invitations", &body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    let mut made = answer.json();
    let id = made["id"].as_str().unwrap().to_owned();
    assert!(made["inviteRedeemUrl"].as_str().unwrap().starts_with(&format!("{ORIGIN}/i/")));
    assert!(made["invitedUser"]["id"].is_string() && made["invitedUser"]["id"] != made["id"]);
    for member in ["id", "inviteRedeemUrl", "invitedUser", "vestibule"] {
        made.as_object_mut().unwrap().remove(member).unwrap();
    }
    assert_eq!(
        made,
        json!({
            "@odata.context": format!("{ORIGIN}/v1.0/$metadata#invitations/$entity"),
            "invitedUserDisplayName": "Ana Ruiz",
            "invitedUserType": "Guest",
            "invitedUserEmailAddress": ANA,
            "sendInvitationMessage": true,
            "resetRedemption": false,
            "inviteRedirectUrl": "https://wiki.contoso.example/spring?tenantid=1",
            "status": "PendingAcceptance",
            "invitedUserMessageInfo": {
                "messageLanguage": "es",
                "customizedMessageBody": "Project Heron documents",
                "ccRecipients": [{ "emailAddress": { "name": null, "address": "lead@host.example" } }],
            },
        })
    );
    assert_eq!(world.mails_to("lead@host.example").await.len(), 1);
    let listed = program.get("/v1.0/invitations").await.ok();
    assert_eq!(
        (&listed["value"][0]["id"], &listed["value"][0]["inviteRedeemUrl"]),
        (&json!(id), &Value::Null)
    );
}

#[tokio::test]
async fn graph_what_is_wrong_is_told_in_the_envelope_with_the_property() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let with = |change: &dyn Fn(&mut Value)| {
        let mut body = least(ANA);
        change(&mut body);
        body
    };
    let cc = |addresses: &[&str]| -> Value {
        addresses.iter().map(|address| json!({ "emailAddress": { "address": address } })).collect()
    };
    let cases = [
        (with(&|b| b["invitedUserEmailAddress"] = json!("no address")), 400, "invitedUserEmailAddress"),
        (
            with(&|b| {
                b["invitedUserMessageInfo"] = json!({ "ccRecipients": cc(&["a@x.example", "b@x.example"]) });
            }),
            400,
            "invitedUserMessageInfo/ccRecipients",
        ),
        (
            with(&|b| b["invitedUserMessageInfo"] = json!({ "ccRecipients": cc(&["nobody"]) })),
            400,
            "invitedUserMessageInfo/ccRecipients",
        ),
        (
            with(&|b| b["invitedUserMessageInfo"] = json!({ "messageLanguage": "e n" })),
            400,
            "invitedUserMessageInfo/messageLanguage",
        ),
        (with(&|b| b["vestibule"] = json!({ "apps": ["nothing"] })), 400, "vestibule/apps"),
        (with(&|b| b["vestibule"] = json!({ "expiresInDays": 0 })), 400, "vestibule/expiresInDays"),
        (with(&|b| b["vestibule"] = json!({ "expiresInDays": 100_000 })), 400, "vestibule/expiresInDays"),
        (with(&|b| b["sendInvitationMessage"] = json!(false)), 403, "sendInvitationMessage"),
    ];
    for (body, status, target) in cases {
        let answer = mira
            .send(
                crate::client::Client::build(axum::http::Method::POST, INVITATIONS)
                    .header("content-type", "application/json")
                    .header("client-request-id", "mine-1")
                    .body(axum::body::Body::from(body.to_string()))
                    .unwrap(),
            )
            .await;
        let error = answer.json()["error"].clone();
        assert_eq!(
            (answer.status.as_u16(), error["target"].as_str()),
            (status, Some(target)),
            "{}",
            answer.text
        );
        assert_eq!(error["code"], if status == 400 { "BadRequest" } else { "Forbidden" });
        assert_eq!(error["innerError"]["client-request-id"], "mine-1");
        assert_eq!(error["innerError"]["date"], "2026-11-20T10:00:00Z");
        assert!(error["innerError"]["request-id"].as_str().unwrap().starts_with("V-"));
        assert!(!error["message"].as_str().unwrap().is_empty());
    }
    assert_eq!(world.count("SELECT COUNT(*) FROM invitations").await, 0);
}

#[tokio::test]
async fn graph_plus_addresses_are_taken_and_are_other_people() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let mut users = Vec::new();
    for address in ["ana+x@partner.example", ANA, "ana+y@partner.example", "ANA@partner.example"] {
        users.push(mira.post(INVITATIONS, &least(address)).await.ok()["invitedUser"]["id"].clone());
    }
    assert!(users[0] != users[1] && users[1] != users[2] && users[1] == users[3], "{users:?}");
}

#[tokio::test]
async fn graph_a_blocked_user_is_412_and_a_denied_domain_403() {
    let world = World::with(GENEROUS).await;
    guest(&world, ANA).await;
    world.sql("UPDATE users SET disabled_at = 1 WHERE address_key = 'ana@partner.example'").await;
    let mut program = program(&world, "contoso", &[SCOPE_INVITE]).await;
    let blocked = program.post("/v1.0/invitations", &least(ANA)).await;
    assert_eq!(blocked.status, StatusCode::PRECONDITION_FAILED, "{}", blocked.text);
    let mut other = crate::people::program(&world, "fabrikam", &[SCOPE_INVITE]).await;
    let denied = other.post("/v1.0/invitations", &least("eve@blocked.example")).await;
    assert_eq!(
        (denied.status, denied.json()["error"]["target"].as_str()),
        (StatusCode::FORBIDDEN, Some("invitedUserEmailAddress"))
    );
}

#[tokio::test]
async fn graph_pages_lead_through_everything_once() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    for number in 0..7 {
        mira.post(INVITATIONS, &least(&format!("g{number}@partner.example"))).await.ok();
        world.advance(std::time::Duration::from_secs(1));
    }
    let mut program = program(&world, "contoso", &[SCOPE_INVITE]).await;
    let mut seen = Vec::new();
    let mut next = Some("/v1.0/invitations?$top=3".to_owned());
    let mut pages = 0;
    while let Some(path) = next {
        let page = program.get(&path).await.ok();
        assert_eq!(page["@odata.context"], format!("{ORIGIN}/v1.0/$metadata#invitations"));
        let addresses =
            page["value"].as_array().unwrap().iter().map(|one| one["invitedUserEmailAddress"].to_string());
        seen.extend(addresses);
        next = page["@odata.nextLink"].as_str().map(|link| link.strip_prefix(ORIGIN).unwrap().to_owned());
        pages += 1;
    }
    let expected: Vec<String> = (0..7).rev().map(|number| format!("\"g{number}@partner.example\"")).collect();
    assert_eq!((seen, pages), (expected, 3));
    // A signed-in member of two organizations follows the link into the same one.
    let page = mira.get("/v1.0/invitations?organization=contoso&$top=3").await.ok();
    let link = page["@odata.nextLink"].as_str().unwrap().strip_prefix(ORIGIN).unwrap().to_owned();
    assert_eq!(mira.get(&link).await.ok()["value"].as_array().unwrap().len(), 3);
}

#[tokio::test]
async fn graph_a_list_tells_state_and_delivery() {
    let world = World::with(GENEROUS).await;
    let mut mira = with_session(&world, MIRA).await;
    let state = async |mira: &mut crate::client::Client| {
        let one = mira.get(INVITATIONS).await.ok()["value"][0].clone();
        (
            one["status"].as_str().unwrap().to_owned(),
            one["vestibule"]["state"].as_str().unwrap().to_owned(),
            one["vestibule"]["delivery"].as_str().unwrap().to_owned(),
        )
    };
    mira.post(INVITATIONS, &least(ANA)).await.ok();
    assert_eq!(state(&mut mira).await, ("PendingAcceptance".into(), "pending".into(), "queued".into()));
    world.mails().await;
    assert_eq!(state(&mut mira).await, ("PendingAcceptance".into(), "pending".into(), "sent".into()));
    revoke_for(&world, ANA).await;
    assert_eq!(state(&mut mira).await, ("Error".into(), "revoked".into(), "sent".into()));
}

#[tokio::test]
async fn graph_a_query_that_makes_no_sense_is_told_in_the_envelope() {
    let world = World::new().await;
    let mut mira = with_session(&world, MIRA).await;
    for query in ["$top=1&$top=2", "$top=many", "$top=-1", "organization=contoso&organization=contoso"] {
        for path in ["/v1.0/invitations", "/v1.0/vestibule/inviteOptions"] {
            let answer = mira.get(&format!("{path}?{query}")).await;
            if path.ends_with("Options") && query.starts_with('$') {
                continue;
            }
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{path}?{query}: {}", answer.text);
            assert_eq!(answer.json()["error"]["code"], "BadRequest", "{path}?{query}: {}", answer.text);
        }
        let answer =
            mira.post(&format!("/v1.0/invitations?organization=a&{query}&organization=b"), &least(ANA)).await;
        assert_eq!(answer.json()["error"]["code"], "BadRequest", "{}", answer.text);
    }
}

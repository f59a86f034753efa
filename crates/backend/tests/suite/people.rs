//! What people do in many of the tests: sign in, invite, walk up to the consent, redeem.

use std::pin::Pin;

use axum::http::StatusCode;
use serde_json::{Value, json};
use vestibule_backend::flows::walk::WalkError;
use vestibule_backend::http::cookies;
use vestibule_backend::invitations::{resend::resend, revoke::revoke};
use vestibule_backend::routes::graph::caller::{SCOPE_INVITE, SCOPE_LINK, TOKEN_PREFIX};
use vestibule_backend::state::App;
use vestibule_domain::account::Account;
use vestibule_domain::address::EmailAddress;
use vestibule_domain::invitation::InvitationState;
use vestibule_domain::secret::Token;
use vestibule_domain::session::Method;
use vestibule_storage::organizations::Organization;
use vestibule_storage::sessions::{self, Session};
use vestibule_storage::tokens::{self, ApiToken};
use vestibule_storage::{Connection, invitations, organizations};

use crate::client::{Client, step};
use crate::world::World;

/// An administrator of Contoso, and a member of Fabrikam.
pub(crate) const MIRA: &str = "mira@contoso.example";
/// A member of Contoso.
pub(crate) const TOM: &str = "tom@contoso.example";
/// An inviter of Fabrikam.
pub(crate) const INES: &str = "ines@fabrikam.example";
/// A guest.
pub(crate) const ANA: &str = "ana@partner.example";
/// Another one.
pub(crate) const BOB: &str = "bob@partner.example";

/// Where Contoso's invitations are made.
pub(crate) const INVITATIONS: &str = "/v1.0/invitations?organization=contoso";

/// Signs somebody in by code.
pub(crate) async fn sign_in(world: &World, address: &str) -> Client {
    let mut client = world.client();
    let document = client.start(&json!({ "intent": "sign-in" })).await;
    let sent = client.act(&document, "continue", json!({ "email": address })).await.ok();
    assert_eq!(step(&sent), "email_code");
    let code = world.code_for(address).await;
    let done = client.verify(&sent, &code).await.ok();
    assert_eq!(step(&done), "done", "{done}");
    client
}

/// A whole invitation request.
pub(crate) fn invitation(address: &str) -> Value {
    json!({
        "invitedUserEmailAddress": address,
        "invitedUserDisplayName": "Ana Ruiz",
        "inviteRedirectUrl": "http://localhost:8080/apps",
        "sendInvitationMessage": true,
        "invitedUserMessageInfo": { "customizedMessageBody": "See https://evil.example now" },
        "vestibule": { "apps": ["wiki", "plans"], "reason": "Spring launch" },
    })
}

/// A member's request to invite, as small as it can be.
pub(crate) fn least(address: &str) -> Value {
    json!({ "invitedUserEmailAddress": address, "inviteRedirectUrl": "/apps", "sendInvitationMessage": true })
}

/// Invites an address as Mira of Contoso and gives the link's token.
pub(crate) async fn invite(world: &World, address: &str) -> String {
    let mut mira = with_session(world, MIRA).await;
    invite_as(world, &mut mira, "contoso", &invitation(address)).await
}

/// Invites into Fabrikam, where another account than the invited may redeem.
pub(crate) async fn invite_open(world: &World, address: &str) -> String {
    let mut ines = with_session(world, INES).await;
    invite_as(world, &mut ines, "fabrikam", &least(address)).await
}

/// Invites as somebody who is signed in and gives the link's token.
pub(crate) async fn invite_as(
    world: &World,
    inviter: &mut Client,
    organization: &str,
    body: &Value,
) -> String {
    let answer = inviter.post(&format!("/v1.0/invitations?organization={organization}"), body).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text);
    assert_eq!(answer.json()["inviteRedeemUrl"], Value::Null);
    world.link_for(body["invitedUserEmailAddress"].as_str().unwrap()).await
}

/// Starts to redeem.
pub(crate) async fn open(client: &mut Client, token: &str) -> Value {
    let document = client.start(&json!({ "intent": "redeem", "invitation": token })).await;
    assert_eq!(step(&document), "invitation");
    document
}

/// Walks up to the code.
pub(crate) async fn to_code(client: &mut Client, token: &str) -> Value {
    let document = open(client, token).await;
    let sent = client.act(&document, "continue", json!({})).await.ok();
    assert_eq!(step(&sent), "email_code", "{sent}");
    sent
}

/// Walks up to the consent.
pub(crate) async fn to_consent(world: &World, client: &mut Client, token: &str, address: &str) -> Value {
    let sent = to_code(client, token).await;
    let code = world.code_for(address).await;
    let consent = client.verify(&sent, &code).await.ok();
    assert_eq!(step(&consent), "consent", "{consent}");
    consent
}

/// Walks all the way.
pub(crate) async fn redeem(world: &World, token: &str, address: &str) -> Client {
    let mut client = world.client();
    let consent = to_consent(world, &mut client, token, address).await;
    let done = client.act(&consent, "accept", json!({})).await.ok();
    assert_eq!(step(&done), "done", "{done}");
    client
}

/// A guest who was invited and came in.
pub(crate) async fn guest(world: &World, address: &str) -> Client {
    let token = invite(world, address).await;
    redeem(world, &token, address).await
}

/// A program with an API token of an organization.
pub(crate) async fn program(world: &World, organization: &str, scopes: &[&str]) -> Client {
    let secret = Token::generate(world.app.entropy.as_ref()).unwrap();
    let token = ApiToken {
        organization: organization.to_owned(),
        id: world.app.new_id().unwrap(),
        name: "test".to_owned(),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    };
    let (hash, now) = (secret.hash(), world.app.now());
    let stored = world.app.store.write(move |connection| {
        Box::pin(async move { tokens::insert(connection, &token, &hash, now).await })
    });
    stored.await.unwrap();
    let mut client = world.client();
    client.bearer = Some(format!("{TOKEN_PREFIX}{}", secret.reveal()));
    client
}

/// A program that may invite and read links.
pub(crate) async fn trusted_program(world: &World, organization: &str) -> Client {
    program(world, organization, &[SCOPE_INVITE, SCOPE_LINK]).await
}

/// A browser at which somebody has been signed in already.
pub(crate) async fn with_session(world: &World, address: &str) -> Client {
    let token = Token::generate(world.app.entropy.as_ref()).unwrap();
    let now = world.app.now();
    let session = Session {
        id: world.app.new_id().unwrap(),
        account: Account::of_mailbox(EmailAddress::parse(address).unwrap()),
        method: Method::EmailCode,
        created_at: now,
        last_seen_at: now,
    };
    let hash = token.hash();
    let stored = world.app.store.write(move |connection| {
        Box::pin(async move { sessions::insert(connection, &session, &hash).await })
    });
    stored.await.unwrap();
    let mut client = world.client();
    client.cookies.insert(cookies::SESSION.to_owned(), token.reveal());
    client
}

/// Takes the invitation of an address back that waits at Contoso.
pub(crate) async fn revoke_for(world: &World, address: &str) {
    assert!(try_revoke(world, address).await, "an invitation waits");
}

/// The same; `false` when it waits no more.
pub(crate) async fn try_revoke(world: &World, address: &str) -> bool {
    change(world, address, |app, connection, organization, id| {
        Box::pin(
            async move { Ok(revoke(app, connection, organization.id.as_str(), &id, "test").await?.is_ok()) },
        )
    })
    .await
}

/// Sends the invitation of an address again that waits at Contoso.
pub(crate) async fn resend_for(world: &World, address: &str) {
    let sent = change(world, address, |app, connection, organization, id| {
        Box::pin(async move { Ok(resend(app, connection, organization, &id, "test").await?.is_ok()) })
    })
    .await;
    assert!(sent, "an invitation waits");
}

type Change = for<'c> fn(
    &'c App,
    &'c mut Connection,
    &'c Organization,
    String,
) -> Pin<Box<dyn Future<Output = Result<bool, WalkError>> + Send + 'c>>;

async fn change(world: &World, address: &str, change: Change) -> bool {
    let app = world.app.clone();
    let address = EmailAddress::parse(address).unwrap();
    let done = world.app.store.write(move |connection| {
        Box::pin(async move {
            let organization = organizations::find(connection, "contoso").await?.unwrap();
            let all = invitations::list(connection, "contoso", None, 999).await?;
            let waits = |one: &invitations::Invitation| {
                one.address == address && one.life.state == InvitationState::Pending
            };
            match all.into_iter().find(waits) {
                Some(one) => change(&app, connection, &organization, one.id).await,
                None => Ok(false),
            }
        })
    });
    done.await.unwrap()
}

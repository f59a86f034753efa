//! A provider says that somebody has signed out there, rightly and wrongly; and logins that nobody here began.

use axum::body::Body;
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::abroad::{back, continued, present, url, world};
use crate::client::{Answer, Client, step};
use crate::people::ANA;
use crate::provider::{CLIENT, Provider, signed};
use crate::world::{START, World};

/// Ana, signed in by her work account.
async fn ana(world: &World, work: &Provider) -> Client {
    let mut ana = world.client();
    let away = continued(world, &mut ana, ANA).await;
    back(&mut ana, "work", &work.sign_in(url(&away), "ana-1", ANA)).await;
    let consent = present(&mut ana, &away).await;
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    ana
}

/// A right logout token, in parts.
fn parts(work: &Provider, id: &str) -> (Value, Value) {
    let now = START.millis() / 1_000;
    let payload = json!({
        "iss": work.issuer, "aud": CLIENT, "sub": "ana-1", "iat": now, "exp": now + 120, "jti": id,
        "events": { "http://schemas.openid.net/event/backchannel-logout": {} },
    });
    (json!({ "alg": "ES256", "kid": "one", "typ": "logout+jwt" }), payload)
}

async fn tell(world: &World, provider: &str, body: String) -> Answer {
    let request = Request::post(format!("/federation/contoso/{provider}/logout"))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(body))
        .unwrap();
    world.client().send(request).await
}

async fn signed_in(ana: &mut Client) -> bool {
    ana.get("/api/v1/session").await.status == StatusCode::OK
}

#[tokio::test]
async fn s56_who_signs_out_at_the_provider_is_signed_out_here_and_nobody_else() {
    let (world, work, _) = world().await;
    let mut first = ana(&world, &work).await;
    let (header, payload) = parts(&work, "a");
    let token = signed(&header, &payload);
    let told = tell(&world, "work", format!("logout_token={token}")).await;
    assert_eq!(
        (told.status, told.header("cache-control")),
        (StatusCode::OK, Some("no-store")),
        "{}",
        told.text
    );
    assert!(!signed_in(&mut first).await);
    let ended = world.rows("SELECT actor FROM audit WHERE action = 'session.ended'").await;
    assert_eq!(ended, ["provider:work"]);
    // The same once more says nothing about whoever has come back since.
    let mut again = world.client();
    let entry = again.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = crate::abroad::choose(&mut again, &entry, "work").await;
    back(&mut again, "work", &work.sign_in(url(&away), "ana-1", ANA)).await;
    assert!(signed_in(&mut again).await);
    assert_eq!(tell(&world, "work", format!("logout_token={token}")).await.status, StatusCode::BAD_REQUEST);
    assert!(signed_in(&mut again).await);
    world.check().await;
}

/// Changes header or payload.
type Wrong = (&'static str, fn(&mut Value, &mut Value));

const WRONG: [Wrong; 17] = [
    ("no type", |h, _| drop(h.as_object_mut().unwrap().remove("typ"))),
    ("an ID token", |h, _| h["typ"] = json!("JWT")),
    ("unsigned", |h, _| h["alg"] = json!("none")),
    ("a symmetric key", |h, _| h["alg"] = json!("HS256")),
    ("an unknown key", |h, _| h["kid"] = json!("two")),
    ("another issuer", |_, p| p["iss"] = json!("https://evil.example")),
    ("another audience", |_, p| p["aud"] = json!("somebody")),
    ("expired", |_, p| p["exp"] = json!(p["iat"].as_i64().unwrap() - 1)),
    ("long ago", |_, p| p["iat"] = json!(p["iat"].as_i64().unwrap() - 86_400)),
    ("no time", |_, p| drop(p.as_object_mut().unwrap().remove("iat"))),
    ("a nonce", |_, p| p["nonce"] = json!("x")),
    ("no id", |_, p| drop(p.as_object_mut().unwrap().remove("jti"))),
    ("an empty id", |_, p| p["jti"] = json!("")),
    ("no event", |_, p| drop(p.as_object_mut().unwrap().remove("events"))),
    ("another event", |_, p| p["events"] = json!({ "http://schemas.openid.net/event/else": {} })),
    ("an event that is none", |_, p| {
        p["events"]["http://schemas.openid.net/event/backchannel-logout"] = json!(true);
    }),
    ("nobody", |_, p| drop(p.as_object_mut().unwrap().remove("sub"))),
];

#[tokio::test]
async fn s56_each_wrong_logout_token_is_refused_and_ends_nothing() {
    let (world, work, social) = world().await;
    let mut ana = ana(&world, &work).await;
    for (index, (what, change)) in WRONG.iter().enumerate() {
        let (mut header, mut payload) = parts(&work, &format!("w{index}"));
        change(&mut header, &mut payload);
        let told = tell(&world, "work", format!("logout_token={}", signed(&header, &payload))).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST, "{what}: {}", told.text);
        assert!(signed_in(&mut ana).await, "{what}");
    }
    let (header, payload) = parts(&work, "b");
    let right = signed(&header, &payload);
    let long = format!("logout_token={}", "x".repeat(20_000));
    // At another provider's address, cut, twice, none, too long.
    for (provider, body) in [
        ("social", format!("logout_token={right}")),
        ("nobody", format!("logout_token={right}")),
        ("work", format!("logout_token={}", &right[..right.len() - 9])),
        ("work", format!("logout_token={right}&logout_token={right}")),
        ("work", String::new()),
        ("work", long),
    ] {
        let told = tell(&world, provider, body).await;
        assert!(told.status.is_client_error(), "{provider}: {}", told.status);
        assert!(signed_in(&mut ana).await, "{provider}");
    }
    // By a provider about its own people, under the same subject: another person.
    let (header, payload) = parts(&social, "c");
    let told = tell(&world, "social", format!("logout_token={}", signed(&header, &payload))).await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(signed_in(&mut ana).await);
}

#[tokio::test]
async fn s57_nobody_else_begins_a_login_or_says_where_it_ends() {
    let (world, work, _) = world().await;
    let issuer: String = url::form_urlencoded::byte_serialize(work.issuer.as_bytes()).collect();
    let asked = format!("iss={issuer}&login_hint=ana&target_link_uri=https%3A%2F%2Fevil.example%2F");
    for path in ["/federation/contoso/work", "/federation/contoso/work/login"] {
        assert_eq!(
            world.client().page(&format!("{path}?{asked}")).await.status,
            StatusCode::NOT_FOUND,
            "{path}"
        );
    }
    let page = world.client().page(&format!("/?organization=contoso&{asked}")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        !page.text.contains("evil.example") || !page.text.contains("href=\"https://evil.example"),
        "{}",
        page.text
    );
    assert_eq!(world.count("SELECT COUNT(*) FROM authorizations").await, 0);
}

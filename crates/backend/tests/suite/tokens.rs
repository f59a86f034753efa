//! ID tokens that are wrong in one thing, and keys that change (S43 to S48).

use std::time::Duration;

use serde_json::{Value, json};
use vestibule_domain::provider::Failure;

use crate::abroad::{back, choose, continued, identities, present, url, world};
use crate::client::{message, step};
use crate::people::ANA;
use crate::provider::{Change, Make, Parts};

/// A token that is wrong in one thing, and the reason that is written down.
pub(crate) const EVIL: &[(&str, Change, Make, Failure)] = &[
    ("no issuer", |c| drop(c.as_object_mut().unwrap().remove("iss")), right, Failure::Exchange),
    ("another issuer", |c| c["iss"] = json!("https://evil.example"), right, Failure::Issuer),
    (
        "a slash more",
        |c| c["iss"] = json!(format!("{}/", c["iss"].as_str().unwrap())),
        right,
        Failure::Issuer,
    ),
    ("no audience", |c| drop(c.as_object_mut().unwrap().remove("aud")), right, Failure::Audience),
    ("another audience", |c| c["aud"] = json!("somebody"), right, Failure::Audience),
    ("one audience too many", |c| c["aud"] = json!(["vestibule", "evil"]), right, Failure::Audience),
    ("another party", |c| c["azp"] = json!("evil"), right, Failure::AuthorizedParty),
    ("expired", |c| c["exp"] = json!(c["iat"].as_i64().unwrap() - 1), right, Failure::Expired),
    ("no end", |c| drop(c.as_object_mut().unwrap().remove("exp")), right, Failure::Exchange),
    ("an end in words", |c| c["exp"] = json!("soon"), right, Failure::Exchange),
    ("no time of issue", |c| drop(c.as_object_mut().unwrap().remove("iat")), right, Failure::Exchange),
    ("from the future", |c| c["iat"] = json!(c["iat"].as_i64().unwrap() + 3_600), right, Failure::IssuedAt),
    ("long ago", |c| c["iat"] = json!(c["iat"].as_i64().unwrap() - 86_400), right, Failure::IssuedAt),
    ("not yet valid", |c| c["nbf"] = json!(c["iat"].as_i64().unwrap() + 3_600), right, Failure::IssuedAt),
    ("no nonce", |c| drop(c.as_object_mut().unwrap().remove("nonce")), right, Failure::Nonce),
    ("another nonce", |c| c["nonce"] = json!("x"), right, Failure::Nonce),
    ("nobody", |c| c["sub"] = json!(""), right, Failure::Subject),
    ("no subject", |c| drop(c.as_object_mut().unwrap().remove("sub")), right, Failure::Exchange),
    ("a long subject", |c| c["sub"] = json!("x".repeat(256)), right, Failure::Subject),
    ("a number for a subject", |c| c["sub"] = json!(7), right, Failure::Exchange),
    ("unsigned", nothing, |p| with_header(p, |h| h["alg"] = json!("none")), Failure::Signature),
    ("no signature", nothing, |p| cut(&right(p), 0), Failure::Signature),
    ("a symmetric key", nothing, |p| with_header(p, |h| h["alg"] = json!("HS256")), Failure::Algorithm),
    ("another kind of key", nothing, |p| with_header(p, |h| h["alg"] = json!("RS256")), Failure::Key),
    ("an unknown key", nothing, |p| with_header(p, |h| h["kid"] = json!("two")), Failure::Key),
    ("changed afterwards", nothing, changed, Failure::Signature),
    ("cut short", nothing, |p| cut(&right(p), 20), Failure::Signature),
    ("too long", |c| c["more"] = json!("x".repeat(20_000)), right, Failure::NoIdToken),
    ("no token at all", nothing, |_| String::new(), Failure::Exchange),
];

fn nothing(_: &mut Value) {}

fn right(parts: &Parts) -> String {
    (parts.sign)(&parts.header, &parts.payload)
}

fn with_header(parts: &Parts, change: Change) -> String {
    let mut parts = parts.clone();
    change(&mut parts.header);
    right(&parts)
}

/// The token with so many characters of its signature.
fn cut(token: &str, keep: usize) -> String {
    let end = token.rfind('.').unwrap() + 1;
    token[..end + keep].to_owned()
}

/// The signature of one payload under another.
fn changed(parts: &Parts) -> String {
    let mut payload = parts.payload.clone();
    payload["email"] = json!("mira@contoso.example");
    let (of, under) = ((parts.sign)(&parts.header, &parts.payload), (parts.sign)(&parts.header, &payload));
    format!("{}{}", cut(&under, 0), &of[of.rfind('.').unwrap() + 1..])
}

#[tokio::test]
async fn s43_s44_s45_s48_t29_t30_r28_r29_r30_each_wrong_token_is_refused_and_says_one_thing() {
    let mut wrong = Vec::new();
    for (what, claims, token, reason) in EVIL {
        let (world, work, _) = world().await;
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let query = work.sign_in(url(&away), "ana-1", ANA);
        (work.told().claims, work.told().token) = (*claims, *token);
        back(&mut ana, "work", &query).await;
        let chooser = present(&mut ana, &away).await;
        assert_eq!((step(&chooser), message(&chooser)), ("choose_provider", "provider_failed"), "{what}");
        let written = "SELECT detail FROM audit WHERE action = 'federation.refused'";
        let written: Value = serde_json::from_str(&world.rows(written).await[0]).unwrap();
        if written != json!({ "provider": "work", "reason": reason.as_str() }) {
            wrong.push(format!("{what}: {written}"));
        }
        assert_eq!(identities(&world).await, [""; 0], "{what}");
        assert!(work.told().key_requests <= 3, "{what}: one at the file, one at the token, one more");
        // And the code still works.
        let asked = choose(&mut ana, &chooser, "email").await;
        assert_eq!(step(&asked), "email_code");
    }
    assert_eq!(wrong, [""; 0], "other reasons than expected");
}

#[tokio::test]
async fn s46_s47_t27_t28_a_changed_key_is_asked_for_once_and_no_token_makes_us_ask_more() {
    let (world, work, _) = world().await;
    for round in 0..6 {
        let mut client = world.client();
        let address = format!("g{round}@partner.example");
        let away = continued(&world, &mut client, &address).await;
        work.told().kids = if round == 0 { vec!["one"] } else { vec!["two"] };
        let query = work.sign_in(url(&away), &format!("g-{round}"), &address);
        if round > 1 {
            // From here on by keys that nobody publishes.
            work.told().token = |parts| with_header(parts, |header| header["kid"] = json!("none"));
        }
        back(&mut client, "work", &query).await;
        let expected = if round < 2 { "consent" } else { "choose_provider" };
        assert_eq!(step(&present(&mut client, &away).await), expected, "round {round}");
    }
    assert_eq!(work.told().key_requests, 3, "at the file, at the first token, at the changed key");
    world.advance(Duration::from_mins(6));
    let mut client = world.client();
    let away = continued(&world, &mut client, "late@partner.example").await;
    back(&mut client, "work", &work.sign_in(url(&away), "late", "late@partner.example")).await;
    assert_eq!(work.told().key_requests, 4);
}

#[tokio::test]
async fn s47_t28_of_many_unknown_keys_at_once_one_asks() {
    let (world, work, _) = world().await;
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    back(&mut ana, "work", &work.sign_in(url(&away), "ana", ANA)).await;
    assert_eq!(work.told().key_requests, 2, "at the file, at the first token");
    work.told().token = |parts| with_header(parts, |header| header["kid"] = json!("none"));
    let mut coming = Vec::new();
    for round in 0..12 {
        let mut client = world.client();
        let address = format!("g{round}@partner.example");
        let away = continued(&world, &mut client, &address).await;
        let query = work.sign_in(url(&away), &format!("g-{round}"), &address);
        coming.push(tokio::spawn(async move { back(&mut client, "work", &query).await.status }));
    }
    for one in coming {
        assert_eq!(one.await.unwrap(), axum::http::StatusCode::SEE_OTHER);
    }
    assert_eq!(work.told().key_requests, 3, "all of them at once, and one asks");
}

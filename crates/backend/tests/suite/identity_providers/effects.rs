//! What is never told, and that a change counts at once.

use axum::http::StatusCode;
use serde_json::json;

use super::{PROVIDERS, WORK, changed, github, made, refused, work, world};
use crate::abroad::{back, choose, continued, identities, present, url};
use crate::client::{message, step};
use crate::people::ANA;
use crate::provider::{Provider, SECRET};

#[tokio::test]
async fn s110_a_secret_of_the_api_is_told_nobody_and_is_kept_by_a_change_that_does_not_name_it() {
    let (world, provider, mut manager) = world().await;
    let mut told = vec![manager.post(PROVIDERS, &work(&provider)).await.text];
    told.push(manager.post(PROVIDERS, &github()).await.text);
    // Sent back as it was read, and with a member that makes the whole be read again.
    let body = json!({ "clientSecret": "******", "scope": "email profile" });
    changed(&manager.patch(WORK, &body).await);
    let mut wrong = work(&provider);
    wrong["clientSecret"] = json!(SECRET);
    told.push(manager.post(PROVIDERS, &wrong).await.text);
    wrong["clientSecret"] = json!({ "a": SECRET });
    told.push(manager.post(PROVIDERS, &wrong).await.text);
    told.push(manager.get(PROVIDERS).await.text);
    told.push(manager.get(WORK).await.text);
    told.extend(world.rows("SELECT detail FROM audit").await);
    told.extend(world.rows("SELECT settings FROM providers").await);
    assert!(told.len() > 8 && told.iter().all(|text| !text.contains(SECRET)), "{told:?}");
    // The provider knows the secret, so a guest still arrives.
    let mut ana = world.client();
    let away = continued(&world, &mut ana, ANA).await;
    assert!(url(&away).contains("scope=openid+email+profile"), "{away}");
    back(&mut ana, "work", &provider.sign_in(url(&away), "ana-1", ANA)).await;
    let consent = present(&mut ana, &away).await;
    assert_eq!(step(&ana.act(&consent, "accept", json!({})).await.ok()), "done");
    assert_eq!(identities(&world).await, ["work ana-1"]);
    // Another secret is another one.
    changed(&manager.patch(WORK, &json!({ "clientSecret": "wrong" })).await);
    let mut later = world.client();
    let entry = later.start(&json!({ "intent": "sign-in", "organization": "contoso" })).await;
    let away = choose(&mut later, &entry, "work").await;
    back(&mut later, "work", &provider.sign_in(url(&away), "ana-1", ANA)).await;
    assert_eq!(message(&present(&mut later, &away).await), "provider_failed");
}

#[tokio::test]
async fn s110_a_secret_is_told_to_no_other_issuer() {
    let (world, provider, mut manager) = world().await;
    made(&manager.post(PROVIDERS, &work(&provider)).await);
    let elsewhere = Provider::start().await;
    // Whoever may change a provider may not read its secret, nor have it sent to a server of his own.
    let answer = manager.patch(WORK, &json!({ "issuer": elsewhere.issuer })).await;
    refused(&answer, 400, &json!("clientSecret"), "A secret belongs to one issuer");
    let stored = world.rows("SELECT settings FROM providers WHERE organization = 'contoso'").await.join("");
    assert!(stored.contains(&provider.issuer) && !stored.contains(&elsewhere.issuer));
}

#[tokio::test]
async fn s53_what_the_api_turns_off_deletes_or_changes_counts_no_more_for_whoever_is_under_way() {
    let elsewhere = Provider::start().await;
    let off = json!({ "vestibule": { "enabled": false } });
    let other = json!({ "issuer": elsewhere.issuer, "clientSecret": "a-secret-of-the-other-one" });
    for change in [Some(off.clone()), Some(other), None] {
        let (world, provider, mut manager) = world().await;
        made(&manager.post(PROVIDERS, &work(&provider)).await);
        let mut ana = world.client();
        let away = continued(&world, &mut ana, ANA).await;
        let query = provider.sign_in(url(&away), "ana-1", ANA);
        match &change {
            Some(change) => changed(&manager.patch(WORK, change).await),
            None => changed(&manager.delete(WORK).await),
        }
        back(&mut ana, "work", &query).await;
        let stands = present(&mut ana, &away).await;
        assert_eq!(step(&stands), "federate", "nothing came of it: {change:?}");
        assert_eq!(ana.get("/api/v1/session").await.status, StatusCode::UNAUTHORIZED);
        let ways = ana.act(&stands, "cancel", json!({})).await.ok();
        let offered = ways["step"]["data"]["providers"].as_array().unwrap();
        let still = change.as_ref().is_some_and(|change| change != &off);
        assert_eq!(offered.iter().any(|way| way["id"] == "work"), still, "{change:?}");
        // What comes back under the old id does not take up what was begun before.
        if change.is_none() {
            made(&manager.post(PROVIDERS, &work(&provider)).await);
            back(&mut ana, "work", &query).await;
            assert_eq!(present(&mut ana, &ways).await, ways);
        }
        assert_eq!(identities(&world).await, [""; 0]);
        world.check().await;
    }
}

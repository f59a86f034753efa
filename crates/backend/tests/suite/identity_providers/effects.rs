//! What is never told, and that a change counts at once.

use axum::http::StatusCode;
use serde_json::json;

use vestibule_backend::cli::apply;

use super::{PROVIDERS, WORK, changed, github, made, refused, work, world};
use crate::abroad::{CONTOSO, LOCAL, back, choose, continued, identities, present, url};
use crate::client::{message, step};
use crate::people::ANA;
use crate::provider::{Provider, SECRET};
use crate::world::{GENEROUS, World};

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
async fn nobody_makes_more_providers_than_people_can_be_shown() {
    let (world, _, mut manager) = world().await;
    let many = |count: usize| {
        let one = |number| {
            format!(
                "[[providers]]\nid = \"p{number}\"\nkind = \"github\"\nclient_id = \"a\"\nclient_secret = \"b\"\nenabled \
                 = false\n"
            )
        };
        format!("{CONTOSO}{}", (0..count).map(one).collect::<String>())
    };
    world.apply("contoso", &many(49)).await;
    made(&manager.post(PROVIDERS, &github()).await);
    let mut other = github();
    other["id"] = json!("other");
    assert_eq!(manager.post(PROVIDERS, &other).await.status, StatusCode::CONFLICT);
    let refused = apply::put(&world.app, "contoso", &many(50)).await;
    assert!(format!("{:#}", refused.unwrap_err()).contains("50 providers at most"));
}

#[tokio::test]
async fn s53_what_the_file_changes_counts_no_more_for_whoever_is_under_way_and_what_it_leaves_does() {
    let (world, work) = (World::with(&format!("{GENEROUS}{LOCAL}")).await, Provider::start().await);
    let entry = work.entry("work", "\"partner.example\"");
    let same = format!("{CONTOSO}{entry}");
    let off = format!("{CONTOSO}{}", entry.replace("client_id", "enabled = false\nclient_id"));
    let other = format!("{CONTOSO}{}", entry.replace("client_id = \"", "client_id = \"another-"));
    for (file, open) in [(same.clone(), true), (off, false), (other, false), (CONTOSO.to_owned(), false)] {
        world.apply("contoso", &same).await;
        let mut ana = world.client();
        continued(&world, &mut ana, ANA).await;
        world.apply("contoso", &file).await;
        let left = world.rows("SELECT flow FROM authorizations WHERE used_at IS NULL").await;
        assert_eq!(left.len(), usize::from(open), "{file}");
    }
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

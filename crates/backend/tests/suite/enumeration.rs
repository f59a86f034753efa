//! Nobody learns which addresses are known (S97, T06, R36).

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};

use crate::client::{Answer, flow_path, step};
use crate::people::{guest, invite, invite_open};
use crate::world::{GENEROUS, World};

/// Addresses of one length, by what they are here.
const PEOPLE: [(&str, &str); 8] = [
    ("unknown", "aaaaaa@partner.example"),
    ("accepted guest", "bbbbbb@partner.example"),
    ("invited", "cccccc@partner.example"),
    ("disabled", "dddddd@partner.example"),
    ("guest of another organization", "eeeeee@partner.example"),
    ("declined", "ffffff@partner.example"),
    ("revoked", "gggggg@partner.example"),
    ("invitation run out", "hhhhhh@partner.example"),
];

async fn world() -> World {
    let world = World::with(GENEROUS).await;
    invite(&world, PEOPLE[7].1).await;
    world.advance(Duration::from_hours(31 * 24));
    guest(&world, PEOPLE[1].1).await;
    guest(&world, PEOPLE[3].1).await;
    invite(&world, PEOPLE[2].1).await;
    invite_open(&world, PEOPLE[4].1).await;
    invite(&world, PEOPLE[5].1).await;
    invite(&world, PEOPLE[6].1).await;
    world
        .sql(
            "UPDATE users SET disabled_at = 1 WHERE address LIKE 'dddddd%'; \
         UPDATE sessions SET ended_at = 1 WHERE address LIKE 'dddddd%'; \
         UPDATE invitations SET state = 'declined' WHERE address LIKE 'ffffff%'; \
         UPDATE invitations SET state = 'revoked' WHERE address LIKE 'gggggg%'; \
         UPDATE invitation_links SET replaced_at = 1 WHERE invitation IN \
         (SELECT id FROM invitations WHERE address LIKE 'gggggg%');",
        )
        .await;
    world
}

/// What an observer sees of an answer, ids and the address itself apart.
fn seen(answer: &Answer, address: &str) -> (u16, BTreeMap<String, String>, usize, Value) {
    let names = answer.headers.iter().map(|(name, value)| {
        let text = value.to_str().unwrap();
        let fixed =
            if name == "set-cookie" || name == "location" { text.len().to_string() } else { text.to_owned() };
        (name.to_string(), fixed)
    });
    let mut body = answer.json();
    for id in ["id", "expires_at"] {
        body["flow"].as_object_mut().unwrap().remove(id);
    }
    let mut text = body.to_string();
    let flow = answer.json()["flow"]["id"].as_str().unwrap().to_owned();
    text = text.replace(&flow, "FLOW").replace(&format!("{}•••", &address[..1]), "?•••");
    (answer.status.as_u16(), names.collect(), answer.text.len(), serde_json::from_str(&text).unwrap())
}

#[tokio::test]
async fn s97_t06_known_and_unknown_addresses_get_the_same_answers() {
    let world = world().await;
    for organization in [None, Some("contoso"), Some("fabrikam")] {
        let mut all = Vec::new();
        for (what, address) in PEOPLE {
            // Who was here before has budgets; an observer who was not cannot tell whose rows are new.
            world.sql("DELETE FROM limits; DELETE FROM failures").await;
            let before = world.census().await;
            let sealed = world.count("SELECT COALESCE(SUM(LENGTH(sealed)), 0) FROM outbox").await;
            let mut client = world.client();
            let document = client.start(&json!({ "intent": "sign-in", "organization": organization })).await;
            let sent = client.act(&document, "continue", json!({ "email": address })).await;
            let wrong = client.verify(&sent.ok(), "00000000").await;
            world.advance(Duration::from_secs(31));
            let again = client.act(&wrong.ok(), "resend", json!({})).await;
            let limited = client.act(&again.ok(), "resend", json!({})).await;
            let rows: Vec<i64> = world
                .census()
                .await
                .iter()
                .zip(&before)
                .map(|((_, after), (_, before))| after - before)
                .collect();
            let sealed = world.count("SELECT COALESCE(SUM(LENGTH(sealed)), 0) FROM outbox").await - sealed;
            let answers: Vec<_> =
                [sent, wrong, again, limited].iter().map(|answer| seen(answer, address)).collect();
            // The mails leave, or do not, after all was measured; the clock goes back for the next one.
            world.mails().await;
            world.clock.set(world.app.now().minus(Duration::from_secs(31)));
            all.push((what, answers, rows, sealed));
        }
        let (_, answers, rows, sealed) = &all[0];
        for (what, other, other_rows, other_sealed) in &all[1..] {
            assert_eq!(other, answers, "{what} in {organization:?}");
            assert_eq!(other_rows, rows, "{what} in {organization:?}");
            assert_eq!(other_sealed, sealed, "{what} in {organization:?}");
        }
        world.advance(Duration::from_hours(2));
    }
}

#[tokio::test]
async fn s97_only_people_who_may_come_in_get_mail() {
    let world = world().await;
    let expected = [
        (None, [false, true, true, false, true, false, false, false]),
        (Some("contoso"), [false, true, true, false, false, false, false, false]),
        (Some("fabrikam"), [false, false, false, false, true, false, false, false]),
    ];
    for (organization, expected) in expected {
        for ((what, address), mailed) in PEOPLE.into_iter().zip(expected) {
            let before = world.mails_to(address).await.len();
            let mut client = world.client();
            let document = client.start(&json!({ "intent": "sign-in", "organization": organization })).await;
            client.act(&document, "continue", json!({ "email": address })).await.ok();
            let got = world.mails_to(address).await.len() - before;
            assert_eq!(got, usize::from(mailed), "{what} in {organization:?}");
        }
    }
}

#[tokio::test]
async fn s97_an_unknown_organization_is_told_apart_by_nobody() {
    let world = World::new().await;
    let mut client = world.client();
    let document = client.start(&json!({ "intent": "sign-in", "organization": "nowhere" })).await;
    assert_eq!(step(&document), "identify");
    // A flow of somebody else's says no more than that it is not this browser's.
    let mut other = world.client();
    let answer = other.get(&flow_path(&document)).await;
    assert_eq!(answer.code(), "flow_bound_elsewhere");
    assert!(!answer.text.contains("identify"), "{}", answer.text);
}

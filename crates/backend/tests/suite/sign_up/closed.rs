//! What lets nobody in although the organization lets in when its connector fails: whatever is no failure of the
//! connector's, and so could be made on purpose (T22, S115).

use serde_json::{Value, json};

use super::connector::{OPEN, POINTS, asking, entry, flow, goes_on, settled};
use super::{ZOE, agreed, file, filled};
use crate::client::{Client, step};
use crate::world::{GENEROUS, World};

/// As many as are asked at once for one organization.
const PLACES: usize = 8;

async fn guests(world: &World) -> i64 {
    world.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await
}

/// Where somebody stands who goes through, as far as it goes.
async fn walked(world: &World, client: &mut Client, address: &str) -> Value {
    let stands = agreed(world, client, address).await;
    if step(&stands) == "attributes" { client.act(&stands, "continue", filled()).await.ok() } else { stands }
}

fn is_unavailable(stands: &Value, what: &str) {
    assert_eq!(
        (step(stands), &stands["step"]["data"]["reason"]),
        ("blocked", &json!("unavailable")),
        "{what}"
    );
}

#[tokio::test]
async fn t22_s115_who_fills_all_places_gets_nobody_past_a_connector_whose_failures_let_in() {
    let (world, connector) = asking("before_creation", OPEN, &[goes_on(&json!({}))]).await;
    let gate = connector.hold();
    let mut zoe = world.client();
    let form = agreed(&world, &mut zoe, ZOE).await;
    let mut waiting = Vec::new();
    for number in 0..PLACES {
        let mut other = world.client();
        let form = agreed(&world, &mut other, &format!("s{number}@supplier.example")).await;
        waiting.push(tokio::spawn(async move {
            let stands = other.act(&form, "continue", filled()).await.ok();
            settled(&mut other, stands).await
        }));
    }
    connector.wait_for(PLACES).await;
    let stop = zoe.act(&form, "continue", filled()).await.ok();
    is_unavailable(&stop, "all places are taken");
    assert_eq!((connector.told().len(), guests(&world).await), (PLACES, 0));
    let again = zoe.act(&stop, "restart", json!({})).await.ok();
    is_unavailable(&again, "and still are");
    let noted =
        "SELECT detail FROM audit WHERE action = 'connector.asked' AND detail LIKE '%\"verdict\":\"busy\"%'";
    assert_eq!(world.rows(noted).await.len(), 2);
    // Those who were asked about are in, and so is she when there is room.
    gate.add_permits(PLACES + 1);
    for one in waiting {
        assert_eq!(step(&one.await.unwrap()), "done");
    }
    assert_eq!(step(&zoe.act(&again, "restart", json!({})).await.ok()), "done");
    assert_eq!((connector.told().len(), guests(&world).await), (PLACES + 1, 9));
    world.check().await;
}

#[tokio::test]
async fn s115_s117_what_cannot_be_asked_lets_nobody_in_where_failures_do() {
    for point in POINTS {
        for (what, breaks) in [
            (
                "its password does not open",
                "UPDATE connectors SET authentication = REPLACE(authentication, '\"sealed_password\":\"', '\"sealed_password\":\"A')",
            ),
            ("a number inside", "UPDATE connectors SET target_url = 'https://10.0.0.1/'"),
            (
                "who tells machines of a cloud",
                "UPDATE connectors SET target_url = 'https://169.254.169.254/'",
            ),
            ("the Internet in the clear", "UPDATE connectors SET target_url = 'http://93.184.216.34/'"),
            ("no address at all", "UPDATE connectors SET target_url = 'file:///etc/passwd'"),
        ] {
            let (world, connector) = asking(point, OPEN, &[goes_on(&json!({}))]).await;
            let before = world.rows("SELECT target_url || authentication FROM connectors").await;
            world.sql(breaks).await;
            assert_ne!(
                world.rows("SELECT target_url || authentication FROM connectors").await,
                before,
                "{what}"
            );
            let mut zoe = world.client();
            is_unavailable(&walked(&world, &mut zoe, ZOE).await, &format!("{what}, {point}"));
            assert_eq!((connector.told().len(), guests(&world).await), (0, 0), "{what}, {point}");
            world.check().await;
        }
    }
}

#[tokio::test]
async fn s115_s117_t21_a_name_that_leads_inside_lets_nobody_in_where_failures_do() {
    for point in POINTS {
        // No network is listed here: `localhost` is inside, which shows when it is connected to.
        let world = World::with(GENEROUS).await;
        world
            .apply("contoso", &file(&format!("{}{}", flow(point), entry("https://localhost:9/", OPEN))))
            .await;
        let mut zoe = world.client();
        is_unavailable(&walked(&world, &mut zoe, ZOE).await, point);
        assert_eq!(guests(&world).await, 0);
        let noted = world.rows("SELECT detail FROM audit WHERE action = 'connector.asked'").await;
        assert!(noted.len() == 1 && noted[0].contains("\"verdict\":\"forbidden\""), "{noted:?}");
    }
}

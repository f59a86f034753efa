//! What each answer of a connector means for whoever signs up, at each point and where failures let in: right and wrong
//! ones, slow ones, and such as want to be more than an answer (T22, F11).

use std::time::Duration;

use futures_util::future::join_all;
use serde_json::{Value, json};

use super::connector::{Connector, OPEN, POINTS, Says, asking, blocks, goes_on, refuses, settled};
use super::{agreed, filled};
use crate::client::{Client, step};
use crate::world::World;

/// A message that wants to be a part of the page.
const MARKUP: &str = "Not <b>you</b>.<script>alert(1)</script><img src=x onerror=alert(1)>";

/// What an answer comes to.
#[derive(Clone, Copy)]
enum Means {
    GoesOn,
    Blocks,
    /// The form is asked again; where none was filled in, that is no answer.
    Refuses,
    /// There is no verdict, for this reason.
    Fails(&'static str),
}

/// What is said to one question after another, how often it is asked, and what that means.
type Row = (&'static str, Vec<Says>, usize, Means);

fn json(status: u16, body: Value) -> Says {
    Says::Json(status, body)
}

fn text(status: u16, body: impl Into<String>) -> Says {
    Says::Text(status, "application/json", body.into())
}

fn well() -> Says {
    goes_on(&json!({})).into()
}

fn down(status: u16) -> Says {
    json(status, json!({}))
}

/// Verdicts, and what stands in no contract.
fn usual() -> Vec<Row> {
    use Means::{Blocks, Fails, GoesOn, Refuses};
    let mismatched = [(200, refuses("x").1), (400, blocks("x").1), (400, goes_on(&json!({})).1)];
    let mut rows = vec![
        ("goes on", vec![well()], 1, GoesOn),
        ("blocks", vec![blocks(MARKUP).into()], 1, Blocks),
        ("refuses", vec![refuses(MARKUP).into()], 1, Refuses),
        ("no action", vec![json(200, json!({ "hello": "world" })), well()], 1, Fails("action")),
        ("another action", vec![json(200, json!({ "action": "Allow" })), well()], 1, Fails("action")),
        ("a list", vec![json(200, json!([{ "action": "Continue" }])), well()], 1, Fails("not_json")),
        ("nothing", vec![text(200, ""), well()], 1, Fails("not_json")),
        (
            "problem details",
            vec![json(400, json!({ "status": 400, "title": "x" })), well()],
            1,
            Fails("status"),
        ),
        ("a redirect", vec![Says::Redirect, well()], 1, Fails("status")),
    ];
    rows.extend(mismatched.map(|(status, body)| {
        ("another status than its own", vec![json(status, body), well()], 1, Fails("mismatch"))
    }));
    rows.extend([201, 204, 401, 403, 404, 409, 422, 429].map(|status| {
        ("a status that says nothing", vec![json(status, goes_on(&json!({})).1), well()], 1, Fails("status"))
    }));
    rows
}

/// Those that are not there, for once or for good.
fn absent() -> Vec<Row> {
    use Means::{Blocks, Fails, GoesOn, Refuses};
    let mut rows = vec![
        ("hangs", vec![Says::Hang], 2, Fails("timeout")),
        ("drips", vec![Says::Drip], 2, Fails("timeout")),
        ("breaks off", vec![Says::Cut], 2, Fails("unreachable")),
        ("floods", vec![Says::Flood, well()], 1, Fails("too_long")),
        ("hung once", vec![Says::Hang, well()], 2, GoesOn),
        ("broke off once", vec![Says::Cut, refuses(MARKUP).into()], 2, Refuses),
        ("was down once", vec![down(503), blocks(MARKUP).into()], 2, Blocks),
        ("was down twice", vec![down(500), down(500), well()], 2, Fails("status")),
    ];
    rows.extend([500, 502, 503, 504].map(|status| ("down", vec![down(status)], 2, Fails("status"))));
    rows
}

/// Those that want more than to answer.
fn hostile() -> Vec<Row> {
    use Means::{Fails, GoesOn};
    let nested = |depth: usize| {
        let (open, close) = ("[".repeat(depth), "]".repeat(depth));
        format!("{{\"action\":\"Continue\",\"city\":{open}{close},\"displayName\":{{\"a\":{open}{close}}}}}")
    };
    let keys = |number: usize| {
        let keys: Vec<String> = (0..number).map(|key| format!(",\"extension_{key}\":1")).collect();
        format!("{{\"action\":\"Continue\"{}}}", keys.concat())
    };
    let claims = json!({
        "isAdmin": true, "userType": "Member", "role": "administrator", "email": "boss@contoso.example",
        "mail": "boss@contoso.example", "id": "1", "user": "1", "organization": "fabrikam", "emailVerified": true,
        "accountEnabled": true, "apps": ["plans"], "extension_isAdmin": true, "extension_role": "administrator",
        "identities": [{ "signInType": "federated", "issuer": "mail", "issuerAssignedId": "boss@contoso.example" }],
        "__proto__": { "isAdmin": true }, "displayName": { "$ne": "" }, "tier": "9", "country": ["PT", "ES"],
    });
    vec![
        ("nested deep", vec![text(200, nested(1_000)), well()], 1, Fails("not_json")),
        ("nested as deep as is read", vec![text(200, nested(100))], 1, GoesOn),
        ("100,000 keys", vec![text(200, keys(100_000)), well()], 1, Fails("too_long")),
        ("as many keys as are read", vec![text(200, keys(3_400))], 1, GoesOn),
        ("a page", vec![Says::Text(200, "text/html", well_as_page()), well()], 1, Fails("not_json")),
        ("a page that calls itself JSON", vec![text(200, well_as_page()), well()], 1, Fails("not_json")),
        ("claims of who somebody is", vec![goes_on(&claims).into()], 1, GoesOn),
    ]
}

fn well_as_page() -> String {
    format!("<!doctype html><p>{MARKUP}<p>{{\"action\": \"Continue\"}}")
}

async fn walked(world: &World, client: &mut Client, address: &str) -> Value {
    let first = agreed(world, client, address).await;
    let stands = settled(client, first).await;
    if step(&stands) != "attributes" {
        return stands;
    }
    let last = client.act(&stands, "continue", filled()).await.ok();
    settled(client, last).await
}

/// The name of what comes of it, and the step and the reason of a stop at which somebody then stands.
fn comes_to(means: Means, point: &str, is_open: bool) -> (&'static str, &'static str, Value) {
    let failed = |verdict| {
        if is_open { (verdict, "done", Value::Null) } else { (verdict, "blocked", json!("unavailable")) }
    };
    match means {
        Means::GoesOn => ("continue", "done", Value::Null),
        Means::Blocks => ("block", "blocked", json!("sign_up_refused")),
        Means::Refuses if point == "before_creation" => ("invalid", "attributes", Value::Null),
        Means::Refuses => failed("misplaced"),
        Means::Fails(verdict) => failed(verdict),
    }
}

/// One of a table after another, each with somebody new, an hour later.
async fn each_comes_to_what_it_means(point: &str, is_open: bool, rows: Vec<Row>) {
    let more = format!("timeout_seconds = 1\n{}", if is_open { OPEN } else { "" });
    let (world, connector) = asking(point, &more, &[well()]).await;
    let (mut guests, mut questions) = (0, 0);
    for (number, (what, says, asked, means)) in rows.into_iter().enumerate() {
        let what = format!("{what} ({number}), {point}, open: {is_open}");
        world.advance(Duration::from_hours(1));
        connector.tell(&says);
        let (mut client, address) = (world.client(), format!("row{number}@supplier.example"));
        let stands = walked(&world, &mut client, &address).await;
        let (verdict, end, reason) = comes_to(means, point, is_open);
        assert_eq!((step(&stands), &stands["step"]["data"]["reason"]), (end, &reason), "{what}: {stands}");
        questions += asked;
        assert_eq!(connector.told().len(), questions, "{what}: asked once more where it was not there");
        guests += i64::from(end == "done");
        assert_eq!(
            world.count("SELECT COUNT(*) FROM users WHERE user_flow IS NOT NULL").await,
            guests,
            "{what}"
        );
        let newest =
            "SELECT detail FROM audit WHERE action = 'connector.asked' ORDER BY sequence DESC LIMIT 1";
        let noted: Value = serde_json::from_str(&world.rows(newest).await[0]).unwrap();
        assert_eq!((&noted["verdict"], &noted["attempts"]), (&json!(verdict), &json!(asked)), "{what}");
        assert_eq!(noted.as_object().unwrap().len(), 5, "{what}: nothing of a person: {noted}");
        is_text(&mut client, &stands, matches!(verdict, "block" | "invalid"), &what).await;
    }
    let noted = world.count("SELECT COUNT(*) FROM audit WHERE action = 'connector.asked'").await;
    assert_eq!(usize::try_from(noted).unwrap(), questions - again(&connector));
    made_nothing_more(&world).await;
}

/// Questions that were asked a second time: the same request, so that the connector can tell.
fn again(connector: &Connector) -> usize {
    let told = connector.told();
    told.windows(2).filter(|pair| pair[0]["email"] == pair[1]["email"]).count()
}

/// What the connector said is text in the document and in the page that the server draws, and nothing else of it is.
async fn is_text(client: &mut Client, stands: &Value, is_said: bool, what: &str) {
    let messages = stands["messages"].as_array().into_iter().flatten();
    let said: Vec<&str> = messages.filter_map(|message| message["text"].as_str()).collect();
    assert_eq!(said, if is_said { vec![MARKUP] } else { vec![] }, "{what}");
    let page = client.page(&format!("/flow/{}", stands["flow"]["id"].as_str().unwrap())).await.text;
    for markup in ["<b>you", "<script>alert", "<img src=x"] {
        assert!(!page.contains(markup), "{what}: {page}");
    }
    let escaped =
        "Not &lt;b&gt;you&lt;/b&gt;.&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;";
    assert_eq!(page.contains(escaped), is_said, "{what}: {page}");
}

/// Whoever is in is a guest with what the form asked, and nobody else is there.
async fn made_nothing_more(world: &World) {
    for (query, expected) in [
        (
            "SELECT DISTINCT organization || ' ' || role || ' ' || state FROM users WHERE user_flow IS NOT NULL",
            &["contoso guest accepted"][..],
        ),
        (
            "SELECT address FROM users WHERE user_flow IS NOT NULL AND address NOT LIKE 'row%@supplier.example'",
            &[],
        ),
        ("SELECT user_id FROM identities WHERE subject LIKE 'boss%' OR user_id = '1'", &[]),
        ("SELECT address FROM users WHERE address LIKE 'boss%'", &[]),
        (
            "SELECT DISTINCT name || '=' || value FROM user_attributes ORDER BY 1",
            &["country=PT", "displayName=Zoë Ferreira", "tier=2"],
        ),
        (
            "SELECT DISTINCT app FROM assignments a JOIN users u ON u.id = a.user_id WHERE u.user_flow IS NOT NULL",
            &["wiki"],
        ),
    ] {
        assert_eq!(world.rows(query).await, expected, "{query}");
    }
    world.check().await;
}

async fn at_each_point(rows: fn() -> Vec<Row>) {
    let all = POINTS.into_iter().flat_map(|point| [(point, false), (point, true)]);
    join_all(all.map(|(point, is_open)| Box::pin(each_comes_to_what_it_means(point, is_open, rows())))).await;
}

#[tokio::test]
async fn t22_each_answer_at_each_point_comes_to_what_the_published_contract_says() {
    at_each_point(usual).await;
}

#[tokio::test]
async fn t22_f11_at_each_point_one_that_hangs_drips_breaks_off_or_is_down_is_asked_exactly_once_more() {
    at_each_point(absent).await;
}

#[tokio::test]
async fn t22_s74_s110_at_each_point_a_hostile_answer_costs_a_verdict_and_makes_nobody_more_than_a_guest() {
    at_each_point(hostile).await;
}

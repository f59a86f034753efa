//! Programs that look at links before people do (T01, T02).

use std::collections::BTreeSet;

use axum::body::Body;
use axum::http::{Method, Request, header};

use crate::client::Client;
use crate::people::{ANA, invite, redeem};
use crate::world::{GENEROUS, World};

#[tokio::test]
async fn t01_a_link_is_opened_a_hundred_times_and_nothing_happens() {
    let world = World::new().await;
    let token = invite(&world, ANA).await;
    world.mails().await;
    let before = world.census().await;
    for number in 0..100 {
        let mut robot = if number % 2 == 0 { world.client() } else { world.client().from(number) };
        for accept in ["text/html", "*/*", "application/json"] {
            let request = Request::get(format!("/i/{token}")).header(header::ACCEPT, accept);
            assert_eq!(robot.send(request.body(Body::empty()).unwrap()).await.status, 200);
        }
    }
    for _ in 0..20 {
        let request = Request::builder().method(Method::HEAD).uri(format!("/i/{token}"));
        let answer = world.client().send(request.body(Body::empty()).unwrap()).await;
        assert_eq!((answer.status.as_u16(), answer.text.as_str()), (200, ""));
    }
    for path in ["/", "/?organization=contoso", "/apps", "/desk/invite", "/api/v1/brand?organization=contoso"]
    {
        world.client().page(path).await;
    }
    assert_eq!(world.census().await, before, "no flow, no code, no mail, no counter");
    // Then the person comes.
    redeem(&world, &token, ANA).await;
}

/// The forms of a page: where they post to, and what their buttons say.
fn forms(html: &str) -> Vec<(String, Vec<String>)> {
    let attribute = |tag: &str, name: &str| {
        tag.split(&format!(" {name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned)
    };
    html.split("<form")
        .skip(1)
        .map(|form| {
            let form = form.split("</form").next().unwrap_or_default();
            let (tag, _) = form.split_once('>').unwrap();
            let buttons =
                form.split("<button").skip(1).filter_map(|rest| attribute(rest.split('>').next()?, "value"));
            (attribute(tag, "action").unwrap_or_default(), buttons.collect())
        })
        .collect()
}

/// Presses every button of every page that it comes to.
async fn press_everything(robot: &mut Client, link: &str) -> usize {
    let mut seen = BTreeSet::new();
    let mut pages = vec![link.to_owned()];
    let mut pressed = 0;
    while let Some(path) = pages.pop() {
        let page = robot.page(&path).await;
        for (action, buttons) in forms(&page.text) {
            for button in buttons {
                if !seen.insert((action.clone(), button.clone(), page.text.len() / 64)) || pressed > 60 {
                    continue;
                }
                let page = robot.page(&path).await;
                if !page.text.contains("name=\"csrf\"") {
                    continue;
                }
                let csrf = page.hidden("csrf");
                let rev = if page.text.contains("name=\"rev\"") { page.hidden("rev") } else { String::new() };
                let fields = [
                    ("csrf", csrf.as_str()),
                    ("rev", &rev),
                    ("action", &button),
                    ("email", ANA),
                    ("code", "00000000"),
                ];
                let answer = robot.form(&action, &fields).await;
                pressed += 1;
                if let Some(location) = answer.header("location") {
                    pages.push(location.to_owned());
                }
                pages.push(path.clone());
            }
        }
    }
    pressed
}

#[tokio::test]
async fn t02_a_robot_that_presses_every_button_changes_nothing() {
    let world = World::with(GENEROUS).await;
    let token = invite(&world, ANA).await;
    let mut robot = world.client();
    let pressed = press_everything(&mut robot, &format!("/i/{token}")).await;
    assert!(pressed >= 8, "{pressed} buttons");
    assert_eq!(world.rows("SELECT state FROM invitations").await, ["pending"]);
    for table in [
        "SELECT COUNT(*) FROM consents",
        "SELECT COUNT(*) FROM sessions WHERE address = 'ana@partner.example'",
    ] {
        assert_eq!(world.count(table).await, 0);
    }
    assert!(world.mails_to(ANA).await.len() <= 60);
    world.check().await;
    world.advance(std::time::Duration::from_hours(1));
    redeem(&world, &token, ANA).await;
}

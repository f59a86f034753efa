//! Asking a connector that is there, slow, wrong, down, or somewhere that nobody may be asked.
#![expect(clippy::unwrap_used, reason = "tests")]

mod rebinding;

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::{Value, json};
use vestibule_storage::connectors::{Authentication, Connector, OnFailure};

use super::ask;
use crate::connectors::answer::{Failure, LONGEST, Outcome};
use crate::connectors::request::{Claims, Point};
use crate::connectors::secret;
use crate::connectors::tests::{Act, LOCAL, Place, Server};

const PASSWORD: &str = "a password, with: signs";

fn connector(place: &Place, target_url: &str) -> Connector {
    Connector {
        organization: "contoso".to_owned(),
        id: "approval".to_owned(),
        name: "Approval".to_owned(),
        target_url: target_url.to_owned(),
        authentication: Authentication::Basic {
            username: "vestibule".to_owned(),
            sealed_password: secret::seal(&place.app, PASSWORD).unwrap(),
        },
        timeout_seconds: 1,
        on_failure: OnFailure::Closed,
    }
}

fn jo() -> Claims {
    Claims {
        email: "jo@partner.example".to_owned(),
        identity: None,
        values: BTreeMap::from([("city".to_owned(), json!("Porto"))]),
        ui_locales: "pt-PT".to_owned(),
    }
}

fn goes_on() -> Act {
    Act::Say(200, r#"{"version":"1.0.0","action":"Continue"}"#.to_owned())
}

fn down() -> Act {
    Act::Say(500, "{}".to_owned())
}

async fn asked(place: &Place, connector: &Connector) -> (Outcome, u32) {
    asked_about(place, connector, &jo().email).await
}

async fn asked_about(place: &Place, connector: &Connector, email: &str) -> (Outcome, u32) {
    let claims = Claims { email: email.to_owned(), ..jo() };
    let called = ask(&place.app, connector, Point::BeforeCreation, &claims).await;
    (called.outcome, called.attempts)
}

fn failed(failure: Failure, attempts: u32) -> (Outcome, u32) {
    (Outcome::Failed(failure), attempts)
}

fn went_on(attempts: u32) -> (Outcome, u32) {
    (Outcome::Continue(BTreeMap::new()), attempts)
}

#[tokio::test]
async fn t21_a_connector_gets_our_credentials_and_json() {
    let (place, server) = (Place::with(LOCAL).await, Server::start([goes_on()]).await);
    assert_eq!(asked(&place, &connector(&place, &server.url)).await, went_on(1));
    let seen = server.seen().pop().unwrap();
    for (name, value) in [
        // The pair as RFC 7617 has it: `vestibule:a password, with: signs`.
        ("authorization", "Basic dmVzdGlidWxlOmEgcGFzc3dvcmQsIHdpdGg6IHNpZ25z"),
        ("content-type", "application/json"),
        ("accept", "application/json"),
    ] {
        assert_eq!(seen.headers.get(name).unwrap(), value);
    }
    assert_eq!(seen.headers.get("x-request-id").unwrap().len(), 36);
    let body: Value = serde_json::from_slice(&seen.body).unwrap();
    assert_eq!(body, json!({ "email": "jo@partner.example", "city": "Porto", "ui_locales": "pt-PT" }));
}

#[tokio::test]
async fn t22_f11_one_that_hangs_or_drips_is_waited_for_twice_and_no_longer() {
    for act in [Act::Hang, Act::Drip] {
        let (place, server) = (Place::with(LOCAL).await, Server::start([act]).await);
        let called = ask(&place.app, &connector(&place, &server.url), Point::AfterFederation, &jo()).await;
        assert_eq!((called.outcome, called.attempts), failed(Failure::Timeout, 2));
        let seconds = called.duration.as_secs_f64();
        assert!((2.0..4.0).contains(&seconds), "a second each: {seconds}");
        let ids: Vec<_> =
            server.seen().iter().map(|seen| seen.headers.get("x-request-id").cloned()).collect();
        assert_eq!(ids.len(), 2, "exactly one retry");
        assert_eq!(ids[0], ids[1], "so that what it did twice it may leave out");
    }
}

#[tokio::test]
async fn t22_f11_one_that_is_back_at_the_second_request_counts() {
    for first in [down(), Act::Hang] {
        let place = Place::with(LOCAL).await;
        let server = Server::start([first, goes_on()]).await;
        assert_eq!(asked(&place, &connector(&place, &server.url)).await, went_on(2));
        assert_eq!(server.seen()[0].body, server.seen()[1].body);
    }
}

#[tokio::test]
async fn t22_f11_one_that_is_down_is_asked_twice() {
    let (place, server) = (Place::with(LOCAL).await, Server::start([down()]).await);
    assert_eq!(asked(&place, &connector(&place, &server.url)).await, failed(Failure::Status(500), 2));
    assert_eq!(server.seen().len(), 2);
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}/ask", nobody.local_addr().unwrap());
    drop(nobody);
    assert_eq!(asked(&place, &connector(&place, &address)).await, failed(Failure::Unreachable, 2));
}

#[tokio::test]
async fn t22_a_verdict_and_a_wrong_answer_are_not_asked_for_again() {
    let say = |status, body: &str| Act::Say(status, body.to_owned());
    let refuses = r#"{"version":"1.0.0","status":400,"action":"ValidationError","userMessage":"Too short."}"#;
    for (act, outcome) in [
        (say(400, refuses), Outcome::Invalid("Too short.".to_owned())),
        (say(200, r#"{"action":"ShowBlockPage","userMessage":"No."}"#), Outcome::Block("No.".to_owned())),
        (say(401, "{}"), Outcome::Failed(Failure::Status(401))),
        (say(404, "{}"), Outcome::Failed(Failure::Status(404))),
        (say(429, "{}"), Outcome::Failed(Failure::Status(429))),
        (say(200, "<html>"), Outcome::Failed(Failure::NotJson)),
        (say(200, &"x".repeat(LONGEST + 1)), Outcome::Failed(Failure::TooLong)),
    ] {
        let (place, server) = (Place::with(LOCAL).await, Server::start([act]).await);
        assert_eq!(asked(&place, &connector(&place, &server.url)).await, (outcome, 1));
        assert_eq!(server.seen().len(), 1);
    }
}

#[tokio::test]
async fn s117_t21_a_redirect_is_not_followed() {
    let place = Place::with(LOCAL).await;
    let inside = Server::start([goes_on()]).await;
    for to in [inside.url.clone(), "http://169.254.169.254/latest/meta-data/".to_owned()] {
        let server = Server::start([Act::Redirect(to)]).await;
        assert_eq!(asked(&place, &connector(&place, &server.url)).await, failed(Failure::Status(302), 1));
    }
    assert!(inside.seen().is_empty());
}

#[tokio::test]
async fn s117_t21_an_address_inside_is_not_asked() {
    let (place, server) = (Place::with("").await, Server::start([goes_on()]).await);
    for url in [
        &server.url,
        &server.url.replace("http:", "https:"),
        "https://10.0.0.1/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https://[fc00::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://0.0.0.0/",
        // As numbers, which addresses of the web may be written as.
        "https://2130706433/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
    ] {
        assert_eq!(asked(&place, &connector(&place, url)).await, failed(Failure::Forbidden, 1), "{url}");
    }
    // A name is found out when it is connected to, however it was before.
    let named = server.url.replace("http://127.0.0.1", "https://localhost");
    assert_eq!(asked(&place, &connector(&place, &named)).await, failed(Failure::Forbidden, 1));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn t22_f11_after_five_failures_a_connector_is_left_alone_and_tried_after_thirty_seconds() {
    let (place, server) = (Place::with(LOCAL).await, Server::start([down()]).await);
    let connector = connector(&place, &server.url);
    for number in 0..5 {
        let about = format!("jo{number}@partner.example");
        assert_eq!(asked_about(&place, &connector, &about).await, failed(Failure::Status(500), 2));
    }
    server.tell(goes_on());
    assert_eq!(asked(&place, &connector).await, failed(Failure::BreakerOpen, 0));
    place.clock.advance(Duration::from_secs(29));
    assert_eq!(asked(&place, &connector).await, failed(Failure::BreakerOpen, 0));
    assert_eq!(server.seen().len(), 10, "it was left alone");
    place.clock.advance(Duration::from_secs(1));
    for _ in 0..2 {
        assert_eq!(asked(&place, &connector).await, went_on(1));
    }
}

#[tokio::test]
async fn t22_what_somebody_types_closes_no_door_for_others() {
    let refused = Act::Say(400, r#"{"status":400,"title":"Bad Request"}"#.to_owned());
    let (place, server) = (Place::with(LOCAL).await, Server::start([refused]).await);
    let connector = connector(&place, &server.url);
    for _ in 0..10 {
        assert_eq!(asked(&place, &connector).await, failed(Failure::Status(400), 1));
    }
}

#[tokio::test]
async fn t22_the_ninth_question_of_an_organization_is_not_asked_and_others_are() {
    let (place, server) = (Place::with(LOCAL).await, Server::start([Act::Hang]).await);
    let mut slow = connector(&place, &server.url);
    slow.timeout_seconds = 20;
    let asking: Vec<_> = (0..8)
        .map(|_| {
            let (app, slow) = (place.app.clone(), slow.clone());
            tokio::spawn(async move { ask(&app, &slow, Point::AfterFederation, &jo()).await })
        })
        .collect();
    server.wait_for(8).await;
    assert_eq!(asked(&place, &slow).await, failed(Failure::Busy, 0), "at once");
    server.tell(goes_on());
    let mut other = slow.clone();
    other.organization = "fabrikam".to_owned();
    assert_eq!(asked(&place, &other).await, went_on(1));
    for asking in asking {
        asking.abort();
        assert!(asking.await.is_err(), "nobody waits for it any longer");
    }
    assert_eq!(asked(&place, &slow).await, went_on(1), "there is room again");
}

#[tokio::test]
async fn s115_a_password_that_cannot_be_opened_asks_nobody() {
    let (place, server) = (Place::with(LOCAL).await, Server::start([goes_on()]).await);
    let mut sealed_elsewhere = connector(&place, &server.url);
    sealed_elsewhere.authentication = Authentication::Basic {
        username: "vestibule".to_owned(),
        sealed_password: crate::federation::secret::seal(&place.app, PASSWORD).unwrap(),
    };
    assert_eq!(asked(&place, &sealed_elsewhere).await, failed(Failure::Credentials, 0));
    assert!(server.seen().is_empty());
}

//! A connector whose name is somewhere else a moment later, or at two places at once (DNS rebinding; S117, T21).
//!
//! 127.0.0.1 is listed, and stands for where connectors may be. 127.0.0.2 is not: nobody may ever come there.

use std::sync::Arc;

use tokio::net::{TcpListener, TcpStream};

use super::{LOCAL, Place, Server, asked, connector, failed, goes_on, went_on};
use crate::connectors::answer::{Failure, Outcome};
use crate::connectors::{CONNECT, Connectors};
use crate::outgoing::http::Http;
use crate::outgoing::names::tests::Scripted;

const MAY: &str = "127.0.0.1";
const NEVER: &str = "127.0.0.2";
/// Of the Internet. No test gets as far as to connect to it.
const FAR: &str = "93.184.216.34";

/// A backend that is told these addresses of every name.
async fn told(answers: &[&[&str]]) -> Place {
    let mut place = Place::with(LOCAL).await;
    let listed = ["127.0.0.1/32".parse().unwrap()];
    let http = Http::with_names(&listed, Arc::new(Scripted::new(answers))).unwrap();
    Arc::get_mut(&mut place.app).unwrap().connectors = Connectors::new(&http).unwrap();
    place
}

/// Somebody who listens where nobody may come.
struct Trap(TcpListener);

impl Trap {
    async fn at(port: u16) -> Self {
        Self(TcpListener::bind((NEVER, port)).await.unwrap())
    }

    /// Nobody has come: the first is the one who comes to see.
    async fn is_untouched(&self, why: &str) {
        let own = TcpStream::connect(self.0.local_addr().unwrap()).await.unwrap();
        let (_, first) = self.0.accept().await.unwrap();
        assert_eq!(first, own.local_addr().unwrap(), "somebody was here before: {why}");
    }
}

/// What comes of asking a connector of that scheme, whose name has these addresses, with somebody listening at both.
async fn came_of(scheme: &str, answers: &[&[&str]]) -> (Outcome, u32) {
    let server = Server::start([goes_on()]).await;
    let port: u16 = server.url.split(':').nth(2).unwrap().trim_end_matches("/ask").parse().unwrap();
    let trap = Trap::at(port).await;
    let place = told(answers).await;
    let came = asked(&place, &connector(&place, &format!("{scheme}://connector.example:{port}/ask"))).await;
    trap.is_untouched(&format!("{scheme} {answers:?}: {came:?}")).await;
    came
}

#[tokio::test]
async fn s117_t21_a_name_with_two_answers_is_not_followed_inside() {
    let forbidden = |attempts| failed(Failure::Forbidden, attempts);
    for (scheme, answers, expected) in [
        // Without TLS a name is looked up when it is admitted, and again when it is connected to.
        ("http", [&[MAY][..], &[MAY]], went_on(1)),
        ("http", [&[MAY], &[NEVER]], forbidden(1)),
        // Neither does what is meant for this network go out into the Internet in the clear.
        ("http", [&[MAY], &[FAR]], forbidden(1)),
        ("http", [&[NEVER], &[MAY]], forbidden(1)),
        ("http", [&[FAR], &[MAY]], forbidden(1)),
        // With TLS at each connection alone; nobody at the first speaks it, so that it is tried once more.
        ("https", [&[MAY], &[MAY]], failed(Failure::Unreachable, 2)),
        ("https", [&[MAY], &[NEVER]], forbidden(2)),
        ("https", [&[NEVER], &[MAY]], forbidden(1)),
    ] {
        assert_eq!(came_of(scheme, &answers).await, expected, "{scheme} {answers:?}");
    }
}

#[tokio::test]
async fn s117_t21_a_name_that_is_at_two_places_at_once_is_never_met_at_the_one_inside() {
    for (scheme, answers, expected) in [
        ("http", vec![&[MAY, NEVER][..]], failed(Failure::Forbidden, 1)),
        ("http", vec![&[MAY], &[NEVER, MAY]], went_on(1)),
        ("http", vec![&[MAY], &[MAY, NEVER]], went_on(1)),
        ("https", vec![&[NEVER, MAY]], failed(Failure::Unreachable, 2)),
        ("https", vec![&[MAY, NEVER]], failed(Failure::Unreachable, 2)),
    ] {
        assert_eq!(came_of(scheme, &answers).await, expected, "{scheme} {answers:?}");
    }
}

#[tokio::test]
async fn s117_t21_where_nobody_answers_the_address_inside_is_not_tried_instead() {
    let trap = Trap::at(0).await;
    let port = trap.0.local_addr().unwrap().port();
    for (scheme, answers) in [
        ("http", vec![&[MAY][..], &[MAY, NEVER]]),
        ("http", vec![&[MAY], &[NEVER, MAY]]),
        ("https", vec![&[MAY, NEVER]]),
    ] {
        let place = told(&answers).await;
        let asked = asked(&place, &connector(&place, &format!("{scheme}://connector.example:{port}/"))).await;
        assert!(matches!(asked, (Outcome::Failed(_), _)), "{asked:?}");
    }
    trap.is_untouched("nobody listens at the other").await;
}

#[tokio::test]
async fn s117_t21_a_client_with_a_certificate_of_its_own_is_behind_the_same_guard() {
    let trap = Trap::at(0).await;
    let place = told(&[&[NEVER]]).await;
    let sibling = place.app.connectors.http.sibling(CONNECT, None).unwrap();
    let url = format!("https://connector.example:{}/", trap.0.local_addr().unwrap().port());
    let request = axum::http::Request::post(url).body(Vec::new()).unwrap();
    assert!(sibling.call(request).await.is_err());
    trap.is_untouched("a sibling").await;
}

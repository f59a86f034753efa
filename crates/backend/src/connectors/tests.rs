//! What the tests of this room share: a backend without pages, and a connector on this machine that does as it is told.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use tempfile::TempDir;
use tokio::sync::watch;
use vestibule_domain::testing::{MockClock, SeededEntropy};
use vestibule_domain::time::Timestamp;

use crate::config::tests::sample;
use crate::pages::dist::Dist;
use crate::state::{App, Shared};

/// 20 November 2026, 10:00 UTC.
pub(super) const START: Timestamp = Timestamp(1_795_168_800_000);
/// Admits this machine.
pub(super) const LOCAL: &str = "federation = { private_networks = [\"127.0.0.0/8\"] }\n";

/// A backend.
pub(super) struct Place {
    pub(super) app: Shared,
    pub(super) clock: MockClock,
    _data: TempDir,
}

impl Place {
    /// With these lines in its configuration.
    pub(super) async fn with(more: &str) -> Self {
        let data = TempDir::new().unwrap();
        let config = sample(&format!("data = {:?}\n{more}", data.path().display().to_string()));
        let clock = MockClock::new(START);
        let entropy = Arc::new(SeededEntropy::new(42));
        let app = App::assemble(config, Dist::none(), Arc::new(clock.clone()), entropy).await.unwrap();
        Self { app, clock, _data: data }
    }
}

/// What the connector does with a request.
#[derive(Clone, Debug)]
pub(super) enum Act {
    /// Answers with this status and JSON.
    Say(u16, String),
    /// Sends the browser, as it thinks, elsewhere.
    Redirect(String),
    /// Begins an answer, and never ends it.
    Drip,
    /// Never answers.
    Hang,
}

/// A request, as it arrived.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// A connector on this machine. It does what it is told one after another, and the last of it for ever.
#[derive(Clone)]
pub(super) struct Server {
    pub(super) url: String,
    acts: Arc<Mutex<VecDeque<Act>>>,
    seen: Arc<Mutex<Vec<Seen>>>,
    arrived: watch::Sender<usize>,
}

impl Server {
    pub(super) async fn start(acts: impl IntoIterator<Item = Act>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = Self {
            url: format!("http://{}/ask", listener.local_addr().unwrap()),
            acts: Arc::new(Mutex::new(acts.into_iter().collect())),
            seen: Arc::default(),
            arrived: watch::Sender::new(0),
        };
        let router = Router::new().fallback(answer).with_state(server.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        server
    }

    /// Tells it something else.
    pub(super) fn tell(&self, act: Act) {
        *self.acts.lock().unwrap() = VecDeque::from([act]);
    }

    /// The requests so far.
    pub(super) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// Waits until so many requests are there.
    pub(super) async fn wait_for(&self, requests: usize) {
        self.arrived.subscribe().wait_for(|arrived| *arrived >= requests).await.unwrap();
    }
}

async fn answer(State(server): State<Server>, headers: HeaderMap, body: Bytes) -> Response {
    server.seen.lock().unwrap().push(Seen { headers, body });
    server.arrived.send_modify(|arrived| *arrived += 1);
    let act = {
        let mut acts = server.acts.lock().unwrap();
        if acts.len() > 1 { acts.pop_front().unwrap() } else { acts.front().unwrap().clone() }
    };
    match act {
        Act::Say(status, body) => {
            let status = StatusCode::from_u16(status).unwrap();
            (status, [(header::CONTENT_TYPE, "application/json")], body).into_response()
        }
        Act::Redirect(to) => (StatusCode::FOUND, [(header::LOCATION, to)]).into_response(),
        Act::Drip => {
            let stream = futures_util::stream::unfold(true, |first| async move {
                if !first {
                    std::future::pending::<()>().await;
                }
                Some((Ok::<_, std::convert::Infallible>(Bytes::from_static(b"{")), false))
            });
            ([(header::CONTENT_TYPE, "application/json")], Body::from_stream(stream)).into_response()
        }
        Act::Hang => std::future::pending().await,
    }
}

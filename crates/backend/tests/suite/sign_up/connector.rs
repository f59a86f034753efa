//! A connector on this machine, which does as a test tells it, and a world whose user flow asks it.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::post;
use futures_util::{StreamExt as _, stream};
use serde_json::{Value, json};
use tokio::sync::{Semaphore, watch};

use super::{SUPPLIERS, world};
use crate::client::{Client, step};
use crate::world::World;

/// Where the first connector of a user flow stands in a file, and the second.
pub(crate) const POINTS: [&str; 2] = ["after_federation", "before_creation"];
/// A connector whose failures let in.
pub(crate) const OPEN: &str = "on_failure = \"fail_open\"";

/// What it does with a question.
#[derive(Clone, Debug)]
pub(crate) enum Says {
    /// Answers with this status and JSON.
    Json(u16, Value),
    /// Answers with this status, type and text.
    Text(u16, &'static str, String),
    /// Sends us to itself, to ask again.
    Redirect,
    /// Never answers.
    Hang,
    /// Begins an answer, and never ends it.
    Drip,
    /// Begins an answer, and breaks off.
    Cut,
    /// Answers without end.
    Flood,
}

impl From<(u16, Value)> for Says {
    fn from((status, body): (u16, Value)) -> Self {
        Self::Json(status, body)
    }
}

/// A connector.
#[derive(Clone)]
pub(crate) struct Connector {
    /// What it does, in this order; the last again and again.
    says: Arc<Mutex<VecDeque<Says>>>,
    /// What it was told.
    told: Arc<Mutex<Vec<Value>>>,
    arrived: watch::Sender<usize>,
    /// While it holds back its answers: as many go out as there are permits.
    gate: Arc<Mutex<Option<Arc<Semaphore>>>>,
}

async fn take(State(connector): State<Connector>, body: Bytes) -> Response {
    let gate = connector.gate.lock().unwrap().clone();
    connector.told.lock().unwrap().push(serde_json::from_slice(&body).unwrap());
    connector.arrived.send_modify(|arrived| *arrived += 1);
    if let Some(gate) = gate {
        gate.acquire().await.unwrap().forget();
    }
    let says = {
        let mut says = connector.says.lock().unwrap();
        if says.len() > 1 { says.pop_front().unwrap() } else { says[0].clone() }
    };
    let part = || Ok::<_, std::io::Error>(Bytes::from_static(b"{\"action\": \"Continue\", "));
    let begun = |rest| ([(header::CONTENT_TYPE, "application/json")], rest).into_response();
    match says {
        Says::Json(status, body) => (StatusCode::from_u16(status).unwrap(), axum::Json(body)).into_response(),
        Says::Text(status, kind, body) => {
            (StatusCode::from_u16(status).unwrap(), [(header::CONTENT_TYPE, kind)], body).into_response()
        }
        Says::Redirect => (StatusCode::TEMPORARY_REDIRECT, [(header::LOCATION, "/")]).into_response(),
        Says::Hang => std::future::pending().await,
        Says::Drip => begun(Body::from_stream(stream::iter([part()]).chain(stream::pending()))),
        Says::Cut => begun(Body::from_stream(stream::iter([part(), Err(std::io::Error::other("cut"))]))),
        Says::Flood => {
            let much = || Ok::<_, std::io::Error>(Bytes::from_static(&[b' '; 8 * 1024]));
            begun(Body::from_stream(stream::repeat_with(much)))
        }
    }
}

impl Connector {
    /// One that runs until the test ends; with where it is.
    pub(crate) async fn start(says: &[impl Clone + Into<Says>]) -> (Self, String) {
        let says = says.iter().cloned().map(Into::into).collect();
        let connector = Self {
            says: Arc::new(Mutex::new(says)),
            told: Arc::default(),
            arrived: watch::Sender::new(0),
            gate: Arc::default(),
        };
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/", listener.local_addr().unwrap());
        let router = Router::new().route("/", post(take)).with_state(connector.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        (connector, address)
    }

    /// Tells it something else.
    pub(crate) fn tell(&self, says: &[Says]) {
        *self.says.lock().unwrap() = says.iter().cloned().collect();
    }

    /// What it was told so far.
    pub(crate) fn told(&self) -> Vec<Value> {
        self.told.lock().unwrap().clone()
    }

    /// Waits until it was asked so many times.
    pub(crate) async fn wait_for(&self, questions: usize) {
        self.arrived.subscribe().wait_for(|arrived| *arrived >= questions).await.unwrap();
    }

    /// From now on it answers as often as there are permits, to the questions that come now.
    pub(crate) fn hold(&self) -> Arc<Semaphore> {
        let gate = Arc::new(Semaphore::new(0));
        *self.gate.lock().unwrap() = Some(gate.clone());
        gate
    }

    /// Questions that come from now on are answered at once.
    pub(crate) fn hold_no_more(&self) {
        *self.gate.lock().unwrap() = None;
    }
}

/// Its entry in a file, as `check`.
pub(crate) fn entry(address: &str, more: &str) -> String {
    format!(
        "\n[[connectors]]\nid = \"check\"\nname = \"Check\"\ntarget_url = \"{address}\"\nusername = \"door\"\n\
         password = \"a-password-of-ours\"\n{more}\n"
    )
}

/// The user flow that asks it at a point.
pub(crate) fn flow(point: &str) -> String {
    SUPPLIERS.replace("apps = ", &format!("{point} = \"check\"\napps = "))
}

/// A world whose user flow asks this at a point.
pub(crate) async fn asking(point: &str, more: &str, says: &[impl Clone + Into<Says>]) -> (World, Connector) {
    let (connector, address) = Connector::start(says).await;
    (world(&format!("{}{}", flow(point), entry(&address, more))).await, connector)
}

pub(crate) fn goes_on(more: &Value) -> (u16, Value) {
    let mut body = json!({ "version": "1.0.0", "action": "Continue" });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    (200, body)
}

pub(crate) fn blocks(text: &str) -> (u16, Value) {
    (200, json!({ "version": "1.0.0", "action": "ShowBlockPage", "userMessage": text }))
}

pub(crate) fn refuses(text: &str) -> (u16, Value) {
    (400, json!({ "version": "1.0.0", "status": 400, "action": "ValidationError", "userMessage": text }))
}

/// Where somebody stands once nobody is asked any longer.
pub(crate) async fn settled(client: &mut Client, mut stands: Value) -> Value {
    while step(&stands) == "checking" {
        stands = client.act(&stands, "check", json!({})).await.ok();
    }
    stands
}

//! Asks a connector: as it wants to know us, within its time, and once more when it was not there. Nothing is held
//! meanwhile but a place in the organization's own queue; no connection to the database is.

#[cfg(test)]
mod tests;

use std::time::Duration;

use axum::http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderValue, Request, Response};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use tokio::time::Instant;
use vestibule_storage::connectors::{Authentication, Connector};

use super::answer::{Answer, Failure, LONGEST, Outcome, read};
use super::request::{Claims, Point, body};
use super::traffic::Showed;
use super::{CONNECT, secret};
use crate::outgoing::http::{Bounds, Http, HttpError};
use crate::state::App;

/// Requests for one question: one, and one more when nobody was there.
const ATTEMPTS: u32 = 2;
/// The same in both requests: what a connector does twice for it, it may leave out.
const REQUEST_ID: &str = "x-request-id";
const JSON: HeaderValue = HeaderValue::from_static("application/json");

/// What came of asking, and what it took.
#[derive(Clone, Debug, PartialEq)]
pub struct Called {
    /// What came of it. [`effect`](super::effect) says what that comes to.
    pub outcome: Outcome,
    /// Requests that were made, or refused by the guard before they left.
    pub attempts: u32,
    /// How long it took.
    pub duration: Duration,
}

/// Asks a connector about somebody who signs up. Never call it inside a transaction: it may take as long as
/// the connector's time twice.
pub async fn ask(app: &App, connector: &Connector, point: Point, claims: &Claims) -> Called {
    match compose(app, connector, point, claims) {
        Ok(request) => converse(app, connector, point, &request, &claims.email).await.0,
        Err(failure) => {
            let called = Called { outcome: Outcome::Failed(failure), attempts: 0, duration: Duration::ZERO };
            log(connector, point, &called);
            called
        }
    }
}

/// The request, as it is sent. Its headers hold the password, which is marked as sensitive.
///
/// # Errors
/// When there is no randomness for its id, or what is stored of the connector cannot be used.
pub fn compose(
    app: &App,
    connector: &Connector,
    point: Point,
    claims: &Claims,
) -> Result<Request<Vec<u8>>, Failure> {
    let id = app.new_id().map_err(|_| Failure::Internal)?;
    let mut request = Request::post(&connector.target_url)
        .header(CONTENT_TYPE, JSON)
        .header(ACCEPT, JSON)
        .header(REQUEST_ID, id);
    match &connector.authentication {
        Authentication::Basic { username, sealed_password } => {
            let password = opened(app, sealed_password)?;
            let pair = BASE64_STANDARD.encode(format!("{username}:{password}"));
            let mut value =
                HeaderValue::try_from(format!("Basic {pair}")).map_err(|_| Failure::Credentials)?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        Authentication::Certificate { .. } => {}
    }
    request.body(body(point, claims).to_string().into_bytes()).map_err(|_| Failure::Internal)
}

/// Makes a request, and gives the last answer as well as what came of it.
pub async fn converse(
    app: &App,
    connector: &Connector,
    point: Point,
    request: &Request<Vec<u8>>,
    about: &str,
) -> (Called, Option<Answer>) {
    let began = Instant::now();
    let mut attempts = 0;
    let answer = match app.connectors.traffic.enter(connector, app.now()) {
        Ok(permit) => {
            let answer = exchange(app, connector, request, &mut attempts).await;
            let showed = match &answer {
                Ok(answer) if Failure::Status(answer.status).is_outage() => Showed::Fault(about),
                Err(failure) if failure.is_outage() => Showed::Nothing,
                Ok(_) | Err(_) => Showed::Life,
            };
            // One that was not even asked has not shown that it is there.
            if attempts > 0 {
                permit.note(showed, app.now());
            }
            answer
        }
        Err(failure) => Err(failure),
    };
    let outcome = match &answer {
        Ok(answer) => read(point, answer),
        Err(failure) => Outcome::Failed(*failure),
    };
    let called = Called { outcome, attempts, duration: began.elapsed() };
    log(connector, point, &called);
    (called, answer.ok())
}

async fn exchange(
    app: &App,
    connector: &Connector,
    request: &Request<Vec<u8>>,
    attempts: &mut u32,
) -> Result<Answer, Failure> {
    let http = client(app, connector)?;
    let patience = Duration::from_secs(connector.timeout_seconds.into());
    loop {
        *attempts += 1;
        let answer = http.exchange(request.clone(), Bounds { patience, longest: LONGEST }).await;
        let was_there = match &answer {
            Ok(answer) => !answer.status().is_server_error(),
            Err(HttpError::Late(_) | HttpError::Unreachable(_) | HttpError::Fault(..)) => false,
            Err(HttpError::Forbidden(_) | HttpError::Plain(_) | HttpError::TooLong(_)) => true,
        };
        if was_there || *attempts == ATTEMPTS {
            return answer.map(received).map_err(|error| failure(&error));
        }
    }
}

/// Who speaks. A certificate belongs to the connection, so such a connector has connections of its own.
fn client(app: &App, connector: &Connector) -> Result<Http, Failure> {
    match &connector.authentication {
        Authentication::Basic { .. } => Ok(app.connectors.http.clone()),
        Authentication::Certificate { sealed_key, certificates } => {
            let pem = format!("{}\n{certificates}", opened(app, sealed_key)?);
            app.connectors.http.sibling(CONNECT, Some(&pem)).map_err(|_| Failure::Credentials)
        }
    }
}

fn opened(app: &App, sealed: &str) -> Result<String, Failure> {
    secret::open(app, sealed).map_err(|_| Failure::Credentials)
}

fn received(response: Response<Vec<u8>>) -> Answer {
    let (head, body) = response.into_parts();
    let content_type = head.headers.get(CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    Answer { status: head.status.as_u16(), content_type: content_type.map(Into::into), body }
}

fn failure(error: &HttpError) -> Failure {
    match error {
        HttpError::Forbidden(_) | HttpError::Plain(_) => Failure::Forbidden,
        HttpError::Unreachable(_) => Failure::Unreachable,
        HttpError::Late(_) => Failure::Timeout,
        HttpError::Fault(_, status) => Failure::Status(*status),
        HttpError::TooLong(_) => Failure::TooLong,
    }
}

/// Nothing of what was said, on either side: it is about a person.
fn log(connector: &Connector, point: Point, called: &Called) {
    let Called { outcome, attempts, duration } = called;
    let (organization, id, point) = (&connector.organization, &connector.id, point.as_str());
    let milliseconds = u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let verdict = match outcome {
        Outcome::Continue(_) => "continue",
        Outcome::Block(_) => "show_block_page",
        Outcome::Invalid(_) => "validation_error",
        Outcome::Failed(failure) => {
            let status = if let Failure::Status(status) = failure { Some(*status) } else { None };
            let verdict = failure.as_str();
            tracing::warn!(
                organization,
                connector = id,
                point,
                verdict,
                status,
                attempts,
                milliseconds,
                "a connector gave no verdict"
            );
            return;
        }
    };
    tracing::info!(
        organization,
        connector = id,
        point,
        verdict,
        attempts,
        milliseconds,
        "a connector answered"
    );
}

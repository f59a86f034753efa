//! What is in the log of a request, and what must not be.

#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write;
use std::sync::{Arc, Mutex, Once};

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use axum::middleware::from_fn_with_state;
use axum::routing::{get, post};
use tower::ServiceExt as _;
use tracing::instrument::WithSubscriber as _;
use tracing_subscriber::EnvFilter;
use vestibule_domain::testing::SeededEntropy;

use super::{RequestLog, record};
use crate::http::body::{FormBody, JsonBody};
use crate::http::cookies::Cookies;
use crate::http::form_token::FormTokens;
use crate::http::problem::ApiProblem;

/// Where a test's log goes.
#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn service() -> Router {
    Router::new()
        .route("/i/{token}", get(|cookies: Cookies| async move { format!("{cookies:?}") }))
        .route("/json", post(|JsonBody(_): JsonBody<u32>| async {}))
        .route("/form", post(|FormBody(_): FormBody| async {}))
        .route("/fails", get(|| async { ApiProblem::internal("the disk\r\nis \u{1b}[31mfull") }))
        .layer(from_fn_with_state(RequestLog(Arc::new(SeededEntropy::new(1))), record))
}

/// Runs requests and gives their statuses and everything that was logged, at the finest level.
async fn log_of(requests: Vec<Request<Body>>) -> (Vec<StatusCode>, String) {
    // Each place that logs remembers whether anybody listens. Without a listener for the whole process it could have
    // learnt from a test beside this one that nobody does.
    static LISTENS: Once = Once::new();
    LISTENS.call_once(|| drop(tracing::subscriber::set_global_default(tracing_subscriber::registry())));
    let captured = Captured::default();
    let writer = captured.clone();
    let subscriber = tracing_subscriber::fmt()
        .json()
        .with_env_filter(EnvFilter::new("trace"))
        .with_writer(move || writer.clone())
        .finish();
    let work = async {
        let mut statuses = Vec::new();
        for request in requests {
            statuses.push(service().oneshot(request).await.unwrap().status());
        }
        statuses
    };
    let statuses = work.with_subscriber(subscriber).await;
    let text = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    (statuses, text)
}

#[tokio::test]
async fn a_request_is_one_line_with_route_status_and_reference() {
    let (_, log) = log_of(vec![Request::builder().uri("/i/abc").body(Body::empty()).unwrap()]).await;
    let lines: Vec<serde_json::Value> = log.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let answered = lines.iter().find(|line| line["fields"]["message"] == "answered").unwrap();
    assert_eq!(answered["fields"]["status"], 200);
    assert!(answered["fields"]["took_ms"].is_u64());
    assert_eq!(answered["span"]["route"], "/i/{token}");
    assert_eq!(answered["span"]["method"], "GET");
    assert!(answered["span"]["reference"].as_str().unwrap().starts_with("V-"));
}

#[tokio::test]
async fn s112_t31_no_secret_of_a_request_reaches_the_log() {
    let canary = "canary-7f3a";
    let base = || Request::builder().header("cookie", format!("__Host-vestibule-session={canary}"));
    let with_body = |path: &str, media_type: &str, body: String| {
        base().method("POST").uri(path).header("content-type", media_type).body(Body::from(body)).unwrap()
    };
    let (statuses, log) = log_of(vec![
        base().uri(format!("/i/{canary}?code={canary}")).body(Body::empty()).unwrap(),
        base().uri(format!("/nothing/{canary}?token={canary}")).body(Body::empty()).unwrap(),
        base().uri("/fails").header("authorization", format!("Bearer {canary}")).body(Body::empty()).unwrap(),
        base()
            .uri("/fails")
            .header("user-agent", canary)
            .header("referer", canary)
            .body(Body::empty())
            .unwrap(),
        with_body("/json", "application/json", format!("\"{canary}\"")),
        with_body("/json", "application/json", format!("{{\"{canary}\": ")),
        with_body("/form", "application/x-www-form-urlencoded", format!("code={canary}&code={canary}")),
        with_body("/form", canary, canary.to_owned()),
    ])
    .await;
    let statuses: Vec<u16> = statuses.iter().map(StatusCode::as_u16).collect();
    assert_eq!(statuses, [200, 404, 500, 500, 400, 400, 400, 415]);
    assert!(log.contains("answered") && log.contains("a request failed"));
    assert!(!log.contains(canary), "{log}");
}

#[tokio::test]
async fn s112_what_holds_secrets_does_not_print() {
    let tokens = FormTokens::new([7; 32]);
    assert_eq!(format!("{tokens:?}"), "FormTokens([redacted])");
}

#[tokio::test]
async fn s113_control_characters_stay_inside_their_line() {
    let (_, log) = log_of(vec![Request::builder().uri("/fails").body(Body::empty()).unwrap()]).await;
    let failed: Vec<&str> = log.lines().filter(|line| line.contains("a request failed")).collect();
    assert_eq!(failed.len(), 1);
    assert!(!failed[0].contains('\u{1b}') && failed[0].contains("\\r\\n"), "{}", failed[0]);
    let reference =
        serde_json::from_str::<serde_json::Value>(failed[0]).unwrap()["span"]["reference"].clone();
    assert!(reference.as_str().unwrap().starts_with("V-"));
}

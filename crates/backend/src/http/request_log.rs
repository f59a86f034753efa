//! One line of log a request: method, route, status, duration, reference. Never the address that was asked for, no
//! header and no body: they hold invitation links, codes and addresses (S112, T31).

#[cfg(test)]
mod tests;

use std::sync::Arc;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use tokio::time::Instant;
use tracing::Instrument as _;
use vestibule_domain::ports::Entropy;

use super::reference;

/// What the layer needs: references are drawn.
#[derive(Clone)]
pub struct RequestLog(pub Arc<dyn Entropy>);

/// Gives the request its reference and logs its outcome. As a layer of the router (`Router::layer`), so that the route
/// is known by then; requests that no route took are logged as `(none)`.
pub async fn record(State(RequestLog(entropy)): State<RequestLog>, request: Request, next: Next) -> Response {
    let reference = reference::fresh(entropy.as_ref());
    let route = request.extensions().get::<MatchedPath>().map_or("(none)", MatchedPath::as_str);
    let span = tracing::info_span!("request", method = %request.method(), route, reference);
    let started = Instant::now();
    let answered = async {
        let response = next.run(request).await;
        let status = response.status().as_u16();
        let took_ms = u64::try_from(started.elapsed().as_millis()).unwrap_or(u64::MAX);
        tracing::info!(status, took_ms, "answered");
        response
    };
    reference::scope(reference, answered.instrument(span)).await
}

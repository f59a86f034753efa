//! `GET /healthz` and `GET /readyz`, for whoever keeps this running.

use axum::extract::State;

use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// The process runs.
pub async fn healthz() -> &'static str {
    "ok\n"
}

/// The database answers, and its writer runs.
pub async fn readyz(State(app): State<Shared>) -> Result<&'static str, ApiProblem> {
    app.store.ping().await.map_err(ApiProblem::unavailable)?;
    Ok("ready\n")
}

//! `GET /.well-known/vestibule`.

use axum::Json;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule_contract::CONTRACT_VERSION;
use vestibule_contract::discovery::{Deployment, Discovery, Endpoints};

use super::brand::cacheable;
use crate::state::{App, Shared};

/// What this backend is.
pub async fn get(State(app): State<Shared>, headers: HeaderMap) -> Response {
    cacheable(&headers, Json(document(&app)))
}

/// The discovery document.
pub fn document(app: &App) -> Discovery {
    Discovery {
        contract: CONTRACT_VERSION.to_owned(),
        profiles: ["redeem", "email-code", "federation", "sign-up", "consent", "panel", "desk", "html"]
            .map(str::to_owned)
            .to_vec(),
        endpoints: Endpoints {
            flows: "/api/v1/flows".to_owned(),
            session: "/api/v1/session".to_owned(),
            me: "/api/v1/me".to_owned(),
            brand: "/api/v1/brand".to_owned(),
            desk: "/v1.0".to_owned(),
        },
        issuer: None,
        deployment: Deployment::SameOrigin,
        locales: app.config.locales.clone(),
        // Apps are launched by links; the addresses of a `done` step are checked when it is made.
        redirect_origins: Vec::new(),
    }
}

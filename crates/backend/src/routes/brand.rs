//! `GET /api/v1/brand`: an organization's look.

use axum::Json;
use axum::extract::{Query, State};
use axum::http::header::{CACHE_CONTROL, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use vestibule_contract::brand::{Brand, Font, Layout, Palette};
use vestibule_domain::brand as tokens;
use vestibule_storage::organizations::{self, Organization};

use crate::flows::document::card;
use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// Whose brand.
#[derive(Deserialize)]
pub struct Whose {
    organization: String,
}

/// The brand document.
pub async fn get(
    State(app): State<Shared>,
    Query(Whose { organization }): Query<Whose>,
    headers: HeaderMap,
) -> Result<Response, ApiProblem> {
    let found = app
        .store
        .read(|connection| Box::pin(async move { organizations::find(connection, &organization).await }))
        .await?
        .ok_or_else(ApiProblem::not_found)?;
    Ok(cacheable(&headers, Json(document(&found))))
}

/// The brand of an organization, on the wire.
pub fn document(organization: &Organization) -> Brand {
    let palette = |tokens: &tokens::PaletteTokens| Palette {
        accent: tokens.accent.to_string(),
        on_accent: tokens.on_accent.to_string(),
        ground: tokens.ground.to_string(),
    };
    let brand = &organization.brand;
    Brand {
        organization: card(organization),
        light: palette(&brand.light),
        dark: palette(&brand.dark),
        radius: brand.radius,
        font: match brand.font {
            tokens::Font::System => Font::System,
            tokens::Font::Serif => Font::Serif,
            tokens::Font::Rounded => Font::Rounded,
            tokens::Font::Mono => Font::Mono,
        },
        layout: match brand.layout {
            tokens::Layout::Centred => Layout::Centred,
            tokens::Layout::Split => Layout::Split,
        },
        privacy_url: organization.settings.privacy_url.clone(),
        terms_url: organization.settings.terms_url.clone(),
        help: organization.settings.contact.as_ref().map(|address| format!("mailto:{address}")),
    }
}

/// The entity tag of an organization's brand.
pub fn etag(organization: &Organization) -> String {
    tag_of(&document(organization))
}

fn tag_of<T: Serialize>(document: &T) -> String {
    let digest = Sha256::digest(serde_json::to_vec(document).unwrap_or_default());
    format!("\"{digest:.16x}\"")
}

/// A public document with its entity tag; 304 for a client that has it.
pub(super) fn cacheable<T: Serialize>(request: &HeaderMap, Json(document): Json<T>) -> Response {
    let tag = tag_of(&document);
    let known = request.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let fresh =
        known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut response =
        if fresh { StatusCode::NOT_MODIFIED.into_response() } else { Json(document).into_response() };
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("public, max-age=300"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(ETAG, tag);
    }
    response
}

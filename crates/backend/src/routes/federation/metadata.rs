//! `GET /federation/{organization}/{provider}/metadata`: ourselves, as a SAML identity provider wants to know us.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use vestibule_storage::StoreError;
use vestibule_storage::providers::{Protocol, list};

use crate::federation::saml::own;
use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// Our metadata. Also of a provider that is turned off: it may ask for ours before it gives its own.
pub async fn get(
    State(app): State<Shared>,
    Path((organization, id)): Path<(String, String)>,
) -> Result<Response, ApiProblem> {
    let provider = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move {
                Ok(list(connection, &organization).await?.into_iter().find(|provider| provider.id == id))
            })
        })
        .await?;
    let provider = provider.ok_or_else(ApiProblem::not_found)?;
    let Protocol::Saml(settings) = &provider.protocol else { return Err(ApiProblem::not_found()) };
    let metadata = own::metadata(&app, &provider, settings);
    Ok(([(CONTENT_TYPE, "application/samlmetadata+xml")], metadata).into_response())
}

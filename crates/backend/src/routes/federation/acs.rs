//! `POST /federation/{organization}/{provider}/acs`: where a SAML identity provider lets the browser post its answer.
//!
//! The post comes from another site, without our cookies: it proves nothing of the browser. So it changes nothing but
//! what is kept of its own journey, and the browser is sent on to the callback, which has the flow's cookie.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::FailureKind;
use vestibule_domain::secret::Token;
use vestibule_storage::{StoreError, authorizations};

use crate::federation::saml::answer::delivery;
use crate::federation::saml::consume::consume;
use crate::flows::walk::WalkError;
use crate::http::body::SamlBody;
use crate::http::problem::ApiProblem;
use crate::routes::pages::respond::see_other;
use crate::routes::pages::{failure, problem};
use crate::state::Shared;

/// Takes the answer.
pub async fn post(
    State(app): State<Shared>,
    Path((organization, provider)): Path<(String, String)>,
    headers: HeaderMap,
    body: Result<SamlBody, ApiProblem>,
) -> Response {
    let taken = match body {
        Ok(body) => take(&app, &organization, &provider, body).await,
        Err(error) => return problem(&app, &headers, &error),
    };
    match taken {
        Ok(Some(callback)) => see_other(&callback),
        // No journey of ours: nothing is taken that was not asked for.
        Ok(None) => failure(&app, &headers, FailureKind::NotFound, StatusCode::NOT_FOUND),
        Err(error) => problem(&app, &headers, &error.into()),
    }
}

async fn take(
    app: &Shared,
    organization: &str,
    provider: &str,
    body: SamlBody,
) -> Result<Option<String>, WalkError> {
    let Ok(state) = Token::parse(&body.relay_state) else { return Ok(None) };
    let (hash, wanted) = (state.hash(), state.hash());
    let known = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move { authorizations::flow_of(connection, &wanted).await })
        })
        .await?;
    if known.is_none() {
        return Ok(None);
    }
    let delivery = delivery(&state, &body.response);
    consume(app, &hash, organization, provider, &body.response, &delivery).await?;
    let state = state.reveal();
    Ok(Some(format!("/federation/{organization}/{provider}/callback?state={state}&delivery={delivery}")))
}

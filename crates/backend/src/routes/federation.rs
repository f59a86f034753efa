//! `GET /federation/{organization}/{provider}/callback`: where a provider sends people back.
//!
//! Whatever is wrong leads back to the flow, which shows where it stands: nobody is told more than that another way is
//! open. The journey is taken once, by the browser that began it, before anything is asked of the provider (S41, S42,
//! S55).

pub mod acs;
pub mod logout;
pub mod metadata;
pub mod posted;

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::FailureKind;
use vestibule_domain::provider::Failure;
use vestibule_domain::secret::Token;
use vestibule_storage::{StoreError, authorizations, flows, providers};

use super::flows::binding;
use super::pages::respond::{see_other, with_cookies, with_session};
use super::pages::{failure, problem};
use crate::federation::answer::{Answer, person};
use crate::flows::federation::{Arrival, arrive};
use crate::http::client_ip::ClientIp;
use crate::http::cookies::LastUsed;
use crate::http::problem::ApiProblem;
use crate::state::Shared;

/// Takes the answer.
pub async fn get(
    State(app): State<Shared>,
    Path((organization, provider)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    ClientIp(client): ClientIp,
    headers: HeaderMap,
) -> Response {
    match answer(&app, &organization, &provider, query.as_deref().unwrap_or_default(), client, &headers).await
    {
        Ok(Some(response)) => response,
        Ok(None) => failure(&app, &headers, FailureKind::NotFound, StatusCode::NOT_FOUND),
        Err(error) => problem(&app, &headers, &error),
    }
}

async fn answer(
    app: &Shared,
    organization: &str,
    id: &str,
    query: &str,
    client: String,
    headers: &HeaderMap,
) -> Result<Option<Response>, ApiProblem> {
    let Some(answer) = Answer::read(query) else { return Ok(None) };
    let Some(Ok(state)) = answer.state.as_deref().map(Token::parse) else { return Ok(None) };
    let hash = state.hash();
    let wanted = hash.clone();
    let flow = app
        .store
        .read::<_, StoreError, _>(|connection| {
            Box::pin(async move { authorizations::flow_of(connection, &wanted).await })
        })
        .await?;
    let Some(flow) = flow else { return Ok(None) };
    let back = format!("/flow/{flow}");
    let bound = binding(headers, &flow);
    // Another browser's: its page says so, and the journey stays open for the one that began it.
    let (owner, now) = (bound.clone(), app.now());
    let (organization, id) = (organization.to_owned(), id.to_owned());
    let taken = app
        .store
        .write::<_, StoreError, _>(move |connection| {
            Box::pin(async move {
                let Some(stored) = flows::find(connection, &flow).await? else { return Ok(None) };
                if owner.is_none_or(|owner| owner.hash().as_str() != stored.binding) {
                    return Ok(None);
                }
                let taken = authorizations::take(connection, &hash, &organization, &id, &flow, now).await?;
                let provider = providers::find_enabled(connection, &organization, &id).await?;
                Ok(taken.zip(provider))
            })
        })
        .await?;
    let Some((authorization, provider)) = taken else { return Ok(Some(see_other(&back))) };
    let person = person(app, &provider, &authorization.sealed, answer).await;
    let (there, failed) =
        ((provider.organization.clone(), provider.id.clone()), person.as_ref().err().copied());
    if matches!(failed, None | Some(Failure::Unreachable)) {
        app.provider_health.note(&provider, failed.is_none(), app.now());
    }
    let arrival = Arrival { flow: authorization.flow, binding: bound, provider, client, person };
    Ok(Some(match arrive(app, arrival).await? {
        Ok(session) => {
            let response = with_session(see_other(&back), session.as_ref());
            match failed {
                None => with_cookies(response, [LastUsed::set(&there.0, &there.1)]),
                Some(_) => response,
            }
        }
        Err(_) => see_other(&back),
    }))
}

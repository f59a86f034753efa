//! `/apps/account`: what the person agreed to, and what happened.

use axum::extract::{OriginalUri, Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use vestibule::screen::{AccountScreen, Screen};

use super::apps::{inside, shown};
use super::form::Posted;
use super::respond::{respond, see_other};
use crate::http::problem::ApiProblem;
use crate::routes::me::context::{About, Asked, Here};
use crate::routes::me::{activity, consents, organizations, profile};
use crate::sessions::Signed;
use crate::state::Shared;

/// The account.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/apps/account", |path| path.as_str());
    let here = match inside(&app, &headers, path, session, asked.organization, About::Own).await {
        Ok((_, here)) => here,
        Err(response) => return response,
    };
    match screen(&app, &here).await {
        Ok(screen) => respond(&app, &headers, shown(&here, screen, path)),
        Err(problem) => super::problem(&app, &headers, &problem),
    }
}

async fn screen(app: &Shared, here: &Here) -> Result<Screen, ApiProblem> {
    Ok(Screen::Account(Box::new(AccountScreen {
        me: profile::document(here),
        organizations: organizations::document(here),
        consents: consents::document(app, here).await?,
        activity: activity::document(app, here).await?,
    })))
}

/// Takes a consent back.
pub async fn post(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    let path = uri.path_and_query().map_or("/apps/account", |path| path.as_str());
    let session = match session {
        Ok(Some(Signed(session))) => session,
        Ok(None) => return see_other("/"),
        Err(problem) => return super::problem(&app, &posted.headers, &problem),
    };
    if posted.action == "revoke"
        && let Some(id) = posted.values.get("id")
        && let Err(error) = consents::revoke(&app, &session, id.clone()).await
    {
        return super::problem(&app, &posted.headers, &error.into());
    }
    see_other(path)
}

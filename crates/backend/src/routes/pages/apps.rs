//! `/apps`: the access panel as a page.

use axum::extract::{OriginalUri, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::{FailureKind, PanelScreen, Screen};
use vestibule_storage::sessions::Session;

use super::respond::{Shown, come_again, respond, see_other};
use crate::http::problem::ApiProblem;
use crate::routes::me::apps::{Filter, shared};
use crate::routes::me::context::{self, About, Asked, Here, Missing};
use crate::routes::me::{organizations, profile};
use crate::sessions::Signed;
use crate::state::Shared;

/// What is shared.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(filter): Query<Filter>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/apps", |path| path.as_str());
    let here = match inside(&app, &headers, path, session, filter.organization.clone(), About::Shared).await {
        Ok((_, here)) => here,
        Err(response) => return response,
    };
    let apps = match shared(&app, &here, &filter).await {
        Ok(apps) => apps,
        Err(problem) => return super::problem(&app, &headers, &problem),
    };
    let screen = Screen::Panel(Box::new(PanelScreen {
        me: profile::document(&here),
        organizations: organizations::document(&here),
        apps,
        query: filter.query.unwrap_or_default(),
    }));
    respond(&app, &headers, shown(&here, screen, path))
}

/// The person inside, or where to go first.
pub(super) async fn inside(
    app: &Shared,
    headers: &HeaderMap,
    path: &str,
    session: Result<Option<Signed>, ApiProblem>,
    organization: Option<String>,
    about: About,
) -> Result<(Session, Here), Response> {
    let session = match session {
        Ok(Some(Signed(session))) => session,
        Ok(None) => {
            return Err(come_again(headers, path).unwrap_or_else(|| see_other(&sign_in(organization, path))));
        }
        Err(problem) => return Err(super::problem(app, headers, &problem)),
    };
    let asked = Asked { organization: organization.clone() };
    match context::of(app, &session, &asked, about).await {
        Ok(here) => Ok((session, here)),
        Err(Missing::Consent(organization)) => Err(see_other(&sign_in(Some(organization), path))),
        Err(Missing::NotFound) => {
            Err(super::failure(app, headers, FailureKind::Forbidden, StatusCode::NOT_FOUND))
        }
        Err(Missing::Store(error)) => Err(super::problem(app, headers, &error.into())),
    }
}

/// The sign-in entry that comes back here.
fn sign_in(organization: Option<String>, path: &str) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(organization) = organization.filter(|id| !id.is_empty()) {
        query.append_pair("organization", &organization);
    }
    query.append_pair("return_to", path);
    format!("/?{}", query.finish())
}

/// A screen of somebody inside.
pub(super) fn shown(here: &Here, screen: Screen, path: &str) -> Shown {
    Shown {
        action: path.to_owned(),
        organization: Some(here.organization.clone()),
        account: Some(here.user.address.display().to_owned()),
        ..Shown::of(screen)
    }
}

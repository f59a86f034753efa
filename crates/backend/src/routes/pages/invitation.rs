//! `/i/{token}`: the page of a mailed link. Looking at it changes nothing, however often and by whomever (T01).

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::{FailureKind, Screen, StepScreen, Values};
use vestibule_contract::StepDocument;
use vestibule_contract::flow::{Intent, StartFlow};
use vestibule_storage::sessions::Session;

use super::flow::{organization_of, show, take};
use super::form::Posted;
use super::respond::{Shown, respond, wishes, with_cookies};
use crate::flows::start::{FLOW_LIFETIME, Started, Visitor, is_unknown, preview, start};
use crate::flows::walk::WalkError;
use crate::http::client_ip::ClientIp;
use crate::http::cookies::{self, CookieOptions, LastUsed, flow_name};
use crate::http::problem::ApiProblem;
use crate::sessions::Signed;
use crate::state::{App, Shared};

/// The invitation.
pub async fn get(State(app): State<Shared>, Path(token): Path<String>, headers: HeaderMap) -> Response {
    let action = format!("/i/{token}");
    look(&app, &headers, redeem(token), None, action).await
}

/// The first action of a flow that begins here.
pub async fn post(
    State(app): State<Shared>,
    Path(token): Path<String>,
    ClientIp(client): ClientIp,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    begin(&app, redeem(token), posted, session, client).await
}

fn redeem(token: String) -> StartFlow {
    StartFlow { invitation: Some(token), ..StartFlow::new(Intent::Redeem) }
}

/// Shows what a start would show.
pub(super) async fn look(
    app: &Shared,
    headers: &HeaderMap,
    mut request: StartFlow,
    session: Option<Session>,
    action: String,
) -> Response {
    request.locale = Some(language(app, headers));
    let reader = app.clone();
    let visitor = Visitor { session, last_used: LastUsed::read(headers) };
    let found = app
        .store
        .read::<_, WalkError, _>(|connection| {
            Box::pin(async move { preview(&reader, connection, &request, visitor).await })
        })
        .await;
    let preview = match found {
        Ok(Some(preview)) => preview,
        Ok(None) => return super::failure(app, headers, FailureKind::NotFound, StatusCode::NOT_FOUND),
        Err(error) => return super::problem(app, headers, &error.into()),
    };
    let organization = match organization_of(app, &preview.document).await {
        Ok(organization) => organization,
        Err(error) => return super::problem(app, headers, &error.into()),
    };
    let status = match preview.stopped {
        None => StatusCode::OK,
        Some(_) => stopped_status(&preview.document),
    };
    let screen = Screen::Step(Box::new(StepScreen { document: preview.document, draft: Values::new() }));
    respond(app, headers, Shown { status, action, organization, ..Shown::of(screen) })
}

/// The language in which this browser is shown pages.
fn language(app: &App, headers: &HeaderMap) -> String {
    app.words_for(wishes(headers).into_iter()).0.to_owned()
}

/// What is unknown was never there; the rest was.
fn stopped_status(document: &StepDocument) -> StatusCode {
    if is_unknown(document) { StatusCode::NOT_FOUND } else { StatusCode::GONE }
}

/// Starts a flow and takes the posted action in it.
pub(super) async fn begin(
    app: &Shared,
    mut request: StartFlow,
    posted: Posted,
    session: Result<Option<Signed>, ApiProblem>,
    client: String,
) -> Response {
    let session = match session {
        Ok(session) => session.map(|Signed(session)| session),
        Err(problem) => return super::problem(app, &posted.headers, &problem),
    };
    request.locale = Some(language(app, &posted.headers));
    let visitor = Visitor { session: session.clone(), last_used: LastUsed::read(&posted.headers) };
    match start(app, request, visitor, client.clone()).await {
        Ok(Started::Flow { id, binding, .. }) => {
            let options = CookieOptions::flow(FLOW_LIFETIME);
            let cookie = cookies::set(&flow_name(&id), &binding.reveal(), options);
            let response = take(app, posted, id, Some(binding), session, client).await;
            with_cookies(response, [cookie])
        }
        Ok(Started::Stopped(document)) => {
            let status = stopped_status(&document);
            show(app, &posted.headers, *document, Values::new(), status).await
        }
        Ok(Started::Limited(retry)) => {
            super::problem(app, &posted.headers, &ApiProblem::rate_limited(retry.at, app.now()))
        }
        Ok(Started::Unsupported) => {
            super::failure(app, &posted.headers, FailureKind::NotFound, StatusCode::NOT_FOUND)
        }
        Err(error) => super::problem(app, &posted.headers, &error.into()),
    }
}

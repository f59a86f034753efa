//! `/flow/{id}`: the running flow as a page.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::screen::{FailureKind, Screen, StepScreen, Values};
use vestibule_contract::StepDocument;
use vestibule_contract::flow::SubmitAction;
use vestibule_contract::step::{BlockedReason, DoneKind, Step};
use vestibule_domain::secret::Token;
use vestibule_storage::StoreError;
use vestibule_storage::organizations::{self, Organization};

use super::form::Posted;
use super::respond::{Shown, respond, see_other, with_session};
use crate::flows::document::stop;
use crate::flows::submit::{Refused, Submit, Submitted, present, submit};
use crate::flows::walk::WalkError;
use crate::http::client_ip::ClientIp;
use crate::http::problem::ApiProblem;
use crate::http::reference;
use crate::routes::flows::binding;
use crate::sessions::Signed;
use crate::state::{App, Shared};

/// The present step.
pub async fn get(State(app): State<Shared>, Path(id): Path<String>, headers: HeaderMap) -> Response {
    let bound = binding(&headers, &id);
    let (reader, flow) = (app.clone(), id.clone());
    let found = app
        .store
        .read::<_, WalkError, _>(|connection| {
            Box::pin(async move { present(&reader, connection, &flow, bound.as_ref()).await })
        })
        .await;
    match found {
        Ok(Ok((document, session))) => {
            let shown = show(&app, &headers, document, Values::new(), StatusCode::OK).await;
            with_session(shown, session.as_ref())
        }
        Ok(Err(refused)) => refuse(&app, &headers, &refused).await,
        Err(error) => super::problem(&app, &headers, &error.into()),
    }
}

/// Takes an action.
pub async fn post(
    State(app): State<Shared>,
    Path(id): Path<String>,
    ClientIp(client): ClientIp,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    let session = match session {
        Ok(session) => session.map(|Signed(session)| session),
        Err(problem) => return super::problem(&app, &posted.headers, &problem),
    };
    let bound = binding(&posted.headers, &id);
    take(&app, posted, id, bound, session, client).await
}

/// Takes the posted action at a flow and answers with where to look next.
pub(super) async fn take(
    app: &Shared,
    posted: Posted,
    flow: String,
    binding: Option<Token>,
    session: Option<vestibule_storage::sessions::Session>,
    client: String,
) -> Response {
    let Posted { action, rev, values, headers, .. } = posted;
    let request = Submit {
        flow: flow.clone(),
        binding,
        // A form without a revision is not one of ours; none of a flow's revisions is this one.
        body: SubmitAction { rev: rev.unwrap_or(u64::MAX), action, values: values.clone() },
        key: None,
        session,
        client,
    };
    match submit(app, request).await {
        Ok(Submitted::Answer(document, token) | Submitted::Stale(document, token)) => {
            with_session(see_other(&next(&flow, &document)), token.as_ref())
        }
        Ok(Submitted::Invalid(document, _)) => {
            show(app, &headers, *document, values, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Submitted::Refused(refused)) => refuse(app, &headers, &refused).await,
        Err(error) => super::problem(app, &headers, &error.into()),
    }
}

/// Where a browser looks after its form. Never straight to another origin: Chromium holds the redirect of a form
/// against `form-action`; the page of the finished flow goes there.
fn next(flow: &str, document: &StepDocument) -> String {
    match &document.step {
        Step::Done(done) if done.kind == DoneKind::Panel => done.redirect.clone(),
        _ => format!("/flow/{flow}"),
    }
}

/// Shows a document.
pub(super) async fn show(
    app: &Shared,
    headers: &HeaderMap,
    document: StepDocument,
    draft: Values,
    status: StatusCode,
) -> Response {
    let organization = match organization_of(app, &document).await {
        Ok(organization) => organization,
        Err(error) => return super::problem(app, headers, &error.into()),
    };
    let onward = match &document.step {
        Step::Done(done) => Some(done.redirect.clone()),
        _ => None,
    };
    let again = matches!(document.step, Step::Checking(_)).then_some(2);
    let shown = Shown {
        status,
        again,
        action: document.flow.id.as_ref().map(|id| format!("/flow/{id}")).unwrap_or_default(),
        organization,
        onward,
        ..Shown::of(Screen::Step(Box::new(StepScreen { document, draft })))
    };
    respond(app, headers, shown)
}

/// The organization in whose name and look a document is shown.
pub(super) async fn organization_of(
    app: &App,
    document: &StepDocument,
) -> Result<Option<Organization>, StoreError> {
    let Some(id) = document.flow.organization.clone() else { return Ok(None) };
    app.store.read(|connection| Box::pin(async move { organizations::find(connection, &id).await })).await
}

/// A flow that cannot be shown here, and what to do.
async fn refuse(app: &Shared, headers: &HeaderMap, refused: &Refused) -> Response {
    let reference = reference::current().unwrap_or_default();
    let (reason, status) = match refused {
        Refused::NotFound => {
            return super::failure(app, headers, FailureKind::NotFound, StatusCode::NOT_FOUND);
        }
        Refused::KeyReused => {
            return super::failure(app, headers, FailureKind::BadAnswer, StatusCode::BAD_REQUEST);
        }
        Refused::BoundElsewhere => (BlockedReason::OtherBrowser, StatusCode::FORBIDDEN),
        Refused::Expired(_) => (BlockedReason::FlowExpired, StatusCode::GONE),
    };
    let mut document = stop(reason, &reference, None, None);
    if let Refused::Expired(restart) = refused {
        document.links.restart = Some(restart.clone());
    }
    show(app, headers, document, Values::new(), status).await
}

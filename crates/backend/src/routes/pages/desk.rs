//! `/desk/invite`: the invite form as a page.

use axum::extract::{OriginalUri, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use vestibule::flow::desk::{error_message, invitation_request};
use vestibule::screen::{FailureKind, InviteScreen, Screen, Values};
use vestibule_contract::Message;
use vestibule_contract::desk::InvitePreview;
use vestibule_contract::graph::Invitation;
use vestibule_domain::permission::may_invite;
use vestibule_storage::invitations::Inviter;

use super::apps::{inside, shown};
use super::form::Posted;
use super::respond::{respond, see_other};
use crate::http::problem::ApiProblem;
use crate::routes::graph::caller::Caller;
use crate::routes::graph::create::invite;
use crate::routes::graph::error::GraphProblem;
use crate::routes::graph::{options, preview};
use crate::routes::me::context::{About, Asked, Here};
use crate::routes::me::profile;
use crate::sessions::Signed;
use crate::state::Shared;

/// The desk has one page so far.
pub async fn entry() -> Response {
    see_other("/desk/invite")
}

/// The form.
pub async fn get(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    session: Result<Option<Signed>, ApiProblem>,
    headers: HeaderMap,
) -> Response {
    let path = uri.path_and_query().map_or("/desk/invite", |path| path.as_str());
    match admitted(&app, &headers, path, session, asked).await {
        Ok(here) => show(&app, &headers, path, &here, Filled::default(), StatusCode::OK).await,
        Err(response) => response,
    }
}

/// What stands in the form, and below it.
#[derive(Default)]
struct Filled {
    draft: Values,
    errors: Vec<Message>,
    preview: Option<InvitePreview>,
    sent: Option<Invitation>,
}

/// Previews or sends.
pub async fn post(
    State(app): State<Shared>,
    OriginalUri(uri): OriginalUri,
    Query(asked): Query<Asked>,
    session: Result<Option<Signed>, ApiProblem>,
    posted: Posted,
) -> Response {
    let path = uri.path_and_query().map_or("/desk/invite", |path| path.as_str());
    let Posted { action, values, token, headers, .. } = posted;
    let here = match admitted(&app, &headers, path, session, asked).await {
        Ok(here) => here,
        Err(response) => return response,
    };
    let (filled, status) = match run(&app, &here, &action, &values, token).await {
        Ok(filled) => (filled, StatusCode::OK),
        Err(errors) => {
            (Filled { draft: values, errors, ..Filled::default() }, StatusCode::UNPROCESSABLE_ENTITY)
        }
    };
    show(&app, &headers, path, &here, filled, status).await
}

async fn run(
    app: &Shared,
    here: &Here,
    action: &str,
    values: &Values,
    token: String,
) -> Result<Filled, Vec<Message>> {
    let organization = here.organization.id.as_str();
    let request = invitation_request(values, app.config.public_url.origin(), organization)
        .map_err(|error| vec![error])?;
    let told = |problem: GraphProblem| vec![error_message(problem.into_error(app.now()))];
    let caller = caller(here);
    if action == "preview" {
        let preview = preview::preview(app, &caller, request).await.map_err(told)?;
        Ok(Filled { draft: values.clone(), preview: Some(preview), ..Filled::default() })
    } else {
        // The form's token tells a second press of the button from a second form.
        let sent = invite(app, caller, request, Some(token)).await.map_err(told)?;
        Ok(Filled { sent: Some(sent), ..Filled::default() })
    }
}

fn caller(here: &Here) -> Caller {
    Caller {
        organization: here.organization.clone(),
        actor: format!("user:{}", here.user.id),
        inviter: Inviter {
            id: Some(here.user.id.clone()),
            name: here.user.label().to_owned(),
            email: Some(here.user.address.display().to_owned()),
        },
        may_read_link: false,
    }
}

async fn admitted(
    app: &Shared,
    headers: &HeaderMap,
    path: &str,
    session: Result<Option<Signed>, ApiProblem>,
    asked: Asked,
) -> Result<Here, Response> {
    let (_, here) = inside(app, headers, path, session, asked.organization, About::Shared).await?;
    if may_invite(here.user.role, here.organization.settings.invite_policy) {
        Ok(here)
    } else {
        Err(super::failure(app, headers, FailureKind::Forbidden, StatusCode::FORBIDDEN))
    }
}

async fn show(
    app: &Shared,
    headers: &HeaderMap,
    path: &str,
    here: &Here,
    filled: Filled,
    status: StatusCode,
) -> Response {
    let options = match options::document(app, &here.organization).await {
        Ok(options) => options,
        Err(problem) => return problem.answer(app.now(), None),
    };
    let Filled { draft, errors, preview, sent } = filled;
    let screen = InviteScreen { me: profile::document(here), options, draft, errors, preview, sent };
    let mut shown = shown(here, Screen::Invite(Box::new(screen)), path);
    shown.status = status;
    respond(app, headers, shown)
}

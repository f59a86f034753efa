//! `/unsubscribe/{sealed}`: ends invitations to the reader of a mail, or allows them again (T23).
//!
//! Looking changes nothing (T01). A mail program posts `List-Unsubscribe=One-Click` by itself, from anywhere and without
//! cookies (RFC 8058); a person posts the page's form. Both know the sealed address, which is proof enough: it comes to
//! the mailbox alone. No organization learns of it.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use vestibule::pages::unsubscribe::{UnsubscribeScreen, Unwanted, action};
use vestibule::screen::FailureKind;
use vestibule_contract::ProblemCode;
use vestibule_storage::StoreError;
use vestibule_storage::organizations::{self, Organization};
use vestibule_storage::suppressions::{self, Scope};

use super::respond::{Content, Shown, respond, see_other};
use crate::http::body::OneClickBody;
use crate::http::origin::SameOrigin;
use crate::http::problem::ApiProblem;
use crate::mail::unsubscribe::{PATH, Unsubscribe, allow, suppress};
use crate::state::{App, Shared};

/// The page.
pub async fn get(State(app): State<Shared>, Path(sealed): Path<String>, headers: HeaderMap) -> Response {
    match page(&app, &sealed).await {
        Ok(Some(shown)) => respond(&app, &headers, shown),
        Ok(None) => super::failure(&app, &headers, FailureKind::NotFound, StatusCode::NOT_FOUND),
        Err(error) => ApiProblem::from(error).answer(&headers),
    }
}

async fn page(app: &App, sealed: &str) -> Result<Option<Shown>, StoreError> {
    let Some(who) = Unsubscribe::open(app, sealed) else { return Ok(None) };
    let asked = who.clone();
    let (organization, unwanted): (Option<Organization>, _) = app
        .store
        .read(|connection| {
            Box::pin(async move {
                let organization = organizations::find(connection, &asked.organization).await?;
                let known = suppressions::of(connection, &asked.address, &asked.organization).await?;
                // The widest comes first.
                let unwanted = match known.first().map(|known| &known.scope) {
                    None => Unwanted::Nothing,
                    Some(Scope::Organization(_)) => Unwanted::Organization,
                    Some(Scope::Everybody) => Unwanted::All,
                };
                Ok::<_, StoreError>((organization, unwanted))
            })
        })
        .await?;
    let screen = UnsubscribeScreen {
        organization: organization
            .as_ref()
            .map_or_else(|| who.organization.clone(), |organization| organization.name.clone()),
        address: who.address.masked(),
        unwanted,
    };
    let action = format!("{PATH}{sealed}");
    Ok(Some(Shown { action, organization, ..Shown::content(Content::Unsubscribe(screen)) }))
}

/// The form of the page, or a mail program's one click.
pub async fn post(
    State(app): State<Shared>,
    Path(sealed): Path<String>,
    headers: HeaderMap,
    body: Result<OneClickBody, ApiProblem>,
) -> Response {
    let body = match body {
        Ok(body) => body,
        Err(problem) => return problem.answer(&headers),
    };
    // The page's own form comes from the page; only a mail program's click comes from anywhere (S62).
    let one_click = matches!(body, OneClickBody::OneClick);
    if !one_click && !SameOrigin::new(&app.config).admit(&headers) {
        return ApiProblem::new(ProblemCode::OriginRefused).answer(&headers);
    }
    let Some(who) = Unsubscribe::open(&app, &sealed) else {
        // Without a page: that would set a cookie at somebody else's request.
        return ApiProblem::not_found().into_response();
    };
    let Some(wish) = wish(&body) else { return see_other(&format!("{PATH}{sealed}")) };
    let now = app.now();
    let done = app.store.write::<_, StoreError, _>(move |connection| {
        Box::pin(async move {
            let organization = Scope::Organization(who.organization.clone());
            match wish {
                Wish::One => suppress(connection, &who.address, &organization, now).await,
                Wish::All => suppress(connection, &who.address, &Scope::Everybody, now).await,
                Wish::Allow => allow(connection, &who.address, &organization, now).await,
            }
        })
    });
    match done.await {
        // No redirect: a mail program follows none.
        Ok(()) if one_click => StatusCode::OK.into_response(),
        Ok(()) => see_other(&format!("{PATH}{sealed}")),
        Err(error) => ApiProblem::from(error).answer(&headers),
    }
}

#[derive(Clone, Copy)]
enum Wish {
    One,
    All,
    Allow,
}

/// What is wished for; `None` for a form that says nothing known.
fn wish(body: &OneClickBody) -> Option<Wish> {
    let fields = match body {
        OneClickBody::OneClick => return Some(Wish::One),
        OneClickBody::Form(fields) => fields,
    };
    match fields.get("action").map(String::as_str) {
        Some(action::ONE) => Some(Wish::One),
        Some(action::ALL) => Some(Wish::All),
        Some(action::ALLOW) => Some(Wish::Allow),
        Some(_) | None => None,
    }
}
